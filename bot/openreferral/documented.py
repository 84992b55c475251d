"""The standard's query parameters, for the description of the API (/api/docs)."""

from collections.abc import Sequence
from typing import Any

from heard.openreferral.query import MOST_ON_A_PAGE, USUAL_PAGE

_PARAMETERS: dict[str, tuple[str, str]] = {
    "search": ("string", "Words that must all be in the text."),
    "page": ("integer", "The page, from 1 on."),
    "per_page": ("integer", f"How many on a page: {USUAL_PAGE} if not given, {MOST_ON_A_PAGE} at most."),
    "minimum_age": ("number", "Services with a minimum age of at least this."),
    "maximum_age": ("number", "Services with a maximum age of at most this."),
    "taxonomy_term_id": ("string", "Services with this term; with all of them where several are given."),
    "taxonomy_id": ("string", "What has a term of this taxonomy."),
    "organization_id": ("string", "Services of this organization."),
    "modified_after": ("string", "What was changed at this moment or later."),
    "postcode": ("string", "Services that can be used there. The first half is enough."),
    "proximity": ("number", "With a postcode: services within so many metres of it."),
    "day": ("string", "Services on this day of the week: MO, TU, WE, TH, FR, SA or SU."),
    "start_time": ("string", "Services that start at this time or later."),
    "end_time": ("string", "Services that end at this time or earlier."),
    "full": ("boolean", "Everything that belongs to each of them."),
    "full_service": ("boolean", "Organizations with their services and all that belongs to those."),
    "minimal": ("boolean", "Only what is needed to see what has changed."),
}
_PAGING = ("search", "page", "per_page")

FOR_SERVICES = tuple(name for name in _PARAMETERS if name != "full_service")
FOR_ORGANIZATIONS = (*_PAGING, "full", "full_service")
FOR_TAXONOMIES = _PAGING
FOR_TERMS = (*_PAGING, "taxonomy_id")


def documented(names: Sequence[str]) -> dict[str, Any]:
    """What OpenAPI says about these query parameters."""
    return {
        "parameters": [
            {"name": name, "in": "query", "required": False, "description": text, "schema": {"type": type_}}
            for name, (type_, text) in _PARAMETERS.items()
            if name in names
        ]
    }
