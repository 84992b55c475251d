"""UUIDs that stay the same from start to start and from hub to hub: made from what they name (RFC 9562, version 5)."""

from uuid import NAMESPACE_URL, UUID, uuid5

_OURS: UUID = uuid5(NAMESPACE_URL, "urn:heard:open-referral")


def id_of(kind: str, *names: str) -> str:
    """The UUID of something: a service by its entry's id, an organization by its name ..."""
    return str(uuid5(_OURS, "\x1f".join((kind, *names))))


def service_id(entry_id: str) -> str:
    """The service that an entry is in the feed."""
    return id_of("service", entry_id)


def organization_id(provider: str) -> str:
    """The organization of that name."""
    return id_of("organization", provider)


def term_id(taxonomy: str, term: str) -> str:
    """A term of a taxonomy."""
    return id_of("term", taxonomy, term)


def taxonomy_id(taxonomy: str) -> str:
    """A taxonomy."""
    return id_of("taxonomy", taxonomy)
