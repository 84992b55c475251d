"""Notices a cry for help and answers it: what to do now, who can help, and that the way back is open.

It needs nothing but content in memory, so that it answers when Rasa, the database and the network do not.
"""

from collections.abc import Iterable, Sequence

from heard.content.schema import Area, Helpline
from heard.exchange import Exchange, Outcome
from heard.messages import Card, Reply
from heard.redaction import Redacted
from heard.safeguarding.helplines import Helplines
from heard.safeguarding.kinds import Disclosure
from heard.safeguarding.screen import Screen
from heard.wording import DEFAULT_LANGUAGE, Wording


class Safeguarding:
    """Screens every free text, and answers those that tell of harm."""

    def __init__(
        self, screen: Screen, helplines: Sequence[Helpline], wording: Wording, areas: Iterable[Area] = ()
    ) -> None:
        """Takes a screen (`Screen.load(content)`), the hub's helplines and, to leave out other counties, its areas."""
        self._screen = screen
        self._helplines = Helplines(helplines, wording, tuple(areas))
        self._wording = wording

    def screen(self, text: Redacted) -> Disclosure | None:
        """What harm a text tells of, or None."""
        return self._screen.screen(text)

    def answer(self, disclosure: Disclosure | None, language: str = DEFAULT_LANGUAGE) -> tuple[Reply, ...]:
        """Two bubbles: what to do now, then who can help. It asks nothing, and the talk can go on as it was.

        Without a disclosure: who there is to talk to.
        """
        if disclosure is None:
            return (Reply(self._say("nobody_hurt", language), cards=self._helplines.cards(language)),)
        now = "danger_now" if disclosure.urgent else "danger_if"
        grown_up = disclosure.kind == "adult_worried"
        first = f"{self._say(f'told.{disclosure.kind}', language)} {self._say(now, language)}"
        help_ = self._say("who_adult" if grown_up else "who", language)
        return (
            Reply(first),
            Reply(
                f"{self._say('a_program', language)} {help_} {self._say('way_back', language)}",
                cards=self._helplines.cards_for(disclosure, language),
            ),
        )

    def helplines(self, exchange: Exchange) -> Outcome:
        """The topic for harm and for "who can I talk to". It changes no slot: the way back stays open."""
        disclosure = self.screen(exchange.understood.text)
        if disclosure is None and exchange.understood.intent == "disclose_harm":
            return Outcome((Reply(self._say("unsure", exchange.language)), *self.answer(None, exchange.language)))
        return Outcome(self.answer(disclosure, exchange.language))

    def urgent_cards(self, language: str = DEFAULT_LANGUAGE) -> tuple[Card, ...]:
        """999 and the services for every young person, for pages that show them always."""
        return self._helplines.urgent_cards(language)

    def card(self, id_: str, language: str = DEFAULT_LANGUAGE) -> Card | None:
        """One service by its id, or None."""
        return self._helplines.card(id_, language)

    def _say(self, key: str, language: str) -> str:
        return self._wording.say(f"safeguarding.{key}", language)
