"""Noticing that a child may be in harm's way, and answering with the people who can help."""

from heard.safeguarding.kinds import KINDS, Disclosure, Kind
from heard.safeguarding.safeguarding import Safeguarding
from heard.safeguarding.screen import Screen

__all__ = ["KINDS", "Disclosure", "Kind", "Safeguarding", "Screen"]
