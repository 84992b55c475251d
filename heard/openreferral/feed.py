"""The feed of one state of the directory: every object by its id, and lists by page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from heard.content.load import Content
from heard.content.schema import Opportunity
from heard.openreferral.ids import organization_id, service_id
from heard.openreferral.query import Near, Query, speaks_of
from heard.openreferral.to_service import Json, ServiceMaker
from heard.places import Located, Places
from heard.wording import Wording

VERSION = "HSDS-UK-3.0"
PROFILE = "https://github.com/OpenReferralUK/uk-profile/blob/main/docs/index.md"

Page = dict[str, Any]
"""One page of a list, as the standard has it."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A service with what filters ask of it."""

    entry: Opportunity
    changed_at: datetime
    sites: tuple[Located, ...]


class Feed:
    """Everything that the feed can answer. Objects are made when they are asked for."""

    def __init__(self, content: Content, changed_at: Mapping[str, datetime], wording: Wording, base: str) -> None:
        """Takes the hub's content, when each entry was last changed, by its id, and the address of the hub's pages."""
        self._places = Places(content.districts, content.outcodes, content.counties, content.beyond)
        entries = sorted(content.opportunities, key=lambda o: (o.name.casefold(), o.id))
        self._make = ServiceMaker(content.hub, self._places, wording, base, _websites(entries))
        self._base = base.rstrip("/")
        self.made_at = datetime.now(UTC).replace(microsecond=0)
        epoch = datetime.fromtimestamp(0, UTC)
        self._listings = [Listing(e, changed_at.get(e.id, epoch), self._make.located(e)) for e in entries]
        self._by_id = {service_id(listing.entry.id): listing for listing in self._listings}
        self._providers = sorted({e.provider for e in entries}, key=lambda name: (name.casefold(), name))
        self._sites: dict[str, Listing] | None = None

    def about(self) -> Json:
        """What this is."""
        return {"version": VERSION, "profile": PROFILE, "openapi_url": f"{self._base}/api/openapi.json"}

    def services(self, query: Query) -> Page:
        """The services that fit."""
        return _page(self._fitting(query), query, lambda listing: self._service(listing, query))

    def service(self, id_: str) -> Json | None:
        """A service with all that belongs to it, or None."""
        found = self._by_id.get(id_.lower())
        return self._make.full(found.entry, found.changed_at) if found else None

    def organizations(self, query: Query) -> Page:
        """Who offers services."""
        fitting = [name for name in self._providers if speaks_of(query.search, name)]
        whole = query.full or query.full_service
        make: Callable[[str], Json] = lambda name: self._organization(name, whole, query.full_service)  # noqa: E731
        return _page(fitting, query, make)

    def organization(self, id_: str) -> Json | None:
        """An organization with its services, or None."""
        found = (name for name in self._providers if organization_id(name) == id_.lower())
        name = next(found, None)
        return self._organization(name, whole=True, full_service=True) if name is not None else None

    def taxonomies(self, query: Query) -> Page:
        """The taxonomies of terms."""
        fitting = [t for t in self._make.taxonomies.taxonomies.values() if speaks_of(query.search, t["name"])]
        return _page(fitting, query, lambda taxonomy: taxonomy)

    def taxonomy(self, id_: str) -> Json | None:
        """A taxonomy, or None. Its terms are `taxonomy_terms` with its id: its own schema cannot be read by itself
        once they are inside."""
        return self._make.taxonomies.taxonomies.get(id_.lower())

    def taxonomy_terms(self, query: Query) -> Page:
        """The terms of all taxonomies, or of those asked for."""
        terms = self._make.taxonomies.terms.values()
        fitting = [
            term
            for term in terms
            if (not query.taxonomies or term["taxonomy_id"] in query.taxonomies)
            and speaks_of(query.search, term["name"])
        ]
        return _page(fitting, query, lambda term: term)

    def taxonomy_term(self, id_: str) -> Json | None:
        """A term, or None."""
        return self._make.taxonomies.terms.get(id_.lower())

    def services_at_locations(self, query: Query) -> Page:
        """Services by the places where they are."""
        fitting = [(listing, site) for listing in self._fitting(query) for site in self._make.sites(listing.entry)]
        return _page(fitting, query, lambda both: self._site(*both, full=query.full))

    def service_at_location(self, id_: str) -> Json | None:
        """A service at one of its places, or None."""
        if self._sites is None:
            self._sites = {site["id"]: mine for mine in self._listings for site in self._make.sites(mine.entry)}
        listing = self._sites.get(id_.lower())
        if listing is None:
            return None
        site = next(site for site in self._make.sites(listing.entry) if site["id"] == id_.lower())
        # The standard's description of this answer names the schema of a service by mistake: it is valid by both.
        service = self._make.short(listing.entry, listing.changed_at)
        return {name: service[name] for name in ("name", "url", "status")} | self._site(listing, site, full=True)

    def _fitting(self, query: Query) -> list[Listing]:
        near = Near(query, self._places)
        return [one for one in self._listings if query.lets_through(one.entry, one.changed_at, one.sites, near)]

    def _service(self, listing: Listing, query: Query) -> Json:
        if query.full:
            return self._make.full(listing.entry, listing.changed_at)
        service = self._make.short(listing.entry, listing.changed_at)
        if query.minimal:
            return {name: service[name] for name in ("id", "name", "url", "status", "last_modified")}
        return service

    def _site(self, listing: Listing, site: Json, *, full: bool) -> Json:
        if full:
            service = self._make.full(listing.entry, listing.changed_at)
            return {**site, "service": {n: v for n, v in service.items() if n != "service_at_locations"}}
        flat = {name: value for name, value in site["location"].items() if name not in ("addresses", "accessibility")}
        return {**site, "location": flat, "service": self._make.short(listing.entry, listing.changed_at)}

    def _organization(self, name: str, whole: bool, full_service: bool) -> Json:
        organization = self._make.organization(name)
        if not whole:
            return organization
        own = [listing for listing in self._listings if listing.entry.provider == name]
        make = self._make.full if full_service else self._make.short
        return {**organization, "services": [make(listing.entry, listing.changed_at) for listing in own]}


def _page[T](fitting: Sequence[T], query: Query, make: Callable[[T], Json]) -> Page:
    pages = -(-len(fitting) // query.per_page)
    start = (query.page - 1) * query.per_page
    contents = [make(one) for one in fitting[start : start + query.per_page]]
    return {
        "total_items": len(fitting),
        "total_pages": pages,
        "page_number": query.page,
        "size": len(contents),
        "first_page": query.page == 1,
        "last_page": query.page >= pages,
        "empty": not contents,
        "contents": contents,
    }


def _websites(entries: Sequence[Opportunity]) -> dict[str, str]:
    """The website of each provider whose entries are all on one."""
    found: dict[str, set[str]] = {}
    for entry in entries:
        if entry.url:
            parts = urlsplit(entry.url)
            found.setdefault(entry.provider, set()).add(f"{parts.scheme}://{parts.netloc}/")
    return {provider: next(iter(sites)) for provider, sites in found.items() if len(sites) == 1}
