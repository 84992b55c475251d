"""One message's way: known again, redacted, screened, understood, answered, remembered as answered.

The order is the promise: nothing behind `redact` sees a personal detail, and a cry for help is answered
before anything that could be down is asked.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from weakref import WeakValueDictionary

import structlog

from bot.answered import Answered
from bot.fallback import Fallback
from bot.forget import Forget, is_forget
from bot.known import PublicValues
from bot.message import Answer, Message
from bot.payload import read_payload, spoken_text
from bot.rasa import Rasa, RasaDownError
from bot.reminding import Reminding, stopped_by
from bot.typed import Buttons, buttons_of, pressed
from heard.bootstrap import Heard
from heard.consultations.service import ActiveQuestion
from heard.consultations.topic import TOPIC as CONSULTATION
from heard.errors import StoreError
from heard.messages import Reply
from heard.redaction import Redacted
from heard.retention.lifetimes import CHAT
from heard.safeguarding import Disclosure
from heard.talk import FORGET_NOW

log = structlog.get_logger()

SESSION_SECONDS = CHAT.total_seconds()
"""How long a silent chat is remembered."""

_MOST_CONTEXTS = 20_000


@dataclass(frozen=True, slots=True)
class Context:
    """What the last answer left open: who takes a bare "yes" or "9", which question was asked, which buttons it had."""

    topic: str | None = None
    asked: str | None = None
    language: str | None = None
    buttons: Buttons = field(default_factory=dict)


class Contexts:
    """The open context of each conversation, in memory, for a session."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: OrderedDict[str, tuple[float, Context]] = OrderedDict()

    def of(self, sender: str) -> Context:
        """The sender's context; an empty one after an hour of silence."""
        kept = self._kept.get(sender)
        if kept is None or self._clock() - kept[0] > SESSION_SECONDS:
            return Context()
        return kept[1]

    def keep(self, sender: str, context: Context) -> None:
        """Remembers, and lets the oldest and the silent go."""
        self._kept[sender] = (self._clock(), context)
        self._kept.move_to_end(sender)
        while len(self._kept) > _MOST_CONTEXTS:
            self._kept.popitem(last=False)
        self.let_go()

    def let_go(self) -> None:
        """Lets the silent go."""
        now = self._clock()
        while self._kept and now - self._oldest() > SESSION_SECONDS:
            self._kept.popitem(last=False)

    def __len__(self) -> int:
        return len(self._kept)

    def forget(self, sender: str) -> None:
        """Lets one conversation's context go."""
        self._kept.pop(sender, None)

    def _oldest(self) -> float:
        return next(iter(self._kept.values()))[0]


