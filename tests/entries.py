"""Any entry that the schema accepts, for properties (hypothesis)."""

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from heard.content import vocabulary
from heard.content.dates import KeyDate, Session, Worth
from heard.content.schema import (
    Ages,
    AnyOf,
    Bursary,
    Criterion,
    Helpline,
    HelplineContact,
    Opportunity,
    Pathway,
    Stage,
)

AREAS = ("hertfordshire", "dorset", "bcp", "national", "online")
TIMES = ("weekday", "evening", "weekend", "saturday", "sunday", "holidays", "after school", "term time")
NEEDS = ("lesson", "group", "course", "instrument", "travel", "exam", "other")
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
PLACES = ("Hatfield", "Tring", "Poole", "Charminster")
"""Places that tests/builders.py has."""

_letters = st.characters(
    exclude_categories=("Cs", "Cc", "Zl", "Zp", "Cn"), include_characters="\n", exclude_characters="<"
)
"""No markup: content refuses it, as everything that is read does."""
_AWKWARD = (
    *("=1+1", "+44 20", "-5", "@home", "'=x", "''", "a;b", "[x]", '"quoted"', "_x0041_", "null", "yes", "12", "1e3"),
    *("2026-11-30", "a, b", "# no", "- item", "key: value", "{x}", "ยินดี", "مرحبا", "🎻", "|", "%", "any", "a\nb"),
)
_awkward = st.sampled_from(_AWKWARD)
texts = (_awkward | st.text(_letters, min_size=1, max_size=40)).filter(lambda text: bool(text.strip()))
notes = st.none() | texts
slugs = st.from_regex(r"[a-z0-9][a-z0-9-]{1,30}", fullmatch=True)
_ADDRESSES = (
    *("https://music.example/", "http://music.example:8080/a?b=c&d=%20#e", "https://münchen.example/ä"),
    *("https://a.b/'x", "https://[::1]/", "https://user@music.example/{a}|b", "https://x", "https://xn--a/^`"),
)
addresses = st.sampled_from(_ADDRESSES)
days = st.dates(date(1990, 1, 1), date(2100, 1, 1))
ages = st.none() | st.tuples(st.none() | st.integers(0, 40), st.none() | st.integers(40, 99)).map(
    lambda both: Ages(min=both[0], max=both[1])
)
clocks = st.times().map(lambda t: f"{t:%H:%M}")
sums = st.decimals(Decimal("0.01"), 9999, places=2)


def some(values: Any) -> st.SearchStrategy[tuple[Any, ...]]:
    """Up to three of them."""
    pick = st.sampled_from(values) if isinstance(values, tuple) else values
    return st.lists(pick, max_size=3, unique_by=repr).map(tuple)


@st.composite
def sessions(draw: st.DrawFn) -> Session:
    start, end = sorted(draw(st.tuples(clocks, clocks)))
    return Session(day=draw(st.sampled_from(DAYS)), starts=start, ends=end if end > start else None)


@st.composite
def key_dates(draw: st.DrawFn) -> KeyDate:
    first, last = sorted(draw(st.tuples(days, days)))
    start, end = sorted(draw(st.tuples(clocks, clocks)))
    return KeyDate(
        what=draw(st.sampled_from(["opens", "closes", "decided", "audition", "event"])),
        day=first,
        until=draw(st.sampled_from([None, last])),
        note=draw(notes),
        **draw(st.sampled_from([{}, {"starts": start}] + [{"starts": start, "ends": end}] * (end > start))),
    )


_shared: dict[str, Any] = {
    "id": slugs,
    "name": texts,
    "url": st.none() | addresses,
    "source": st.none() | addresses,
    "seen": notes,
    "confidence": st.sampled_from(["page", "memory"]),
    "check_note": notes,
    "checked": st.none() | days,
}

opportunities = st.builds(
    Opportunity,
    **_shared,
    provider=texts,
    kind=st.sampled_from(["careers", "competition", "course", "lesson", "online", "music-centre", "early-years"]),
    summary=texts,
    ages=ages,
    instruments=some(vocabulary.ENTRY_INSTRUMENTS),
    genres=some(vocabulary.ENTRY_GENRES),
    level=st.sampled_from(["beginner", "intermediate", "advanced", "any"]),
    cost=st.sampled_from(["free", "subsidised", "paid", "unknown"]),
    cost_note=notes,
    area=st.sampled_from(AREAS),
    place=notes,
    places=some(PLACES),
    postcode=st.sampled_from([None, "AL10", "AL10 9AB", "HP23", "ZZ99 9ZZ"]),
    when=notes,
    times=some(TIMES),
    online=st.booleans(),
    accessibility=notes,
    access_needs=some(vocabulary.ACCESS_NEEDS),
    only_for=some(vocabulary.PEOPLE),
    activities=some(vocabulary.ACTIVITIES),
    audience=st.sampled_from(["young people", "adults", "schools"]),
    sessions=some(sessions()),
    dates=some(key_dates()),
)
_criteria = st.builds(
    Criterion,
    field=st.sampled_from(vocabulary.CRITERIA),
    value=st.booleans() | st.integers(-9999, 99999) | sums | texts | st.lists(texts, max_size=3).map(tuple),
    note=notes,
)
bursaries = st.builds(
    Bursary,
    **_shared,
    funder=texts,
    area=st.sampled_from(AREAS),
    what_it_pays=texts,
    amount_note=notes,
    ages=ages,
    eligibility=some(_criteria | st.lists(_criteria, min_size=1, max_size=2).map(lambda c: AnyOf(any_of=tuple(c)))),
    how_to_apply=notes,
    evidence_needed=notes,
    deadline_note=notes,
    needs=some(NEEDS),
    applicants=some(("parent", "young person", "school", "teacher", "hub")),
    worth=st.none() | st.builds(Worth, pounds=sums, percent=st.none() | st.integers(1, 100).map(Decimal)),
    dates=some(key_dates()),
)
pathways = st.builds(
    Pathway,
    id=slugs,
    name=texts,
    for_whom=texts,
    stages=st.lists(
        st.builds(Stage, id=slugs, title=texts, typical_age=notes, what_happens=texts),
        min_size=1,
        max_size=3,
        unique_by=lambda stage: stage.id,
    ).map(tuple),
    confidence=st.sampled_from(["page", "memory"]),
    check_note=notes,
    checked=st.none() | days,
    area=st.sampled_from(AREAS),
    instruments=some(vocabulary.ENTRY_INSTRUMENTS),
    genres=some(vocabulary.ENTRY_GENRES),
    words=some(texts),
)
_contacts = st.builds(HelplineContact, phone=notes, text=notes, web=notes, web_chat=notes, email=notes)
helplines = st.builds(
    Helpline,
    **_shared,
    area=st.sampled_from(AREAS),
    for_whom=texts,
    contact=_contacts,
    contact_unconfirmed=st.none() | _contacts,
    hours=notes,
    when_to_use=texts,
    must_check=st.booleans(),
    kinds=some(vocabulary.HELPLINE_KINDS),
    ages=ages,
    for_adults=st.booleans(),
)
BY_COLLECTION = {
    "opportunities": opportunities,
    "bursaries": bursaries,
    "pathways": pathways,
    "helplines": helplines,
}


def lists_of(collection: str, most: int = 3) -> st.SearchStrategy[list[Any]]:
    """Some entries of a collection, each with an id of its own."""
    return st.lists(BY_COLLECTION[collection], min_size=1, max_size=most, unique_by=lambda entry: entry.id)
