"""Small talk, trust and the way around: what needs words and nothing else."""

from heard.cards import notice
from heard.content.schema import Hub, HubContact
from heard.exchange import Exchange, Outcome
from heard.messages import Card, Choice, Contact, Reply
from heard.wording import Wording

MENU = ("find_opportunity", "ask_bursary", "ask_pathway", "borrow_instrument", "have_my_say", "ask_human")
"""The intents that the menu offers, in its order; the labels are `menu.<intent>`."""

_WITH_MENU = {"greet", "help", "out_of_scope", "ask_about_hub"}
_FORGET_EVERYTHING = ("topic", "asked", "wish", "listing", "circumstances", "route")
_LIKELY = 0.05
"""A reading under this confidence is not worth offering."""
_READINGS = 3
TOPIC = "talk"
ASKED_TO_FORGET = "forget"
FORGET_NOW = "forget.now"
"""What `asked` says when the wish to be forgotten was confirmed in words: the door does the rest."""


class TalkTopic:
    """Answers what no other topic does."""

    def __init__(self, hub: Hub, wording: Wording) -> None:
        self._hub = hub
        self._wording = wording

    def menu(self, language: str = "en") -> tuple[Choice, ...]:
        """What can be done here, as buttons."""
        return tuple(Choice(self._wording.say(f"menu.{intent}", language), f"/{intent}") for intent in MENU)

    def talk(self, exchange: Exchange) -> Outcome:
        """The text for the intent, from `talk.<intent>`; with the menu where somebody may be looking around."""
        intent = exchange.understood.intent
        text = self._say(f"talk.{intent}", exchange)
        return Outcome((Reply(text, self.menu(exchange.language) if intent in _WITH_MENU else ()),))

    def start_over(self, exchange: Exchange) -> Outcome:
        """Forgets what this chat knows so far and shows the menu."""
        reply = Reply(self._say("talk.start_over", exchange), self.menu(exchange.language))
        return Outcome((reply,), dict.fromkeys(_FORGET_EVERYTHING))

    def change_language(self, exchange: Exchange) -> Outcome:
        """Changes to a language that there are words for; says plainly where there are none."""
        wanted = exchange.understood.first("language")
        there = self._wording.languages
        if wanted in there:
            text = self._wording.say("language.changed", wanted)
            return Outcome((Reply(text, self.menu(wanted)),), {"language": wanted})
        names = ", ".join(self._wording.say("language.own_name", code) for code in there)
        key = "language.not_yet" if wanted else "language.which"
        choices = tuple(
            Choice(self._wording.say("language.own_name", code), f'/change_language{{"language": "{code}"}}')
            for code in there
        )
        text = self._say(key, exchange, languages=names)
        return Outcome((Reply(text, choices if len(there) > 1 else ()),))

    def contact(self, exchange: Exchange) -> Outcome:
        """Who to speak to at the hub and its partners. What we do not know (a phone number) is said as unknown."""
        partners = [
            self._contact_card(partner, f"{self._hub.id}-partner-{number}", exchange.language)
            for number, partner in enumerate(self._hub.partners, 1)
        ]
        text = self._say("contact.text", exchange, hub=self._hub.contact.name)
        return Outcome((Reply(text, cards=(self.contact_card(exchange.language), *partners)),))

    def contact_card(self, language: str = "en") -> Card:
        """The hub's contact as a card."""
        return self._contact_card(self._hub.contact, f"{self._hub.id}-contact", language)

    def _contact_card(self, contact: HubContact, id_: str, language: str) -> Card:
        ways = [
            Contact(contact.phone, f"tel:{contact.phone.replace(' ', '')}") if contact.phone else None,
            Contact(contact.email, f"mailto:{contact.email}") if contact.email else None,
            Contact(self._wording.say("contact.website", language), contact.web),
        ]
        missing = [what for what in ("phone", "email", "hours") if getattr(contact, what) is None]
        known = [text for text in (contact.hours, contact.address) if text]
        return Card(
            id=id_,
            kind="person",
            title=contact.name,
            summary=" ".join([*known, *(self._wording.say(f"contact.no_{what}", language) for what in missing)]),
            url=contact.web,
            checked=contact.checked,
            notice=notice(contact.checked, self._wording, language),
            contacts=tuple(way for way in ways if way),
        )

    def delete_my_data(self, exchange: Exchange) -> Outcome:
        """Says what there is to delete and asks once; the door does the deleting (bot/forget.py)."""
        choices = (
            Choice(self._say("forget.yes", exchange), '/delete_my_data{"answer": "yes"}'),
            Choice(self._say("forget.no", exchange), "/deny"),
        )
        return Outcome((Reply(self._say("forget.ask", exchange), choices),), {"topic": TOPIC, "asked": ASKED_TO_FORGET})

    def did_you_mean(self, exchange: Exchange) -> Outcome:
        """Offers the likeliest readings; none likely: the menu and a person."""
        likely = [
            intent
            for intent, confidence in exchange.understood.ranking
            if confidence >= _LIKELY and self._wording.has(f"did_you_mean.{intent}")
        ][:_READINGS]
        if not likely:
            return Outcome((Reply(self._say("did_you_mean.lost", exchange), self.menu(exchange.language)),))
        choices = [Choice(self._say(f"did_you_mean.{intent}", exchange), f"/{intent}") for intent in likely]
        choices.append(Choice(self._say("did_you_mean.none", exchange), "/help"))
        return Outcome((Reply(self._say("did_you_mean.ask", exchange), tuple(choices)),))

    def follow_up(self, exchange: Exchange) -> Outcome:
        """A bare yes, no, stop or value that belongs to no open topic."""
        intent = exchange.understood.intent
        if exchange.memory.get("asked") == ASKED_TO_FORGET:
            return self._forget(exchange)
        key = f"talk.{intent}" if self._wording.has(f"talk.{intent}") else "talk.nothing_open"
        return Outcome((Reply(self._say(key, exchange), self.menu(exchange.language)),), {"topic": None, "asked": None})

    def _forget(self, exchange: Exchange) -> Outcome:
        """Yes and no to "delete now?". Nothing else deletes anything."""
        if exchange.understood.intent == "affirm":
            return Outcome((), {"topic": None, "asked": FORGET_NOW})
        if exchange.understood.intent in ("deny", "stop", "skip", "go_back"):
            reply = Reply(self._say("forget.kept", exchange), self.menu(exchange.language))
            return Outcome((reply,), {"topic": None, "asked": None})
        return self.delete_my_data(exchange)

    def _say(self, key: str, exchange: Exchange, **values: str) -> str:
        return self._wording.say(key, exchange.language, hub_name=self._hub.name, about=self._hub.about, **values)
