"""The words of an opportunity's fields as taxonomies."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final, get_args

from heard.content import vocabulary
from heard.content.schema import Ages, Area, Cost, Level, Opportunity, OpportunityKind, When
from heard.openreferral.ids import taxonomy_id, term_id
from heard.wording import Wording

Json = dict[str, Any]

FIELDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "kind": "kind",
        "instrument": "instruments",
        "genre": "genres",
        "activity": "activities",
        "level": "level",
        "cost": "cost",
        "time": "times",
        "access need": "access_needs",
        "people": "only_for",
        "audience": "audience",
        "area": "area",
        "age": "ages",
    }
)
"""Each taxonomy with the field of an opportunity whose values are its terms."""

ANY_AGE: Final = "any age"

TERMS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "kind": get_args(OpportunityKind),
        "instrument": vocabulary.ENTRY_INSTRUMENTS,
        "genre": vocabulary.ENTRY_GENRES,
        "activity": vocabulary.ACTIVITIES,
        "level": get_args(Level),
        "cost": get_args(Cost),
        "time": get_args(When),
        "access need": vocabulary.ACCESS_NEEDS,
        "people": vocabulary.PEOPLE,
        "audience": get_args(Opportunity.model_fields["audience"].annotation),
        "area": get_args(Area),
        "age": (ANY_AGE,),
    }
)


def terms_of(entry: Opportunity) -> Iterator[tuple[str, str]]:
    """The taxonomies and terms that an entry's fields stand for, in the order of `FIELDS`."""
    for taxonomy, field in FIELDS.items():
        value = getattr(entry, field)
        if taxonomy == "age":
            if value == Ages():
                yield taxonomy, ANY_AGE
        else:
            yield from ((taxonomy, term) for term in ((value,) if isinstance(value, str) else value))


class Taxonomies:
    """All taxonomies and terms as the standard's objects."""

    def __init__(self, wording: Wording) -> None:
        self.taxonomies: Mapping[str, Json] = {
            taxonomy_id(name): {
                "id": taxonomy_id(name),
                "name": name,
                "description": wording.say(f"feed.taxonomy.{name.replace(' ', '_')}"),
                "version": "1",
            }
            for name in TERMS
        }
        self.terms: Mapping[str, Json] = {
            term_id(taxonomy, term): self._term(taxonomy, term, wording)
            for taxonomy, terms in TERMS.items()
            for term in terms
        }

    def attribute(self, owner: str, taxonomy: str, term: str, number: int) -> Json:
        """The link from a service to a term."""
        id_ = term_id(taxonomy, term)
        return {
            "id": term_id(owner, f"{taxonomy}/{term}/{number}"),
            "link_id": owner,
            "taxonomy_term_id": id_,
            "link_type": "service",
            "taxonomy_term": self.terms[id_],
        }

    def _term(self, taxonomy: str, term: str, wording: Wording) -> Json:
        families = [name for name, inside in vocabulary.FAMILIES.items() if term in inside and name != term]
        parent = {"parent_id": term_id(taxonomy, families[0])} if taxonomy == "instrument" and families else {}
        return {
            "id": term_id(taxonomy, term),
            "name": term,
            "description": wording.say("feed.term", term=term, taxonomy=taxonomy),
            **parent,
            "taxonomy": taxonomy,
            "taxonomy_id": taxonomy_id(taxonomy),
        }
