"""The staff pages: sign-in, and what young people said, all together."""

from bot.staff.pages import lead_elsewhere, staff_router

__all__ = ["lead_elsewhere", "staff_router"]
