"""A service of somebody else's feed as an entry: what it says is taken over, what it does not say stays open."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from heard.openreferral import guessing
from heard.openreferral.to_service import DAYS
from heard.openreferral.values import Json, day_of, number_of, object_of, objects_of, text_of
from heard.openreferral.whereabouts import Whereabouts
from heard.wording import Wording

LONGEST = 2000
"""Characters of one text, as the schema has it."""
_OLDEST = 99
_SCRIPT = re.compile(r"\s*(javascript|vbscript|data):", re.IGNORECASE)
_FREE = re.compile(r"(it is |this is )?free( of charge)?[.!]?", re.IGNORECASE)
_DAY_OF = {code: day for day, code in DAYS.items()}


@dataclass(frozen=True, slots=True)
class Theirs:
    """The plain values of an entry, what is wrong with the record, and what had to be left out of it."""

    values: Json
    mistakes: tuple[str, ...]
    notes: tuple[str, ...]


def suffix_of(service_id: str) -> str:
    """The end of the entry's id, by which a service is known again when its name has changed."""
    return hashlib.sha256(service_id.encode()).hexdigest()[:8]


def id_of(service: Json) -> str:
    """An id that can be read and stays: of the name and the service's own id."""
    folded = unicodedata.normalize("NFKD", text_of(service, "name") or "").encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:60].strip("-") or "service"
    return f"{words}-{suffix_of(str(service['id']))}"


def entry_values(
    service: Json, where: Whereabouts, area: str, source: str, base: str | None, wording: Wording, today: date
) -> Theirs:
    """The values of an entry for a service of a feed called `source`, whose services are under `base`."""
    mistakes: list[str] = [f"{name}: is missing" for name in ("name", "status") if not text_of(service, name)]
    notes = list(where.notes)
    organization = object_of(service, "organization")
    provider = text_of(organization, "name")
    if not provider:
        mistakes.append("organization: the feed does not say who offers it")
    name = text_of(service, "name")
    summary = text_of(service, "description") or name
    described = " ".join(filter(None, (name, summary, *_terms(service))))
    url = _url(service.get("url") or organization.get("website"), mistakes, notes)
    note = [wording.say("feed.imported.from", source=source), wording.say("feed.imported.guessed")]
    if where.area is None:
        note.append(wording.say("feed.imported.area", area=wording.say(f"feed.area.{area}")))
        notes.append(f"the feed does not say where it is; {area} is taken for it (--area says otherwise)")
    ages = _ages(service, mistakes)
    sessions = list(_sessions(service))
    values: Json = {
        "id": id_of(service),
        "name": _short(name, "name", notes),
        "provider": _short(provider, "organization", notes),
        "kind": guessing.kind_of(described),
        "summary": _short(summary, "description", notes),
        "ages": ages,
        "instruments": guessing.instruments_in(described),
        "genres": guessing.genres_in(described),
        "level": "any",
        **_cost(service, notes),
        "area": area,
        "place": _short(where.place, "location", notes),
        "places": list(where.places),
        "postcode": where.postcode,
        "when": _short(_when(service), "schedules", notes),
        "times": _times(sessions),
        "sessions": sessions,
        "online": where.online,
        "accessibility": _short(where.accessibility, "accessibility", notes),
        "activities": guessing.activities_in(described),
        "url": url,
        "source": f"{base}/{service['id']}" if base and re.fullmatch(r"[\w.~-]+", str(service["id"])) else None,
        "seen": text_of(service, "last_modified"),
        "confidence": "page",
        "check_note": _short(" ".join(note), "note", notes),
        "checked": _checked(service, today, notes),
    }
    return Theirs(values, tuple(mistakes), tuple(notes))


def _terms(service: Json) -> Iterable[str]:
    for attribute in objects_of(service, "attributes"):
        if name := text_of(object_of(attribute, "taxonomy_term"), "name"):
            yield name


