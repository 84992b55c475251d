"""Results as replies: one line of what was understood, three cards, and what would narrow or widen them."""

from collections.abc import Sequence
from dataclasses import replace

from heard.cards import opportunity_card
from heard.content.schema import Hub
from heard.directory.listing import MOST, PAGE, Listing
from heard.directory.match import Match
from heard.directory.notes import Notes
from heard.directory.questions import payload
from heard.directory.sayings import understood
from heard.directory.search import Directory, Result
from heard.directory.terms import WELLBEING
from heard.directory.wish import Wish
from heard.messages import Card, Choice, Reply
from heard.wording import Wording

REFINEMENTS = 2
"""Buttons beside "Show more": more would hide the cards."""


class Showing:
    """A result as a person sees it."""

    def __init__(self, directory: Directory, wording: Wording, hub: Hub) -> None:
        self._directory = directory
        self._wording = wording
        self._notes = Notes(directory.places, wording, hub)

    def first(
        self, result: Result, listing: Listing, language: str, *, fresh: bool = True
    ) -> tuple[tuple[Reply, ...], Listing]:
        """The first page, with what came closest beside it where too little fits.

        `fresh` says that the place is new, so that what is to know about it is said, and once only.
        """
        wish = result.wish
        notes = self._notes.on_the_place(result, language) if fresh else []
        what = understood(wish, result.origin.one, self._wording, language)
        if not result.matches:
            lines = (*notes, self._say("found.nothing", language, what=what))
            near, listing = self.near(listing, wish, language)
            if near is None:
                return (Reply("\n".join(lines), self._nothing_choices(language)),), listing
            return (Reply("\n".join((*lines, near.text)), near.choices, near.cards),), listing
        listing = listing.next_page()
        here = result.matches[: listing.shown]
        elsewhere = result.outside or result.unknown_place is not None
        away = wish.has_place and not result.is_local and not elsewhere
        line = self._say("found.national_only" if away else "understood.line", language, what=what)
        and_near = listing.has_more_near and not elsewhere and (result.total < PAGE or not result.is_local)
        choices = self._choices(result, listing, language, near_follows=and_near)
        replies = [Reply("\n".join((*notes, line)), choices, self._cards(here, language))]
        if and_near:
            page = listing.page
            near, listing = self.near(listing, wish, language, further=True, room=MOST - len(page))
            listing = replace(listing, page=(*page, *listing.page))
            replies += [near] if near else []
        return tuple(replies), listing

    def more(self, listing: Listing, wish: Wish, language: str) -> tuple[tuple[Reply, ...], Listing]:
        """The next page; after the last, what came closest; after that, the end."""
        if listing.has_more:
            listing = listing.next_page()
            matches = self._directory.matches(listing.page, wish)
            more = (self._more(language),) if listing.has_more else ()
            choices = (*more, *self._nearly(listing, language))
            return (Reply(self._say("found.more", language), choices, self._cards(matches, language)),), listing
        if listing.has_more_near:
            near, listing = self.near(listing, wish, language)
            return ((near,) if near else ()), listing
        key = "end_of_many" if listing.total > len(listing.ids) else "end"
        text = self._say(f"found.{key}", language, count=len(listing.ids))
        return (Reply(text, self._nothing_choices(language)),), listing

    def near(
        self, listing: Listing, wish: Wish, language: str, *, further: bool = False, room: int = PAGE
    ) -> tuple[Reply | None, Listing]:
        """What nearly fits, with the condition that would have to go."""
        if not listing.has_more_near:
            return None, listing
        listing = listing.next_near(room)
        way = self._notes.way(listing.dropped, language)
        if further:
            way = self._say("dropped.further", language, way=way[:1].lower() + way[1:])
        matches = self._directory.matches(listing.page, wish, listing.dropped)
        choices = [self._more(language)] if listing.has_more_near else []
        if listing.near_shown == len(listing.page):
            choices += self._drops(listing.dropped, language)
        text = self._say("found.nearly", language, way=way)
        return Reply(text, tuple(choices), self._cards(matches, language)), listing

    def _cards(self, matches: Sequence[Match], language: str) -> tuple[Card, ...]:
        return tuple(opportunity_card(m, self._wording, language) for m in matches)

    def _choices(self, result: Result, listing: Listing, language: str, *, near_follows: bool) -> tuple[Choice, ...]:
        if near_follows:
            # Too little to narrow; what comes closest follows, with its own buttons.
            return (self._more(language),) if listing.has_more else ()
        more = [self._more(language)] if listing.has_more else []
        # Somebody who told of their circumstances may be glad of help with the cost, without having to ask.
        told = set(result.wish.circumstances) - {WELLBEING}
        cost = [Choice(self._say("choice.help_with_cost", language), payload("ask_bursary"))] if told else []
        return (*more, *self._refinements(result, language), *cost, *self._nearly(listing, language))

    def _refinements(self, result: Result, language: str) -> list[Choice]:
        """Only what would leave something out, and something over."""
        wish = result.wish
        ways = []
        if wish.cost is None:
            ways.append(("free", replace(wish, cost="free"), payload("refine_search", cost="free")))
        if not wish.times:
            ways.append(("weekend", replace(wish, times=("weekend",)), payload("refine_search", when="weekend")))
        if not wish.online:
            ways.append(("online", replace(wish, online=True), payload("refine_search", activity="online")))
        useful = [
            Choice(self._say(f"choice.{name}", language), choice)
            for name, narrower, choice in ways
            if 0 < self._directory.count(narrower) < result.total
        ]
        return useful[:REFINEMENTS]

    def _nearly(self, listing: Listing, language: str) -> list[Choice]:
        return self._drops(listing.dropped, language) if listing.has_more_near and not listing.near_shown else []

    def _drops(self, dropped: Sequence[str], language: str) -> list[Choice]:
        return [
            Choice(self._say(f"drop_choice.{name}", language), payload("refine_search", option=f"drop-{name}"))
            for name in dropped
        ]

    def _nothing_choices(self, language: str) -> tuple[Choice, ...]:
        return (
            Choice(self._say("choice.new_search", language), payload("find_opportunity", option="new")),
            Choice(self._say("choice.person", language), payload("ask_human")),
        )

    def _more(self, language: str) -> Choice:
        return Choice(self._say("choice.more", language), payload("show_more"))

    def _say(self, key: str, language: str, **values: object) -> str:
        return self._wording.say(f"search.{key}", language, **values)
