"""Values for tests: say what matters, the rest is ordinary."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from heard.content.schema import Ages, County, District, Hub, HubContact, Opportunity, Outcode, Place
from heard.content.vocabulary import ACCESS_NEEDS, ACTIVITIES, GENRES, INSTRUMENTS
from heard.directory import Wish
from heard.exchange import Entity, Exchange, Understood
from heard.places import Places
from heard.redaction import Redacted

CONTENT = Path(__file__).parent.parent / "content"
TODAY = date(2026, 11, 3)
_numbers = count(1)


def an_opportunity(
    *, place: str | None = "Hatfield", ages: tuple[int | None, int | None] | None = None, **values: Any
) -> Opportunity:
    """A directory entry for any instrument in Hatfield, cost and ages not given, unless said otherwise."""
    id_ = values.pop("id", f"entry-{next(_numbers):04}")
    usual: dict[str, Any] = {
        "name": id_.replace("-", " ").title(),
        "provider": "Some Music Service",
        "kind": "lesson",
        "summary": "Something to join.",
        "instruments": ("any",),
        "genres": ("any",),
        "level": "any",
        "cost": "unknown",
        "area": "hertfordshire",
        "when": None,
        "confidence": "page",
        "url": "https://music.example/",
    }
    where = {"place": place, "places": (place,) if place else ()}
    span = Ages(min=ages[0], max=ages[1]) if ages else None
    return Opportunity(id=id_, ages=span, **(usual | where | values))


def a_wish(*, age: int | None = None, **values: Any) -> Wish:
    """A wish; `age` is one child."""
    return Wish(**({"ages": ((age, age),)} if age is not None else {}), **values)


def some_places() -> Places:
    """A few places of two counties: two are near one another, and one name is there twice."""
    return Places(
        districts=(
            a_district(
                "welwyn-hatfield",
                "hertfordshire",
                Hatfield=(51.76, -0.23, "AL10"),
                Welwyn=(51.83, -0.22, "AL6"),
            ),
            a_district("dacorum", "hertfordshire", Tring=(51.79, -0.66, "HP23")),
            a_district("west-dorset", "dorset", Dorchester=(50.71, -2.44, "DT1"), Charminster=(50.73, -2.45, "DT2")),
            a_district("east-dorset", "dorset", Wimborne=(50.80, -1.99, "BH21")),
            a_district("poole", "bcp", Poole=(50.72, -1.98, "BH15")),
            a_district("bournemouth", "bcp", Charminster=(50.74, -1.86, "BH8")),
        ),
        outcodes=(
            Outcode(outcode="AL10", post_town="Hatfield", area="hertfordshire", lat=51.76, lon=-0.23),
            Outcode(
                outcode="HP23", post_town="Tring", area="hertfordshire", lat=51.79, lon=-0.66,
                note="Part of HP23 is in Buckinghamshire.",
            ),
        ),
        counties=(
            County(id="hertfordshire", name="Hertfordshire", areas=("hertfordshire",), also=("herts",)),
            County(id="dorset", name="Dorset", areas=("dorset", "bcp")),
        ),
    )  # fmt: skip


def a_district(id_: str, area: Any, **places: tuple[float, float, str]) -> District:
    """A district with towns: name, latitude, longitude, outcode."""
    towns = (
        Place(name=name, kind="town", lat=lat, lon=lon, outcodes=(outcode,))
        for name, (lat, lon, outcode) in places.items()
    )
    return District(id=id_, name=id_.replace("-", " ").title(), area=area, places=tuple(towns))


def a_hub(**values: Any) -> Hub:
    """The hub of Hertfordshire, as far as most tests care."""
    usual: dict[str, Any] = {
        "id": "hertfordshire",
        "name": "Hertfordshire Music Education Hub",
        "lead": "Hertfordshire Music Service",
        "about": "The music hub for Hertfordshire.",
        "county": "Hertfordshire",
        "areas": ("hertfordshire",),
        "contact": HubContact(name="Hertfordshire Music Service", web="https://music.example/"),
    }
    return Hub(**(usual | values))


def entities(*, negated: Iterable[str] = (), **values: Any) -> tuple[Entity, ...]:
    """Entities by type; a list gives several. Values in `negated` were said with "not"."""
    return tuple(
        Entity(type_, value, negated=value in set(negated))
        for type_, some in values.items()
        for value in (some if isinstance(some, list | tuple) else [some])
    )


def an_exchange(
    text: str = "",
    *,
    intent: str = "find_opportunity",
    memory: Mapping[str, Any] | None = None,
    negated: Iterable[str] = (),
    **values: Any,
) -> Exchange:
    """A message with its entities in a conversation."""
    understood = Understood(intent, Redacted(text), entities(negated=negated, **values))
    return Exchange(understood, memory or {}, sender="pseudonym", key="message", today=TODAY)


TIMES = ("weekday", "evening", "weekend", "saturday", "sunday", "holidays", "after school", "term time")


def some(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    """None, one or two of these values."""
    return st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)


wishes = st.builds(
    Wish,
    instruments=some(INSTRUMENTS),
    unwanted=some(INSTRUMENTS),
    genres=some(GENRES),
    activities=some(ACTIVITIES),
    ages=st.lists(st.integers(0, 25).flatmap(lambda a: st.sampled_from([(a, a), (a, a + 1)])), max_size=2).map(tuple),
    level=st.sampled_from([None, "beginner", "intermediate", "advanced"]),
    place=st.sampled_from([None, "Hatfield", "Poole", "Charminster", "Atlantis", "Dorset"]),
    outcode=st.sampled_from([None, "AL10", "ZZ99"]),
    within=st.sampled_from([None, 5]),
    cost=st.sampled_from([None, "free", "low cost"]),
    times=some(TIMES),
    access_needs=some(ACCESS_NEEDS),
    online=st.booleans(),
    audience=st.sampled_from(["young people", "adults"]),
    asked=some(("search.where", "search.age")),
)
"""Wishes of every shape."""
