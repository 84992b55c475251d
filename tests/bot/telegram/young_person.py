"""Somebody who talks with the bot on Telegram."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.bot.telegram.chats import BotMessage, Button, Chat

if TYPE_CHECKING:
    from tests.bot.telegram.bot_api import BotApi


class YoungPerson:
    """Somebody on Telegram. What they do waits until the bot has answered, and gives back the answer."""

    def __init__(self, api: "BotApi", chat: Chat, name: str, language: str) -> None:
        self.api = api
        self.chat = chat
        self.name = name
        self.username = f"{name.lower()}_brightwater_07"
        self._language = language
        self._sent = 0

    @property
    def id(self) -> int:
        return self.chat.id

    @property
    def messages(self) -> list[BotMessage]:
        """All that the bot has said."""
        return self.chat.messages

    @property
    def last(self) -> BotMessage:
        return self.chat.messages[-1]

    def says(self, text: str, copies: int = 1) -> int:
        """Sends words and does not wait. Returns the update's number."""
        return self._message(copies, text=text)

    def say(self, text: str, copies: int = 1, seconds: float = 30) -> list[BotMessage]:
        """Sends words; returns what the bot answers."""
        return self._answer(lambda: self.says(text, copies), seconds)

    def presses(self, label: str, copies: int = 1) -> int:
        """Presses the newest button with this label and does not wait. Returns the update's number."""
        message, button = self._find(label)
        return self.presses_raw(button.data, message.message_id, copies)

    def presses_raw(self, data: str, message_id: int = 1, copies: int = 1) -> int:
        """A press with any data: what a changed Telegram app could send."""
        press = self.api.new_press()
        query = {
            "id": press,
            "from": self._person(),
            "chat_instance": "31415926535",
            "data": data,
            "message": {"message_id": message_id, "date": int(time.time()), "chat": self._chat(), "text": "..."},
        }
        return self.api.update(copies, callback_query=query)

    def press(self, label: str, copies: int = 1, seconds: float = 30) -> list[BotMessage]:
        """Presses the newest button with this label; returns what the bot answers."""
        return self._answer(lambda: self.presses(label, copies), seconds)

    def waits_for(self, count: int, seconds: float = 30) -> list[BotMessage]:
        """All that the bot has said, when there are `count` messages."""
        self.api.wait_for(lambda: len(self.chat.messages) >= count, seconds, f"there are not {count} messages")
        return self.chat.messages

    def send_photo(self, caption: str | None = None, album: str | None = None) -> list[BotMessage]:
        """Sends a picture."""
        size = {"file_id": "AgAC", "file_unique_id": "AQAD", "width": 90, "height": 60, "file_size": 1100}
        extra = {name: value for name, value in (("caption", caption), ("media_group_id", album)) if value}
        return self._answer(lambda: self._message(1, photo=[size], **extra), 30)

    def send_voice(self) -> list[BotMessage]:
        """Sends a voice message."""
        voice = {"file_id": "AwAC", "file_unique_id": "AgAD", "duration": 3, "mime_type": "audio/ogg"}
        return self._answer(lambda: self._message(1, voice=voice), 30)

    def send(self, **content: Any) -> list[BotMessage]:
        """Sends a message of any other kind."""
        return self._answer(lambda: self._message(1, **content), 30)

    def say_in(self, group: Chat, text: str) -> int:
        """Writes in a group. Returns the update's number."""
        message = {"text": text, "chat": {"id": group.id, "type": group.type, "title": "Year 9"}}
        return self.api.update(message={**self._base(), **message})

    def add_bot_to(self, group: Chat) -> int:
        """Puts the bot into a group. Returns the update's number."""
        bot = {"id": int(self.api.token.partition(":")[0]), "is_bot": True, "first_name": "Heard"}
        member = {
            "chat": {"id": group.id, "type": group.type, "title": "Year 9"},
            "from": self._person(),
            "date": int(time.time()),
            "old_chat_member": {"user": bot, "status": "left"},
            "new_chat_member": {"user": bot, "status": "member"},
        }
        return self.api.update(my_chat_member=member)

    def block(self) -> None:
        """Blocks the bot."""
        self.chat.blocked = True

    def is_seen_to_block(self, again: bool = False) -> int:
        """Blocks the bot, and Telegram tells it; or takes it back. Returns the update's number."""
        self.chat.blocked = not again
        bot = {"id": int(self.api.token.partition(":")[0]), "is_bot": True, "first_name": "Heard"}
        before, after = ("kicked", "member") if again else ("member", "kicked")
        member = {
            "chat": self._chat(),
            "from": self._person(),
            "date": int(time.time()),
            "old_chat_member": {"user": bot, "status": before},
            "new_chat_member": {"user": bot, "status": after},
        }
        return self.api.update(my_chat_member=member)

    def _answer(self, do: Callable[[], int], seconds: float) -> list[BotMessage]:
        before = len(self.chat.messages)
        self.api.wait_until_done(do(), seconds)
        return self.chat.messages[before:]

    def _find(self, label: str) -> tuple[BotMessage, Button]:
        for message in reversed(self.chat.messages):
            for button in message.buttons:
                if button.label == label:
                    return message, button
        there = [button.label for message in self.chat.messages[-3:] for button in message.buttons]
        raise AssertionError(f"there is no button {label!r}; the last ones are {there}")

    def _message(self, copies: int, **content: Any) -> int:
        self.chat.started = True
        return self.api.update(copies, message={**self._base(), **content})

    def _base(self) -> dict[str, Any]:
        self._sent += 1
        return {
            "message_id": 100_000 + self._sent,
            "from": self._person(),
            "chat": self._chat(),
            "date": int(time.time()),
        }

    def _chat(self) -> dict[str, Any]:
        return {"id": self.chat.id, "type": "private", "first_name": self.name, "username": self.username}

    def _person(self) -> dict[str, Any]:
        return {
            "id": self.chat.id,
            "is_bot": False,
            "first_name": self.name,
            "last_name": "Brightwater",
            "username": self.username,
            "language_code": self._language,
        }
