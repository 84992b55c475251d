"""Results for several children: a reply for each, with what fits that child."""

from collections.abc import Sequence

from heard.cards import opportunity_card
from heard.directory.listing import MOST, Listing
from heard.directory.notes import Notes
from heard.directory.questions import payload
from heard.directory.sayings import understood
from heard.directory.search import Result
from heard.messages import Choice, Reply
from heard.wording import Wording


class ForEach:
    """Replies for several wishes that came in one message."""

    def __init__(self, notes: Notes, wording: Wording) -> None:
        self._notes = notes
        self._wording = wording

    def first(
        self, results: Sequence[Result], listing: Listing, language: str, *, fresh: bool
    ) -> tuple[tuple[Reply, ...], Listing]:
        """A reply for each child, and a listing of all that was found, what is shown first."""
        room = max(1, MOST // len(results))
        replies = [self._reply(result, room, language) for result in results]
        if fresh:
            notes = self._notes.on_the_place(results[0], language)
            replies[0] = Reply("\n".join((*notes, replies[0].text)), cards=replies[0].cards)
        shown = tuple(dict.fromkeys(card.id for reply in replies for card in reply.cards))
        every = tuple(dict.fromkeys((*shown, *(id_ for result in results for id_ in result.ids))))
        listing = Listing(every, len(every), shown=len(shown), page=shown, wish=listing.wish, before=listing.before)
        if listing.has_more:
            more = Choice(self._wording.say("search.choice.more", language), payload("show_more"))
            replies[-1] = Reply(replies[-1].text, (more,), replies[-1].cards)
        return tuple(replies), listing

    def _reply(self, result: Result, room: int, language: str) -> Reply:
        what = understood(result.wish, result.origin.one, self._wording, language)
        if result.matches:
            text, matches = self._wording.say("search.understood.line", language, what=what), result.matches
        else:
            text, matches = self._wording.say("search.found.nothing", language, what=what), ()
            if result.nearest:
                way = self._notes.way(result.nearest.dropped, language)
                text += f"\n{self._wording.say('search.found.nearly', language, way=way)}"
                matches = result.nearest.matches
        return Reply(text, cards=tuple(opportunity_card(m, self._wording, language) for m in matches[:room]))
