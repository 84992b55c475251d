"""An entry in the words of schema.org, for search engines and other programs."""

from typing import Any

from heard.content.schema import Bursary, Helpline, KeyDate, Opportunity, Pathway
from heard.entries.entries import AnyEntry

Node = dict[str, Any]


def as_schema_org(entry: AnyEntry, address: str) -> Node:
    """The entry as JSON-LD. What nobody has said is left out; `address` is its page, as others can open it."""
    match entry:
        case Opportunity():
            node = _opportunity(entry)
        case Bursary():
            node = _bursary(entry)
        case Helpline():
            node = _helpline(entry)
        case _:
            node = _pathway(entry)
    same = getattr(entry, "url", None)
    common = {"@context": "https://schema.org", "@id": address, "url": address, "name": entry.name}
    return common | node | ({"sameAs": same} if same else {})


def _opportunity(entry: Opportunity) -> Node:
    node: Node = {
        "@type": "Service",
        "description": entry.summary,
        "serviceType": entry.kind.replace("-", " "),
        "provider": {"@type": "Organization", "name": entry.provider},
    }
    if entry.ages and (entry.ages.min is not None or entry.ages.max is not None):
        ages = {"suggestedMinAge": entry.ages.min, "suggestedMaxAge": entry.ages.max}
        node["audience"] = {"@type": "PeopleAudience"} | {k: v for k, v in ages.items() if v is not None}
    if entry.place:
        node["areaServed"] = {"@type": "Place", "name": entry.place}
    if entry.cost == "free":
        node["offers"] = {"@type": "Offer", "price": "0", "priceCurrency": "GBP"}
    if entry.sessions:
        node["hoursAvailable"] = [
            {"@type": "OpeningHoursSpecification", "dayOfWeek": f"https://schema.org/{s.day.capitalize()}"}
            | {"opens": s.starts}
            | ({"closes": s.ends} if s.ends else {})
            for s in entry.sessions
        ]
    if events := [_event(entry, d) for d in entry.dates if d.what in ("event", "audition")]:
        node["subjectOf"] = events
    return node


def _event(entry: Opportunity, key_date: KeyDate) -> Node:
    starts = f"{key_date.day}T{key_date.starts}" if key_date.starts else str(key_date.day)
    last = key_date.until or key_date.day
    ends = f"{last}T{key_date.ends}" if key_date.ends else str(last)
    place = {"location": {"@type": "Place", "name": entry.place}} if entry.place else {}
    return {"@type": "Event", "name": entry.name, "startDate": starts, "endDate": ends} | place


def _bursary(entry: Bursary) -> Node:
    node: Node = {
        "@type": "MonetaryGrant",
        "description": entry.what_it_pays,
        "funder": {"@type": "Organization", "name": entry.funder},
    }
    if entry.worth and entry.worth.pounds is not None:
        node["amount"] = {"@type": "MonetaryAmount", "maxValue": str(entry.worth.pounds), "currency": "GBP"}
    return node


def _helpline(entry: Helpline) -> Node:
    contact = {"telephone": entry.contact.phone, "email": entry.contact.email}
    point = {"@type": "ContactPoint", "contactType": entry.when_to_use} | {k: v for k, v in contact.items() if v}
    return {"@type": "Organization", "description": entry.for_whom, "contactPoint": point}


def _pathway(entry: Pathway) -> Node:
    steps = [
        {"@type": "HowToStep", "position": n, "name": stage.title, "text": stage.what_happens}
        for n, stage in enumerate(entry.stages, 1)
    ]
    return {"@type": "HowTo", "description": entry.for_whom, "step": steps}
