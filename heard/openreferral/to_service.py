"""An opportunity as a service of the standard, with its organization, places, times and terms.

Nothing empty is given. What the standard has no field for is under "heard": the entry's id, the page its facts were
read on, and how sure they are. Staff's notes are never given.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from heard.content.schema import Hub, Opportunity
from heard.openreferral.ids import id_of, organization_id, service_id
from heard.openreferral.taxonomies import Taxonomies, terms_of
from heard.places import Located, Places
from heard.wording import Wording

Json = dict[str, Any]

DAYS = {
    "monday": "MO",
    "tuesday": "TU",
    "wednesday": "WE",
    "thursday": "TH",
    "friday": "FR",
    "saturday": "SA",
    "sunday": "SU",
}
"""Days of the week as iCalendar has them (RFC 5545)."""


class ServiceMaker:
    """Makes the standard's objects of one hub. `base` is the address under which its pages are."""

    def __init__(
        self, hub: Hub, places: Places, wording: Wording, base: str, websites: Mapping[str, str] | None = None
    ) -> None:
        """`websites` are those of organizations, by name."""
        self.taxonomies = Taxonomies(wording)
        self._hub = hub
        self._places = places
        self._wording = wording
        self._base = base.rstrip("/")
        self._websites = websites or {}

    def short(self, entry: Opportunity, changed_at: datetime) -> Json:
        """A service as lists have it."""
        ages = entry.ages
        return _given(
            id=service_id(entry.id),
            organization_id=organization_id(entry.provider),
            name=entry.name,
            description=entry.summary,
            url=entry.url or f"{self._base}/entry/{entry.id}",
            status="active",
            minimum_age=ages.min if ages else None,
            maximum_age=ages.max if ages else None,
            assured_date=entry.checked.isoformat() if entry.checked else None,
            last_modified=timestamp(changed_at),
            organization=self.organization(entry.provider),
        )

    def full(self, entry: Opportunity, changed_at: datetime) -> Json:
        """A service with everything that belongs to it."""
        own = service_id(entry.id)
        terms = enumerate(terms_of(entry))
        return self.short(entry, changed_at) | _given(
            schedules=list(self._schedules(entry)),
            service_areas=[self._area(entry)],
            service_at_locations=self.sites(entry),
            cost_options=self._costs(entry),
            attributes=[self.taxonomies.attribute(own, taxonomy, term, n) for n, (taxonomy, term) in terms],
            heard=_given(id=entry.id, source=entry.source, seen=entry.seen, confidence=entry.confidence),
        )

    def organization(self, provider: str) -> Json:
        """Who offers it."""
        return _given(
            id=organization_id(provider),
            name=provider,
            description=self._wording.say("feed.organization", hub=self._hub.name),
            website=self._websites.get(provider),
        )

    def sites(self, entry: Opportunity) -> list[Json]:
        """The places of a service, each a service at location without the service itself."""
        own = service_id(entry.id)
        locations = [self._physical(entry, n, name) for n, name in enumerate(entry.places)]
        if not locations and (entry.place or entry.postcode):
            locations = [self._physical(entry, 0, None)]
        if entry.online:
            name = self._wording.say("feed.online")
            locations.append({"id": id_of("location", entry.id, "online"), "location_type": "virtual", "name": name})
        if entry.accessibility and not locations:
            locations = [{"id": id_of("location", entry.id, "anywhere"), "location_type": "physical"}]
        if entry.accessibility:
            locations[0]["accessibility"] = [
                {
                    "id": id_of("accessibility", entry.id),
                    "location_id": locations[0]["id"],
                    "description": entry.accessibility,
                }
            ]
        return [
            {
                "id": id_of("service_at_location", location["id"]),
                "service_id": own,
                "location_id": location["id"],
                "location": location,
            }
            for location in locations
        ]

    def located(self, entry: Opportunity) -> tuple[Located, ...]:
        """Where on the map it takes place; () where it has no fixed place."""
        names = entry.places or ((entry.postcode.split()[0],) if entry.postcode else ())
        found = (self._find(name, entry.area) for name in names)
        return tuple(place for place in found if place is not None and place.point)

    def _physical(self, entry: Opportunity, n: int, name: str | None) -> Json:
        postcode = entry.postcode if n == 0 else None
        found = self._find(name or (postcode or "").split(" ")[0], entry.area)
        id_ = id_of("location", entry.id, str(n))
        address = {
            "id": id_of("address", entry.id, str(n)),
            "location_id": id_,
            "address_1": entry.place or entry.provider,
            "city": name or (found.name if found and found.kind == "place" else self._county(entry)),
            "state_province": self._county(entry),
            "postal_code": postcode,
            "country": "GB",
            "address_type": "physical",
        }
        return _given(
            id=id_,
            location_type="physical",
            name=name,
            description=entry.place if n == 0 else None,
            latitude=found.lat if found else None,
            longitude=found.lon if found else None,
            addresses=[address] if postcode else None,
        )

    def _schedules(self, entry: Opportunity) -> Iterator[Json]:
        own = service_id(entry.id)
        if entry.when:
            yield {"id": id_of("schedule", entry.id, "when"), "service_id": own, "description": entry.when}
        for n, session in enumerate(entry.sessions):
            id_ = id_of("schedule", entry.id, "session", str(n))
            yield _given(
                id=id_,
                service_id=own,
                freq="WEEKLY",
                interval=1,
                byday=DAYS[session.day],
                opens_at=session.starts,
                closes_at=session.ends,
            )
        for n, date in enumerate(entry.dates):
            yield _given(
                id=id_of("schedule", entry.id, "date", str(n)),
                service_id=own,
                dtstart=date.day.isoformat(),
                valid_from=date.day.isoformat(),
                valid_to=date.until.isoformat() if date.until else None,
                description=self._wording.say(f"feed.when.{date.what}"),
                opens_at=date.starts,
                closes_at=date.ends,
                notes=date.note,
            )

    def _costs(self, entry: Opportunity) -> list[Json]:
        if entry.cost != "free" and not entry.cost_note:
            return []
        own = service_id(entry.id)
        amount = {"option": "free", "amount": 0} if entry.cost == "free" else {}
        note = _given(amount_description=entry.cost_note)
        return [{"id": id_of("cost", entry.id), "service_id": own, **amount, **note}]

    def _area(self, entry: Opportunity) -> Json:
        name = self._county(entry)
        id_ = id_of("service_area", entry.id)
        return {"id": id_, "service_id": service_id(entry.id), "name": name, "service_area": name}

    def _county(self, entry: Opportunity) -> str:
        return self._wording.say(f"feed.area.{entry.area}")

    def _find(self, name: str, area: str) -> Located | None:
        found = self._places.find(name, area) or self._places.find(name) if name else ()
        return found[0] if found else None


def timestamp(moment: datetime) -> str:
    """A moment as the standard wants it, to the millisecond."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _given(**values: Any) -> Json:
    """The values that are there: empty optional fields are left out rather than null."""
    return {name: value for name, value in values.items() if value is not None and value != []}
