"""A service of a feed that another Heard made, as the entry that it was made of."""

from typing import Any

from heard.openreferral.taxonomies import ANY_AGE, FIELDS
from heard.openreferral.to_service import DAYS
from heard.openreferral.values import Json, object_of, objects_of
from heard.wording import Wording

_ONE_TERM = frozenset({"kind", "level", "cost", "audience", "area"})
_DAY_OF = {code: day for day, code in DAYS.items()}


def is_ours(service: Json) -> bool:
    """Whether it says which entry it is."""
    return isinstance(object_of(service, "heard").get("id"), str)


def entry_values(service: Json, wording: Wording) -> Json:
    """The plain values of the entry, as far as the feed has them: all but staff's note. What is wrong in them stays."""
    own = object_of(service, "heard")
    terms = _terms(service)
    id_ = own["id"]
    url = service.get("url")
    costs = objects_of(service, "cost_options")
    values: Json = {field: terms.get(taxonomy, []) for taxonomy, field in FIELDS.items()}
    values |= {field: (terms.get(taxonomy) or [None])[0] for taxonomy, field in FIELDS.items() if taxonomy in _ONE_TERM}
    values |= {
        "id": id_,
        "name": service.get("name"),
        "provider": object_of(service, "organization").get("name"),
        "summary": service.get("description"),
        "url": None if isinstance(url, str) and url.endswith(f"/entry/{id_}") else url,
        "source": own.get("source"),
        "seen": own.get("seen"),
        "confidence": own.get("confidence"),
        "checked": service.get("assured_date"),
        "cost_note": costs[0].get("amount_description") if costs else None,
        "ages": _ages(service, terms),
    }
    return values | _places(service) | _times(service, wording)


def _terms(service: Json) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for attribute in objects_of(service, "attributes"):
        term = object_of(attribute, "taxonomy_term")
        found.setdefault(str(term.get("taxonomy")), []).append(term.get("name"))
    return found


def _ages(service: Json, terms: dict[str, list[Any]]) -> Json | None:
    low, high = service.get("minimum_age"), service.get("maximum_age")
    return None if low is None and high is None and ANY_AGE not in terms.get("age", ()) else {"min": low, "max": high}


def _places(service: Json) -> Json:
    locations = [object_of(site, "location") for site in objects_of(service, "service_at_locations")]
    physical = [location for location in locations if location.get("location_type") == "physical"]
    notes = [note for location in locations for note in objects_of(location, "accessibility")]
    addresses = [address for location in physical for address in objects_of(location, "addresses")]
    return {
        "place": physical[0].get("description") if physical else None,
        "places": [location["name"] for location in physical if "name" in location],
        "postcode": addresses[0].get("postal_code") if addresses else None,
        "online": any(location.get("location_type") == "virtual" for location in locations),
        "accessibility": notes[0].get("description") if notes else None,
    }


def _times(service: Json, wording: Wording) -> Json:
    what = {wording.say(f"feed.when.{name}"): name for name in wording.names("feed.when")}
    values: Json = {"when": None, "sessions": [], "dates": []}
    for schedule in objects_of(service, "schedules"):
        clock = {"starts": schedule.get("opens_at"), "ends": schedule.get("closes_at")}
        if "freq" in schedule:
            values["sessions"].append({"day": _DAY_OF.get(str(schedule.get("byday"))), **clock})
        elif "valid_from" in schedule:
            until, note = schedule.get("valid_to"), schedule.get("notes")
            kind = what.get(str(schedule.get("description")), "event")
            values["dates"].append({"what": kind, "day": schedule["valid_from"], "until": until, "note": note, **clock})
        else:
            values["when"] = schedule.get("description")
    return values
