"""The web addresses that an entry names."""

from heard.content.entries import Bursary, Helpline, Opportunity, Pathway


def addresses_of(entry: Opportunity | Bursary | Pathway | Helpline) -> tuple[str, ...]:
    """Each address once: the entry's page, the page its facts were read on, and a helpline's chat."""
    found = [] if isinstance(entry, Pathway) else [entry.url, entry.source]
    if isinstance(entry, Helpline):
        found += [entry.contact.web, entry.contact.web_chat]
    return tuple(dict.fromkeys(url for url in found if url and url.startswith(("https://", "http://"))))