class Turn:
    """Takes a message to its answer. One at a time for each sender; the same message any number of times at once."""

    def __init__(self, heard: Heard, rasa: Rasa, today: Callable[[], date] = date.today) -> None:
        self._heard = heard
        self._rasa = rasa
        self._today = today
        self._answered = Answered(heard.store, heard.settings.secret)
        self._fallback = Fallback(heard)
        self._contexts = Contexts()
        self._menu = buttons_of([Reply("", heard.talk.menu())])
        self._public = PublicValues()
        self._reminding = Reminding(heard)
        self._forget = Forget(heard, rasa, self._contexts, self._answered)
        self._under_way: dict[str, asyncio.Future[Answer]] = {}
        self._one_at_a_time: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def take(self, message: Message) -> Answer:
        """The answer to a message; a repeat gets the very same one and does nothing twice."""
        under_way = self._under_way.get(message.key)
        if under_way is None:
            under_way = asyncio.ensure_future(self._once(message))
            self._under_way[message.key] = under_way
            under_way.add_done_callback(lambda _: self._under_way.pop(message.key, None))
        # A client that hangs up must not take the others' answer with it.
        return await asyncio.shield(under_way)

    async def forget(self, sender: str, language: str = "en") -> Answer:
        """Removes what is kept about a sender and says what that was."""
        async with self._lock(sender):
            return await self._forget(sender, language)

    async def blocked(self, sender: str) -> None:
        """Somebody wants to hear no more of us: nothing is kept to write to them. Raises StoreError."""
        self._contexts.forget(sender)
        await asyncio.to_thread(self._heard.reminders.forget, sender)

    def let_go(self) -> None:
        """Lets go of the contexts of chats that have been silent for an hour, also when nobody writes any more."""
        self._contexts.let_go()

    async def _once(self, message: Message) -> Answer:
        text = None if message.text is None else self._redacted(message.text)
        disclosure = None if text is None else self._heard.safeguarding.screen(text)
        if disclosure is not None:
            return await self._help(message, disclosure)
        async with self._lock(message.sender):
            button = None if text is None else self._button(text, self._contexts.of(message.sender))
            if button is not None:
                message, text = replace(message, text=None, payload=button), None
            if message.payload is not None and is_forget(message.payload):
                return await self._forget(message.sender, message.language)
            if message.payload is not None and (id_ := stopped_by(message.payload)) is not None:
                return await self._reminding.stop(id_, message.sender, message.language)
            if message.payload is not None and self._holds_details(message.payload):
                old = Reply(self._heard.wording.say("door.old_button", message.language), self._heard.talk.menu())
                return Answer((old,), message.language)
            earlier, active = await asyncio.to_thread(self._look, message)
            if earlier is not None:
                return earlier
            return await self._understand(
                message, Redacted(spoken_text(text) if text else message.payload or ""), active
            )

    def _button(self, text: Redacted, context: Context) -> str | None:
        """The payload of a button of the last answer, or of the menu, whose words were typed."""
        button = pressed(text, context.buttons)
        # In a consultation the menu's words may be an answer: "Borrow an instrument" is one.
        return button or (None if context.topic == CONSULTATION else pressed(text, self._menu))

    def _redacted(self, text: str) -> Redacted:
        redaction = self._heard.redact(text)
        if redaction.spans:
            log.info("details removed", kinds=sorted(redaction.kinds))
        return redaction.text

    def _holds_details(self, payload: str) -> bool:
        """Whether somebody has written a name, a phone number or the like into a payload: none of ours holds one."""
        values = set(read_payload(payload).values.values()) - self._public(self._heard.content)
        return any(self._heard.redact(value).spans for value in values)

    async def _help(self, message: Message, disclosure: Disclosure) -> Answer:
        """The helplines, at once: nothing is waited for that could be down, and no turn that is under way."""
        language = self._contexts.of(message.sender).language or message.language
        replies = self._heard.safeguarding.answer(disclosure, language)
        again = await asyncio.to_thread(self._after_help, message, disclosure, language)
        return Answer(replies + again, language, safeguarding=True)

    def _after_help(self, message: Message, disclosure: Disclosure, language: str) -> tuple[Reply, ...]:
        """Counts the disclosure once, by kind and week; gives the open question again. Neither may stop the answer."""
        try:
            if self._answered.earlier(message.key) is None:
                self._heard.store.disclosures.count(disclosure.kind, self._today())
                self._answered.keep(message.key, Answer((), language, safeguarding=True), message.sender)
            reply = self._heard.consultations.current_reply(message.sender, language, note="after_help")
        except StoreError as error:
            log.error("a disclosure was answered but could not be counted", reason=str(error))
            return ()
        return (reply,) if reply is not None else ()

    def _look(self, message: Message) -> tuple[Answer | None, ActiveQuestion | None]:
        """What the database knows of a message: its earlier answer, and the sender's open question."""
        try:
            earlier = self._answered.earlier(message.key)
            return earlier, None if earlier else self._heard.consultations.is_active(message.sender)
        except StoreError as error:
            log.error("the database is down; the chat goes on without it", reason=str(error))
            return None, None

    async def _understand(self, message: Message, text: Redacted, active: ActiveQuestion | None) -> Answer:
        before = self._contexts.of(message.sender)
        language = before.language or message.language
        metadata: dict[str, Any] = {
            "key": message.key,
            "language": language,
            "today": self._today().isoformat(),
            "context": {"topic": before.topic, "asked": before.asked},
            "channel": message.channel,
            "consultation": None,
        }
        if active is not None and before.asked is None:
            metadata["consultation"] = {"question": active.question, "kind": active.kind}
        try:
            said = await self._rasa.ask(message.sender, text, metadata)
        except RasaDownError as error:
            log.warning("Rasa is down, the fallback answers", reason=str(error))
            said = await asyncio.to_thread(self._fallback.answer, message, text, language, self._today())
        if said.asked == FORGET_NOW:
            return await self._forget(message.sender, language)
        said = await self._reminding.keep(said, message, language)
        context = Context(said.topic, said.asked, said.language or before.language)
        # Only somebody who had a question open can have one again; and never two questions at once.
        asks_again = active is not None and context.asked is None and not _asks(said.replies)
        answer = Answer(said.replies, context.language or message.language)
        answer = await asyncio.to_thread(self._finish, message, answer, asks_again)
        self._contexts.keep(message.sender, replace(context, buttons=buttons_of(answer.replies)))
        return answer

    def _finish(self, message: Message, answer: Answer, asks_again: bool) -> Answer:
        """Asks the consultation's question again after something came in between; remembers the answer, sealed."""
        try:
            if asks_again:
                reply = self._heard.consultations.current_reply(message.sender, answer.language)
                answer = replace(answer, replies=(*answer.replies, *([reply] if reply is not None else [])))
            self._answered.keep(message.key, answer, message.sender)
        except StoreError as error:
            log.error("the database is down; the chat goes on without it", reason=str(error))
        return answer

    def _lock(self, sender: str) -> asyncio.Lock:
        lock = self._one_at_a_time.get(sender)
        if lock is None:
            lock = self._one_at_a_time[sender] = asyncio.Lock()
        return lock


def _asks(replies: tuple[Reply, ...]) -> bool:
    """Whether a consultation's question, or its thanks, is among the replies: only these say how far one is."""
    return any(reply.progress is not None for reply in replies)
