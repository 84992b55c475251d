"""The staff pages: sign-in, and what young people said, all together."""

from bot.staff.app import StaffPages, staff_app

__all__ = ["StaffPages", "staff_app"]
