"""Asking to be told later, in the chat: what it would be, what has to be kept for it, and then a button for yes."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from heard.cards import page_of
from heard.directory.questions import payload
from heard.directory.wish import Wish
from heard.exchange import Exchange, Outcome
from heard.messages import Card, Choice, Contact, Reply
from heard.reminders.about import About, Abouts
from heard.reminders.days import ways
from heard.reminders.keeping import Reminder, Reminders
from heard.reminders.meaning import Meaning, asks_what_there_is, wish_of
from heard.reminders.saying import Saying
from heard.reminders.subject import KeyDay, NewEntries, watched
from heard.topics import Topics
from heard.wording import Wording

TOPIC: Final = "reminders"
NEW: Final = "new"
_LETTERS: Final = str.maketrans("0123456789", "ghijklmnop")
"""A name of a wish without digits: nobody shall take it for a phone number."""


class RemindersTopic:
    """Answers remind_me. What is agreed to, the door keeps: it alone knows the chat (bot/errands.py)."""

    def __init__(
        self, live: Callable[[], Topics], reminders: Reminders, abouts: Abouts, meaning: Meaning, wording: Wording
    ) -> None:
        self._live = live
        self._reminders = reminders
        self._abouts = abouts
        self._meaning = meaning
        self._wording = wording

    def remind_me(self, exchange: Exchange) -> Outcome:
        """Takes a yes, or asks for one; says what there is, where somebody asks that."""
        answer = exchange.understood.first("answer")
        if exchange.understood.first("option") == NEW:
            return self._agreed_to_new(exchange, answer) if answer else self._offer_new(exchange)
        about = self._meaning.pressed(exchange)
        if about is not None:
            return self._agreed(exchange, about) if answer else self._offer(exchange, about)
        if exchange.understood.first("id") is not None or exchange.understood.first("consultation") is not None:
            return _said(Reply(self._in(exchange)("no_more")))
        if asks_what_there_is(exchange):
            return self._list(exchange)
        return self._asked_for(exchange)

    def follow_up(self, exchange: Exchange) -> Outcome:
        """A bare yes is no consent: there is a button for it. A no is a no."""
        if exchange.understood.intent in ("deny", "stop", "skip", "go_back"):
            return _said(Reply(self._in(exchange)("declined")), topic=None)
        if exchange.understood.intent == "affirm":
            return _said(Reply(self._in(exchange)("press")))
        return self._asked_for(exchange)

    def kept(self, reminder: Reminder) -> Reply:
        """What is said when a reminder is on disk."""
        saying, subject = Saying(self._wording, reminder.language), reminder.subject
        until, stop = saying.day(reminder.last_day), (saying.stop(reminder.id),)
        if isinstance(subject, NewEntries):
            what = saying.wish(subject.wish, self._live().opportunities)
            return Reply(saying("kept.new", what=what, until=until), stop)
        name = self._name(subject, reminder.language)
        if subject.day is None:
            return Reply(saying("kept.no_day", name=name, until=until), stop)
        values = {"happens": saying.happens(subject), "day": saying.day(subject.day)}
        return Reply(saying("kept.day", before=saying.before(subject.before), name=name, **values), stop)

    def _asked_for(self, exchange: Exchange) -> Outcome:
        """The one thing that can be meant is offered; of several, somebody picks; with none, we say how to ask."""
        meant = self._meaning.of(exchange)
        if meant.new:
            return self._offer_new(exchange)
        if len(meant.abouts) == 1:
            return self._offer(exchange, meant.abouts[0])
        saying, wish = self._in(exchange), wish_of(exchange)
        choices = [Choice(about.name, payload("remind_me", id=about.id)) for about in meant.abouts]
        if choices:
            choices += [] if wish.is_blank else [Choice(saying("which_new"), payload("remind_me", option=NEW))]
            return _said(Reply(saying("which"), tuple(choices)), wish=wish)
        if self._reminders.of(exchange.sender):
            choices.append(Choice(saying("mine"), payload("remind_me", option="list")))
        return _said(Reply(saying("how"), tuple(choices)))

    def _offer(self, exchange: Exchange, about: About) -> Outcome:
        saying, key_day = self._in(exchange), self._meaning.key_day(exchange, about)
        if exchange.channel != "telegram":
            return self._on_the_web(about, key_day, exchange.language)
        cards = (about.card,) if about.card else ()
        possible = ways(key_day.what, key_day.day, exchange.today)
        until = saying.day(self._reminders.last_day(key_day.day))
        if key_day.day is None:
            note = [saying("offer.they_say", text=about.note)] if about.note else []
            lines = (f"{about.name}:", *note, saying("offer.no_day", until=until))
            yes = Choice(saying("offer.yes.known"), saying.ask_again(about, key_day, possible[0]).payload)
            return _said(Reply("\n".join(lines), (yes, saying.no())))
        values = self._values(about, key_day, saying)
        if not possible:
            key = "soon.today" if key_day.day == exchange.today else "soon.tomorrow"
            return _said(Reply(saying(key, **values), cards=cards), topic=None)
        yeses = (saying.ask_again(about, key_day, before) for before in possible)
        return _said(Reply(saying("offer.day", until=until, **values), (*yeses, saying.no())))

    def _on_the_web(self, about: About, key_day: KeyDay, language: str) -> Outcome:
        """There is nobody to write to, and a calendar of one's own does the same (bot/web/entry.py)."""
        saying = Saying(self._wording, language)
        cards: tuple[Card, ...] = ()
        if about.card is not None:
            file = Contact(self._wording.say("pages.entry.calendar", language), f"{page_of(about.id)}.ics")
            cards = (replace(about.card, contacts=(file,)) if about.weekly or key_day.day else about.card,)
        key = "no_dates" if key_day.day is None else "dates" if cards else "day"
        return _said(Reply(saying(f"web.{key}", **self._values(about, key_day, saying)), cards=cards), topic=None)

    def _offer_new(self, exchange: Exchange) -> Outcome:
        whole, live, saying = wish_of(exchange), self._live(), self._in(exchange)
        wish, directory = watched(whole), live.opportunities
        origin = directory.origin(wish)
        if origin.unknown or len(origin.found) > 1 or directory.search(wish, limit=1).outside:
            return _said(Reply(saying("cannot_watch", county=live.content.hub.county)), wish=whole)
        if exchange.channel != "telegram":
            return _said(Reply(saying("web.new")), topic=None, wish=whole)
        until = saying.day(self._reminders.last_day(None))
        text = saying("offer.new", what=saying.wish(wish, directory), until=until)
        yes = saying.yes("new", payload("remind_me", option=NEW, answer=_name_of(wish)))
        return _said(Reply(text, (yes, saying.no())), wish=whole)

    def _list(self, exchange: Exchange) -> Outcome:
        """What somebody has asked for, with a button to stop each."""
        saying, mine = self._in(exchange), self._reminders.of(exchange.sender)
        if not mine:
            return _said(Reply(saying("list.none")), topic=None)
        lines = [self._line(reminder, saying) for reminder in mine]
        choices = [
            saying.stop(reminder.id, line.partition(":")[0] if len(mine) > 1 else None)
            for reminder, line in zip(mine, lines, strict=True)
        ]
        choices += [saying.stop_all()] if len(mine) > 1 else []
        text = "\n".join((saying("list.some"), *(f"• {line}" for line in lines)))
        return _said(Reply(text, tuple(choices)), topic=None)

    def _line(self, reminder: Reminder, saying: Saying) -> str:
        subject = reminder.subject
        if isinstance(subject, NewEntries):
            return saying("list.new", what=saying.wish(subject.wish, self._live().opportunities))
        name = self._name(subject, reminder.language)
        if subject.day is None:
            return saying("list.no_day", name=name)
        return saying("list.day", name=name, before=saying.before(subject.before), happens=saying.happens(subject))

    def _agreed(self, exchange: Exchange, about: About) -> Outcome:
        """A pressed yes to a day: the door keeps it. Where it has come too near meanwhile, that is said instead."""
        key_day = self._meaning.key_day(exchange, about)
        if exchange.channel != "telegram" or key_day.before not in ways(key_day.what, key_day.day, exchange.today):
            return self._offer(exchange, about)
        return Outcome((), {"topic": None, "asked": None}, key_day.as_dict())

    def _agreed_to_new(self, exchange: Exchange, answer: Any) -> Outcome:
        """A pressed yes to a wish: to the one that was offered, or it is offered anew."""
        wish = watched(wish_of(exchange))
        if wish.is_blank:
            return _said(Reply(self._in(exchange)("gone")))
        if exchange.channel != "telegram" or answer != _name_of(wish):
            return self._offer_new(exchange)
        return Outcome((), {"topic": None, "asked": None}, NewEntries(wish).as_dict())

    def _values(self, about: About, key_day: KeyDay, saying: Saying) -> dict[str, str]:
        day = saying.day(key_day.day) if key_day.day else ""
        return {"name": about.name, "happens": saying.happens(key_day), "day": day}

    def _name(self, subject: KeyDay, language: str) -> str:
        about = self._abouts.of(subject.of, subject.id, language)
        return about.name if about is not None else subject.id

    def _in(self, exchange: Exchange) -> Saying:
        return Saying(self._wording, exchange.language)


def _said(reply: Reply, *, topic: str | None = TOPIC, wish: Wish | None = None) -> Outcome:
    memory: dict[str, Any] = {"topic": topic, "asked": None}
    return Outcome((reply,), memory | ({"wish": wish.to_dict()} if wish is not None else {}))


def _name_of(wish: Wish) -> str:
    return wish.digest.translate(_LETTERS)
