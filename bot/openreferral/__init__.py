"""The directory as open data, on /openreferral/."""

from bot.openreferral.door import OpenToAll, openreferral_router

__all__ = ["OpenToAll", "openreferral_router"]
