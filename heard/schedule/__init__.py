"""What is done by the clock: purges and reminders."""

from heard.schedule.scheduler import Handler, Scheduler

__all__ = ["Handler", "Scheduler"]
