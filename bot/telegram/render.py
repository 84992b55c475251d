"""A reply as Telegram shows it: HTML text in pieces of the length allowed, choices as inline buttons."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Protocol

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import MessageLimit

from heard.messages import Card, Choice, Contact, Reply

LONGEST = MessageLimit.MAX_TEXT_LENGTH - 96
"""UTF-16 units of one message's HTML. Bot API: 4,096 characters after the HTML is read, so this is on the safe side."""

_ESCAPED = 6
"""What one character becomes at most: &quot;."""

_WIDE = 18
"""Labels up to this long stand two in a row."""
_SHOWN = 34
"""About as much of a label as a phone shows in a row of its own; the rest is cut by Telegram."""
_MOST_BUTTONS = 50
"""Under one message: Telegram takes 100, and about 10 kB of all their labels and data."""

Button = Callable[[str], str]
"""Makes callback data (at most 64 bytes) of a payload."""


class Say(Protocol):
    """Content's words in the language of the chat."""

    def __call__(self, key: str, /, **values: Any) -> str: ...


@dataclass(frozen=True, slots=True)
class Bubble:
    """One Telegram message: HTML and its buttons."""

    html: str
    keyboard: InlineKeyboardMarkup | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of plain text in one pair of tags, so that it can be cut and stays whole HTML."""

    text: str
    before: str = ""
    after: str = ""

    @property
    def html(self) -> str:
        return f"{self.before}{escape(self.text)}{self.after}" if _visible(self.text) else ""


def bubbles(reply: Reply, button: Button, say: Say, home: str | None = None) -> tuple[Bubble, ...]:
    """The messages for one reply; the buttons hang on the last one.

    `home` is where the pages are, for links to them; None where nobody but this machine can open them.
    """
    numbered = len(reply.cards) > 1
    choices = _choices(reply, numbered)
    blocks = [_text(reply, say)]
    blocks += [_card(card, number if numbered else None, say, home) for number, card in enumerate(reply.cards, 1)]
    if any(len(choice.label) > _SHOWN for choice in reply.choices):
        blocks.append([_Line(f"• {choice.label}") for choice in reply.choices])
    texts = list(_packed(blocks))
    keyboards = [choices[start : start + _MOST_BUTTONS] for start in range(0, len(choices), _MOST_BUTTONS)]
    # A message must have text; more choices than fit under one message get more messages.
    texts += ["…"] * max(0, len(keyboards) - 1 if texts else len(keyboards))
    without = len(texts) - len(keyboards)
    return tuple(
        Bubble(text, _keyboard(keyboards[n - without], button) if n >= without else None)
        for n, text in enumerate(texts)
    )


def _text(reply: Reply, say: Say) -> list[_Line]:
    lines = [_Line(line) for line in reply.text.split("\n")]
    if reply.progress is None or reply.progress.done >= reply.progress.of:
        return lines
    progress = say("widget.progress", n=reply.progress.done + 1, of=reply.progress.of)
    return [_Line(progress, "<i>", "</i>"), *lines]


def _card(card: Card, number: int | None, say: Say, home: str | None) -> list[_Line]:
    title = f"{number}. {card.title}" if number else card.title
    if home and card.page:
        lines = [_Line(title, f'<b><a href="{escape(_clean(home + card.page))}">', "</a></b>")]
    else:
        lines = [_Line(title, "<b>", "</b>")]
    if card.outcome:
        lines.append(_Line(say("widget.outcome_" + card.outcome.replace(" ", "_")), "<i>", "</i>"))
    lines += [_Line(line) for line in card.summary.split("\n")]
    lines.append(_Line(" · ".join(card.why)))
    lines += [_Line(f"• {c.text}: {say('widget.state_' + c.state.replace(' ', '_'))}") for c in card.conditions]
    lines += [_contact(contact) for contact in card.contacts]
    if card.url and not any(contact.href == card.url for contact in card.contacts):
        lines.append(_Line(card.url))
    lines.append(_Line(card.notice or "", "<i>", "</i>"))
    return [line for line in lines if line.html]


def _contact(contact: Contact) -> _Line:
    """A link for the web. Telegram refuses tel:, sms: and mailto: links; numbers written out it makes tappable."""
    scheme, _, rest = contact.href.partition(":")
    if scheme in {"http", "https"}:
        return _Line(contact.label, f'<a href="{escape(_clean(contact.href))}">', "</a>")
    to_reach = rest.partition("?")[0]
    said = to_reach in contact.label or (scheme != "mailto" and _digits(to_reach) in _digits(contact.label))
    return _Line(contact.label if said else f"{contact.label}: {to_reach}")


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _choices(reply: Reply, numbered: bool) -> list[Choice]:
    of_cards = [
        Choice(f"{number}. {choice.label}" if numbered else choice.label, choice.payload)
        for number, card in enumerate(reply.cards, 1)
        for choice in card.choices
    ]
    return of_cards + list(reply.choices)


def _keyboard(choices: Sequence[Choice], button: Button) -> InlineKeyboardMarkup:
    rows: list[list[InlineKeyboardButton]] = []
    for choice in choices:
        label = _clean(choice.label) if _visible(choice.label) else "…"
        made = InlineKeyboardButton(label, callback_data=button(choice.payload))
        beside = rows and len(rows[-1]) == 1 and len(rows[-1][0].text) <= _WIDE and len(label) <= _WIDE
        if beside:
            rows[-1].append(made)
        else:
            rows.append([made])
    return InlineKeyboardMarkup(rows)


def _packed(blocks: Sequence[Sequence[_Line]]) -> Iterator[str]:
    """Puts blocks together as long as they fit; a block too long for one message is cut between lines."""
    held = ""
    for glue, piece in (piece for block in blocks for piece in _pieces(block)):
        if held and _length(held) + len(glue) + _length(piece) > LONGEST:
            yield held
            held = piece
        else:
            held = f"{held}{glue}{piece}" if held else piece
    if held:
        yield held


def _pieces(block: Sequence[_Line]) -> Iterator[tuple[str, str]]:
    """The parts of a block that must stay in one message, each with what stands before it."""
    html = "\n".join(line.html for line in block).strip("\n")
    if not html:
        return
    if _length(html) <= LONGEST:
        yield "\n\n", html
        return
    glue = "\n\n"
    for part in (part for line in block for part in _cut(line)):
        yield glue, part.html
        glue = "\n"


def _cut(line: _Line) -> Iterator[_Line]:
    """A line as it is, or in parts that fit, cut at spaces."""
    if _length(line.html) <= LONGEST:
        if line.html:
            yield line
        return
    if _length(line.before) > LONGEST // 2:  # an address as long as this is no address
        line = _Line(line.text)
    most = (LONGEST - _length(line.before + line.after)) // _ESCAPED
    rest = line.text
    while rest:
        end = len(rest) if len(rest) <= most else (rest.rfind(" ", 1, most) + 1 or most)
        part, rest = rest[:end], rest[end:]
        if _visible(part):
            yield _Line(part, line.before, line.after)


def _visible(text: str) -> bool:
    """Whether there is anything to see: Telegram refuses a message without."""
    return any(unicodedata.category(character)[0] not in "ZC" for character in text)


def _clean(text: str) -> str:
    return " ".join(text.split())


def _length(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)
