"""What the door reads of a Telegram update: the few parts that it needs, checked, and nothing else.

Names, user names and phone numbers that Telegram sends along are never taken out of the JSON, so that no log,
error or memory can hold them. Anybody who finds the webhook can send anything: what is no update is an UpdateError.
"""

from dataclasses import dataclass, field
from typing import Any, Literal

KINDS = ("message", "callback_query", "my_chat_member")
"""The kinds of updates that we ask Telegram for."""

_GROUPS = {"group", "supergroup"}
_LARGEST = 2**53
"""Telegram's ids have at most 52 significant bits."""

_SERVICE = {
    "boost_added",
    "chat_background_set",
    "chat_shared",
    "message_auto_delete_timer_changed",
    "pinned_message",
    "users_shared",
    "write_access_allowed",
}
"""Messages that Telegram writes itself: nobody waits for an answer to them."""


class UpdateError(ValueError):
    """This is no update as Telegram sends them."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update.

    `kind`: "words" (`text`, typed or under a picture), "attachment" (anything but words; with `text` where
    there is some under it), "press" (`data` of a button of the message `button_of`; `press` is to be answered),
    "group" and "channel" (where we do not talk), "blocked" (somebody wants to hear no more of us), "nothing" (needs
    no answer).
    """

    update_id: int
    chat_id: int
    kind: Literal["words", "attachment", "press", "group", "channel", "blocked", "nothing"]
    text: str | None = field(default=None, repr=False)
    album: str | None = None
    press: str | None = None
    button_of: int = 0
    data: str | None = None
    language: str | None = None


def read_update(plain: Any) -> Incoming:
    """Reads one update of the Bot API. Raises UpdateError where it has another form."""
    if not isinstance(plain, dict):
        raise UpdateError("an update is an object")
    update_id = _id(plain.get("update_id"))
    if isinstance(press := plain.get("callback_query"), dict):
        return _press(update_id, press)
    if isinstance(message := plain.get("message"), dict):
        return _message(update_id, message)
    if isinstance(member := plain.get("my_chat_member"), dict):
        return _member(update_id, member)
    return Incoming(update_id, 0, "nothing")


def _press(update_id: int, press: dict[str, Any]) -> Incoming:
    query, data = _text(press.get("id")), _text(press.get("data"))
    message = press.get("message")
    if not query:
        raise UpdateError("a press has an id")
    if not isinstance(message, dict) or data is None:  # of an inline message or a game: we make neither
        return Incoming(update_id, 0, "press", press=query)
    chat_id, place = _chat(message)
    if place != "private":
        return Incoming(update_id, chat_id, "press", press=query)
    language = _language(press)
    button_of = _id(message.get("message_id"))
    return Incoming(update_id, chat_id, "press", press=query, button_of=button_of, data=data, language=language)


def _message(update_id: int, message: dict[str, Any]) -> Incoming:
    chat_id, place = _chat(message)
    if place != "private":
        return Incoming(update_id, chat_id, "group" if place in _GROUPS else "channel")
    language = _language(message)
    text = _text(message.get("text"))
    if text is not None:
        return Incoming(update_id, chat_id, "words", text=text, language=language)
    if not _SERVICE.isdisjoint(message):
        return Incoming(update_id, chat_id, "nothing")
    caption, album = _text(message.get("caption")), _text(message.get("media_group_id"))
    return Incoming(update_id, chat_id, "attachment", text=caption, album=album, language=language)


def _member(update_id: int, member: dict[str, Any]) -> Incoming:
    """We were put into a chat, or taken out of it; in a private one, somebody has blocked us, or does no more."""
    chat_id, place = _chat(member)
    after = member.get("new_chat_member")
    gone = isinstance(after, dict) and after.get("status") in {"left", "kicked"}
    if place == "private":
        return Incoming(update_id, chat_id, "blocked" if gone else "nothing")
    if gone:
        return Incoming(update_id, chat_id, "nothing")
    return Incoming(update_id, chat_id, "group" if place in _GROUPS else "channel")


def _chat(holder: dict[str, Any]) -> tuple[int, str]:
    chat = holder.get("chat")
    if not isinstance(chat, dict) or not isinstance(chat.get("type"), str):
        raise UpdateError("a message is in a chat")
    return _id(chat.get("id")), chat["type"]


def _language(holder: dict[str, Any]) -> str | None:
    """The language of the person's Telegram, ISO 639-1; None where Telegram does not say."""
    person = holder.get("from")
    code = person.get("language_code") if isinstance(person, dict) else None
    return code[:2].lower() if isinstance(code, str) and code[:2].isalpha() else None


def _id(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > _LARGEST:
        raise UpdateError("an id is a whole number")
    return value


def _text(value: Any) -> str | None:
    """A text without what no keyboard makes and no database takes: half characters and NUL."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise UpdateError("a text is a string")
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "")
