"""A directory entry as a form: its fields from the schema, its values as texts, and what is wrong beside each."""

from heard.forms.check import Checked, EntryForm
from heard.forms.fields import Field, fields_of
from heard.forms.words import Words

__all__ = ["Checked", "EntryForm", "Field", "Words", "fields_of"]