def _short(text: str | None, field: str, notes: list[str]) -> str | None:
    if text is None or len(text) <= LONGEST:
        return text
    notes.append(f"{field}: longer than {LONGEST} characters; the end is left out")
    return text[: LONGEST - 1].rstrip() + "…"


def _url(value: Any, mistakes: list[str], notes: list[str]) -> str | None:
    if not isinstance(value, str) or not value.strip():
        return None
    address = value.strip()
    if _SCRIPT.match(address):
        mistakes.append("url: an address that is a script is refused")
        return None
    if not address.startswith(("https://", "http://")):
        if not re.fullmatch(r"[\w-]+(\.[\w-]+)+(/\S*)?", address):
            notes.append("url: this is no web address; left out")
            return None
        address = f"https://{address}"
    return address


def _ages(service: Json, mistakes: list[str]) -> Json | None:
    low, high = number_of(service, "minimum_age"), number_of(service, "maximum_age")
    if low is None and high is None:
        return None
    if (low or 0) < 0 or (high or 0) < 0:
        mistakes.append("minimum_age, maximum_age: an age is 0 or more")
        return None
    # A maximum of 99 or 100 is how forms say that there is none.
    return {
        "min": min(int(low), _OLDEST) if low else None,
        "max": int(high) if high is not None and high < _OLDEST else None,
    }


def _cost(service: Json, notes: list[str]) -> Json:
    costs = objects_of(service, "cost_options")
    amounts = [amount for cost in costs if (amount := number_of(cost, "amount")) is not None]
    said = [text_of(service, "fees"), *(_priced(cost) for cost in costs)]
    words = "; ".join(dict.fromkeys(text for text in said if text)) or None
    if amounts:
        cost = "free" if not any(amounts) else "paid"
    else:
        cost = (
            "free" if words and re.fullmatch(r"(it is |this is )?free( of charge)?[.!]?", words.lower()) else "unknown"
        )
    return {"cost": cost, "cost_note": _short(words, "fees", notes)}


def _priced(cost: Json) -> str:
    amount = number_of(cost, "amount")
    price = f"£{amount:.2f}".removesuffix(".00") if amount else None
    return ": ".join(
        filter(None, (text_of(cost, "option"), " ".join(filter(None, (price, text_of(cost, "amount_description"))))))
    )


def _when(service: Json) -> str | None:
    said = (text_of(schedule, "description") for schedule in objects_of(service, "schedules"))
    return "; ".join(dict.fromkeys(text for text in said if text)) or None


def _sessions(service: Json) -> Iterable[Json]:
    for schedule in objects_of(service, "schedules"):
        start, end = _clock(schedule, "opens_at"), _clock(schedule, "closes_at")
        days = [_DAY_OF.get(code.strip()) for code in (text_of(schedule, "byday") or "").upper().split(",")]
        if schedule.get("freq") == "WEEKLY" and number_of(schedule, "interval") in (None, 1) and start:
            ends = end if end and end > start else None
            yield from ({"day": day, "starts": start, "ends": ends} for day in days if day)


def _clock(schedule: Json, name: str) -> str | None:
    match = re.match(r"([01]\d|2[0-3]):[0-5]\d", text_of(schedule, name) or "")
    return match[0] if match else None


def _times(sessions: Iterable[Json]) -> list[str]:
    days = {session["day"] for session in sessions}
    found = [day for day in ("saturday", "sunday") if day in days]
    return [*found, *(["weekend"] if found else []), *(["weekday"] if days - {"saturday", "sunday"} else [])]


def _checked(service: Json, today: date, notes: list[str]) -> date | None:
    try:
        day = day_of(service, "assured_date")
    except ValueError:
        notes.append(f"assured_date: there is no such day ({text_of(service, 'assured_date')}); left out")
        return None
    if day is not None and day > today:
        notes.append(f"assured_date: {day} is still to come; left out")
        return None
    return day
