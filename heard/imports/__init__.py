"""Entries from elsewhere: read, checked, compared with what is here, and put in all at once."""

from heard.imports.check import Checker
from heard.imports.plan import Changed, FieldChange, Kept, Plan, make_plan
from heard.imports.proposal import Mistake, Proposal, Proposed

__all__ = ["Changed", "Checker", "FieldChange", "Kept", "Mistake", "Plan", "Proposal", "Proposed", "make_plan"]
