"""A reply as Telegram shows it: HTML text in pieces of the length allowed, choices as inline buttons."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import MessageLimit

from heard.messages import Card, Choice, Reply

LONGEST = MessageLimit.MAX_TEXT_LENGTH - 96
"""Characters of one message, with room to spare (Bot API: 4,096 after entities are parsed)."""

_WIDE = 18
"""Labels up to this long stand two in a row."""

Button = Callable[[str], str]
"""Makes callback data (at most 64 bytes) of a payload."""


@dataclass(frozen=True, slots=True)
class Bubble:
    """One Telegram message: HTML and its buttons."""

    html: str
    keyboard: InlineKeyboardMarkup | None = None


def bubbles(reply: Reply, button: Button) -> tuple[Bubble, ...]:
    """The messages for one reply; the buttons hang on the last one."""
    progress = f"<i>{reply.progress.done + 1} / {reply.progress.of}</i>\n" if reply.progress else ""
    blocks = [progress + escape(reply.text)]
    numbered = len(reply.cards) > 1
    blocks += [_card(card, number if numbered else None) for number, card in enumerate(reply.cards, 1)]
    texts = list(_packed(blocks))
    keyboard = _keyboard(_choices(reply, numbered), button)
    return tuple(Bubble(text, keyboard if text is texts[-1] else None) for text in texts)


def _card(card: Card, number: int | None) -> str:
    title = f"{number}. {card.title}" if number else card.title
    lines = [f"<b>{escape(title)}</b>"]
    if card.outcome:
        lines.append(f"<i>{escape(card.outcome)}</i>")
    lines.append(escape(card.summary))
    if card.why:
        lines.append(escape(" · ".join(card.why)))
    lines += [f"• {escape(c.text)}: {c.state}" for c in card.conditions]
    # Telegram makes numbers tappable by itself; it refuses tel: and sms: links.
    lines += [_contact(c.label, c.href) for c in card.contacts]
    if card.url and not any(c.href == card.url for c in card.contacts):
        lines.append(escape(card.url))
    if card.notice:
        lines.append(f"<i>{escape(card.notice)}</i>")
    return "\n".join(line for line in lines if line)


def _contact(label: str, href: str) -> str:
    if href.startswith(("https://", "http://")):
        return f'<a href="{escape(href)}">{escape(label)}</a>'
    return escape(label)


def _choices(reply: Reply, numbered: bool) -> list[Choice]:
    of_cards = [
        Choice(f"{number}. {choice.label}" if numbered else choice.label, choice.payload)
        for number, card in enumerate(reply.cards, 1)
        for choice in card.choices
    ]
    return of_cards + list(reply.choices)


def _keyboard(choices: Sequence[Choice], button: Button) -> InlineKeyboardMarkup | None:
    rows: list[list[InlineKeyboardButton]] = []
    for choice in choices:
        made = InlineKeyboardButton(choice.label, callback_data=button(choice.payload))
        beside = rows and len(rows[-1]) == 1 and len(rows[-1][0].text) <= _WIDE and len(choice.label) <= _WIDE
        if beside:
            rows[-1].append(made)
        else:
            rows.append([made])
    return InlineKeyboardMarkup(rows) if rows else None


def _packed(blocks: Sequence[str]) -> Iterator[str]:
    """Puts blocks together as long as they fit; a block too long for one message is cut between lines."""
    held = ""
    for piece in (piece for block in blocks for piece in _cut(block)):
        if held and len(held) + 2 + len(piece) > LONGEST:
            yield held
            held = piece
        else:
            held = f"{held}\n\n{piece}" if held else piece
    yield held


def _cut(block: str) -> Iterator[str]:
    held = ""
    for line in block.split("\n"):
        if held and len(held) + 1 + len(line) > LONGEST:
            yield held
            held = line
        else:
            held = f"{held}\n{line}" if held else line
    yield held
