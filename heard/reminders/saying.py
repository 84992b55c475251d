"""Reminders in words."""

from datetime import date
from typing import Any

from heard.cards import in_words
from heard.directory.questions import payload
from heard.directory.sayings import understood
from heard.directory.search import Directory
from heard.directory.wish import Wish
from heard.messages import Choice
from heard.reminders.about import About
from heard.reminders.subject import Before, KeyDay
from heard.wording import Wording


class Saying:
    """The texts and buttons of reminders, in one language."""

    def __init__(self, wording: Wording, language: str) -> None:
        self._wording = wording
        self._language = language

    def __call__(self, key: str, **values: Any) -> str:
        """The text under `reminders.<key>`."""
        return self._wording.say(f"reminders.{key}", self._language, **values)

    def day(self, day: date) -> str:
        """A day with the name of its month."""
        return in_words(day, self._wording, self._language)

    def happens(self, key_day: KeyDay) -> str:
        """ "closes", "opens" ..."""
        return self(f"what.{key_day.what}")

    def before(self, before: Before) -> str:
        """ "a week before" ..."""
        return self(f"before.{before}")

    def wish(self, wish: Wish, directory: Directory) -> str:
        """What is looked out for."""
        origin = directory.origin(wish)
        text = understood(wish, origin.one, self._wording, self._language)
        return text[:1].lower() + text[1:]

    def yes(self, label: str, choice: str) -> Choice:
        """A button that says yes."""
        return Choice(self(f"offer.yes.{label}"), choice)

    def no(self) -> Choice:
        """The button that says no."""
        return Choice(self("offer.no"), "/deny")

    def stop(self, id_: str, name: str | None = None) -> Choice:
        """The button that stops one reminder."""
        label = self("stop") if name is None else self("stop_named", name=name)
        return Choice(label, payload("remind_me", option="stop", id=id_))

    def stop_all(self) -> Choice:
        """The button that stops all of them."""
        return Choice(self("stop_all"), payload("remind_me", option="stop", answer="all"))

    def ask_again(self, about: About, key_day: KeyDay, before: Before) -> Choice:
        """The button that asks to be told of a day."""
        ref = {"id": about.id} if about.of == "entry" else {"consultation": about.id}
        return self.yes(before, payload("remind_me", **ref, option=key_day.what, answer=before))
