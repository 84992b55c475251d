"""One message's way: known again, redacted, screened, understood, answered, remembered as answered.

The order is the promise: nothing behind `redact` sees a personal detail, and a cry for help is answered
before anything that could be down is asked.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from weakref import WeakValueDictionary

import structlog

from bot.answered import Answered
from bot.fallback import Fallback
from bot.forget import Forget, is_forget
from bot.message import Answer, Message
from bot.payload import spoken_text
from bot.rasa import Rasa, RasaDownError
from heard.bootstrap import Heard
from heard.messages import Reply
from heard.redaction import Redacted

log = structlog.get_logger()

SESSION_SECONDS = 60 * 60
"""How long a silent chat is remembered: the same as session_expiration_time in domain.yml."""

_MOST_CONTEXTS = 20_000


@dataclass(frozen=True, slots=True)
class Context:
    """What the last answer left open: who takes a bare "yes" or "9", and which question was asked."""

    topic: str | None = None
    asked: str | None = None
    language: str | None = None


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
        now = self._clock()
        self._kept[sender] = (now, context)
        self._kept.move_to_end(sender)
        while self._kept and (len(self._kept) > _MOST_CONTEXTS or now - self._oldest() > SESSION_SECONDS):
            self._kept.popitem(last=False)

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
        self._forget = Forget(heard, rasa, self._contexts)
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

    async def _once(self, message: Message) -> Answer:
        async with self._lock(message.sender):
            earlier = await asyncio.to_thread(self._answered.earlier, message.key)
            if earlier is not None:
                return earlier
            answer = await self._answer(message)
            await asyncio.to_thread(self._answered.keep, message.key, answer)
            return answer

    async def _answer(self, message: Message) -> Answer:
        if message.payload is not None and is_forget(message.payload):
            return await self._forget(message.sender, message.language)
        if message.text is None:
            return await self._understand(message, Redacted(message.payload or ""))
        redaction = self._heard.redact(message.text)
        if redaction.spans:
            log.info("details removed", kinds=sorted({span.type for span in redaction.spans}))
        disclosure = self._heard.safeguarding.screen(redaction.text)
        if disclosure is None:
            return await self._understand(message, Redacted(spoken_text(redaction.text)))
        replies = self._heard.safeguarding.answer(disclosure, message.language)
        asyncio.get_running_loop().run_in_executor(None, self._count, disclosure.kind)
        again = await self._open_question(message, Context())
        return Answer(replies + again, message.language, safeguarding=True)

    def _count(self, kind: str) -> None:
        """Counts a disclosure by kind and week. The answer has gone out whether or not this succeeds."""
        try:
            self._heard.store.disclosures.count(kind, self._today())
        except Exception:
            log.exception("a disclosure was answered but could not be counted")

    async def _understand(self, message: Message, text: Redacted) -> Answer:
        before = self._contexts.of(message.sender)
        language = before.language or message.language
        active = await asyncio.to_thread(self._heard.consultations.is_active, message.sender)
        metadata: dict[str, Any] = {
            "key": message.key,
            "language": language,
            "today": self._today().isoformat(),
            "context": {"topic": before.topic, "asked": before.asked},
            "consultation": None,
        }
        if active is not None and before.asked is None:
            metadata["consultation"] = {"question": active.question, "kind": active.kind}
        try:
            said = await self._rasa.ask(message.sender, text, metadata)
        except RasaDownError as error:
            log.warning("Rasa is down, the fallback answers", reason=str(error))
            said = await asyncio.to_thread(self._fallback.answer, message, text, language, self._today())
        context = Context(said.topic, said.asked, said.language or before.language)
        self._contexts.keep(message.sender, context)
        again = () if _asks(said.replies) else await self._open_question(message, context)
        return Answer(said.replies + again, context.language or message.language)

    async def _open_question(self, message: Message, context: Context) -> tuple[Reply, ...]:
        """The consultation's question again, after something came in between; not while another one is open."""
        if context.asked is not None:
            return ()
        language = context.language or message.language
        reply = await asyncio.to_thread(self._heard.consultations.current_reply, message.sender, language)
        return (reply,) if reply is not None else ()

    def _lock(self, sender: str) -> asyncio.Lock:
        lock = self._one_at_a_time.get(sender)
        if lock is None:
            lock = self._one_at_a_time[sender] = asyncio.Lock()
        return lock


def _asks(replies: tuple[Reply, ...]) -> bool:
    """Whether a consultation's question, or its thanks, is among the replies: only these say how far one is."""
    return any(reply.progress is not None for reply in replies)
