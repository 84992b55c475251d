"""Which services help with what, in the order in which they are shown, as cards."""

import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from heard.cards import notice, page_of
from heard.content.schema import Area, Helpline
from heard.messages import Card, Contact
from heard.safeguarding.kinds import Disclosure
from heard.wording import Wording

EMERGENCY = "emergency-999"
MOST = 5
_FOR_EVERYTHING = ("childline", "shout-85258")
"""Shown to a young person whatever the trouble is, where content has them."""
_FIRST_FOR_ADULTS = ("nspcc-helpline",)
_PHONE = re.compile(r"\+?\d[\d ]{1,14}\d")
_TEXT_CODE = re.compile(r"^(?P<word>[A-Za-z]+) to (?P<number>[\d ]+)$")
_ADDRESS = re.compile(r"^(?:https?://)?[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/\S*)?$", re.IGNORECASE)


class Helplines:
    """The services of content, as cards."""

    def __init__(self, helplines: Sequence[Helpline], wording: Wording, areas: Iterable[Area] = ()) -> None:
        """Takes the hub's services.

        Args:
            helplines: in the order of content.
            wording: for labels.
            areas: the hub's own areas; a service of another county is left out. Empty means all.
        """
        near = {*areas, "national", "online"}
        self._all = tuple(h for h in helplines if not areas or h.area in near)
        self._wording = wording

    def cards_for(self, disclosure: Disclosure, language: str) -> tuple[Card, ...]:
        """The right services first; 999 before all others when somebody may be in danger now."""
        adult = disclosure.kind == "adult_worried"
        able = [
            h for h in self._all if disclosure.kind in h.kinds and h.id != EMERGENCY and (adult or not h.for_adults)
        ]
        able += [h for h in self._all if h.id in _FOR_EVERYTHING and h not in able and not adult]
        first = _FIRST_FOR_ADULTS if adult else _FOR_EVERYTHING
        able.sort(
            key=lambda h: (
                _rank(h.id, first),
                h.area in ("national", "online"),
                adult and not h.for_adults,
                len(h.kinds),
            )
        )
        emergency = self._emergency() if disclosure.urgent else []
        chosen = [*emergency, *able[: MOST - len(emergency)]] or self._emergency()
        return tuple(self._card(h, language) for h in chosen)

    def cards(self, language: str) -> tuple[Card, ...]:
        """The services that anybody may want, when nobody has told of harm."""
        wide = [h for h in self._all if h.id != EMERGENCY and ("wellbeing" in h.kinds or len(h.kinds) > 3)]
        wide.sort(key=lambda h: (_rank(h.id, _FOR_EVERYTHING), h.for_adults, -len(h.kinds)))
        return tuple(self._card(h, language) for h in [*wide[: MOST + 1], *self._emergency()])

    def urgent_cards(self, language: str) -> tuple[Card, ...]:
        """999 and the services for every young person, for a page that has to work without anything else."""
        chosen = [*self._emergency(), *(h for h in self._all if h.id in _FOR_EVERYTHING)]
        return tuple(self._card(h, language) for h in chosen)

    def card(self, id_: str, language: str) -> Card | None:
        """One service by its id, or None."""
        return next((self._card(h, language) for h in self._all if h.id == id_), None)

    def _emergency(self) -> list[Helpline]:
        return [h for h in self._all if h.id == EMERGENCY]

    def _card(self, helpline: Helpline, language: str) -> Card:
        why = [helpline.for_whom]
        if helpline.hours and not helpline.hours.lower().startswith("check"):
            why.append(helpline.hours)
        return Card(
            id=helpline.id,
            kind="helpline",
            title=helpline.name,
            summary=helpline.when_to_use,
            why=tuple(why),
            url=helpline.url,
            page=page_of(helpline.id),
            checked=helpline.checked,
            notice=notice(helpline.checked, self._wording, language),
            contacts=self._contacts(helpline, language),
        )

    def _contacts(self, helpline: Helpline, language: str) -> tuple[Contact, ...]:
        """Links that a phone can follow. `contact_unconfirmed` is never read."""
        contact = helpline.contact
        found: list[Contact] = []

        def say(key: str, what: str) -> str:
            return self._wording.say(f"safeguarding.contact.{key}", language, what=what)

        number = _PHONE.search(contact.phone) if contact.phone else None
        if contact.phone and number:
            found.append(Contact(say("phone", contact.phone), f"tel:{number.group().replace(' ', '')}"))
        code = _TEXT_CODE.match(contact.text.strip()) if contact.text else None
        if contact.text and code:
            address = f"sms:{code['number'].replace(' ', '')}?&body={quote(code['word'])}"
            found.append(Contact(say("text", contact.text), address))
        elif contact.text and (mobile := _PHONE.search(contact.text)):
            found.append(Contact(say("text", contact.text), f"sms:{mobile.group().replace(' ', '')}"))
        for key, web in (("chat", contact.web_chat), ("web", contact.web)):
            if web:
                link = _https(web) or helpline.url
                if link:
                    found.append(Contact(say(key, link.removeprefix("https://").rstrip("/")), link))
        if contact.email:
            found.append(Contact(say("email", contact.email), f"mailto:{contact.email}"))
        if not found and helpline.url:
            found.append(Contact(say("web", helpline.url.removeprefix("https://").rstrip("/")), helpline.url))
        return tuple(found)


def _rank(id_: str, first: Sequence[str]) -> int:
    return first.index(id_) if id_ in first else len(first)


def _https(written: str) -> str | None:
    """A web address as a link; None where it is an instruction in words."""
    plain = written.strip()
    if not _ADDRESS.match(plain):
        return None
    return plain if plain.startswith(("https://", "http://")) else f"https://{plain}"
