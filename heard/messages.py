"""What goes out of a conversation: plain values that every door can render."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

CardKind = Literal["opportunity", "bursary", "pathway", "helpline", "person", "consultation"]
BursaryOutcome = Literal["may qualify", "unlikely", "need to know"]
ConditionState = Literal["met", "not met", "not told"]


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: what it says and what comes back when it is pressed.

    `payload` is Rasa's own form: "/intent" or '/intent{"entity": "value"}'.
    """

    label: str
    payload: str


@dataclass(frozen=True, slots=True)
class Contact:
    """One way to reach somebody, as a link that a phone can follow (tel:, sms:, mailto:, https:)."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition behind a bursary's outcome, in plain words."""

    text: str
    state: ConditionState


@dataclass(frozen=True, slots=True)
class Card:
    """One directory entry as a person sees it. `id` is the entry's id in content/."""

    id: str
    kind: CardKind
    title: str
    summary: str
    why: tuple[str, ...] = ()
    url: str | None = None
    page: str | None = None
    """Its own page here, from the root of the site; None where it has none."""
    checked: date | None = None
    notice: str | None = None
    """When it was last checked, in words; always shown."""
    contacts: tuple[Contact, ...] = ()
    outcome: BursaryOutcome | None = None
    conditions: tuple[Condition, ...] = ()
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a consultation is: `done` answered or skipped, of `of` questions."""

    done: int
    of: int


@dataclass(frozen=True, slots=True)
class Reply:
    """One bubble of an answer."""

    text: str
    choices: tuple[Choice, ...] = ()
    cards: tuple[Card, ...] = ()
    progress: Progress | None = None

    def as_dict(self) -> dict[str, Any]:
        """The reply in the chat API's JSON form; empty parts are left out."""
        plain: dict[str, Any] = {"text": self.text}
        if self.choices:
            plain["choices"] = [_choice(c) for c in self.choices]
        if self.cards:
            plain["cards"] = [_card(c) for c in self.cards]
        if self.progress is not None:
            plain["progress"] = {"done": self.progress.done, "of": self.progress.of}
        return plain

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> "Reply":
        """The inverse of `as_dict`. Raises KeyError or TypeError where the form is another."""
        progress = plain.get("progress")
        return cls(
            text=plain["text"],
            choices=tuple(Choice(**c) for c in plain.get("choices", ())),
            cards=tuple(_card_from(c) for c in plain.get("cards", ())),
            progress=Progress(**progress) if progress else None,
        )


def _choice(choice: Choice) -> dict[str, str]:
    return {"label": choice.label, "payload": choice.payload}


def _card(card: Card) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "id": card.id,
        "kind": card.kind,
        "title": card.title,
        "summary": card.summary,
        "why": list(card.why),
        "url": card.url,
        "checked": card.checked.isoformat() if card.checked else None,
        "notice": card.notice,
    }
    if card.page is not None:
        plain["page"] = card.page
    if card.contacts:
        plain["contacts"] = [{"label": c.label, "href": c.href} for c in card.contacts]
    if card.outcome is not None:
        plain["outcome"] = card.outcome
        plain["conditions"] = [{"text": c.text, "state": c.state} for c in card.conditions]
    if card.choices:
        plain["choices"] = [_choice(c) for c in card.choices]
    return plain


def _card_from(plain: Mapping[str, Any]) -> Card:
    checked = plain.get("checked")
    return Card(
        id=plain["id"],
        kind=plain["kind"],
        title=plain["title"],
        summary=plain["summary"],
        why=tuple(plain.get("why", ())),
        url=plain.get("url"),
        page=plain.get("page"),
        checked=date.fromisoformat(checked) if checked else None,
        notice=plain.get("notice"),
        contacts=tuple(Contact(**c) for c in plain.get("contacts", ())),
        outcome=plain.get("outcome"),
        conditions=tuple(Condition(**c) for c in plain.get("conditions", ())),
        choices=tuple(Choice(**c) for c in plain.get("choices", ())),
    )
