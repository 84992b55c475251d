"""Telling somebody later: before a day, or when something new comes up. Kept sealed, and no longer than needed."""

from heard.reminders.keeping import Reminders

__all__ = ["Reminders"]
