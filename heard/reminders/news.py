"""What has come to fit a wish: entries that were added, and those that were changed until they fitted."""

import hashlib

from heard.directory.match import Match
from heard.directory.search import Directory
from heard.directory.wish import Wish

_ALL = 1_000_000
_SUBJECT = ("genre", "activity")


def fitting(wish: Wish, directory: Directory) -> tuple[Match, ...]:
    """Everything that plainly fits, the best first.

    A search also lists what may fit; a message to somebody's phone is worth it only for what says that it does.
    """
    result = directory.search(wish, limit=_ALL)
    if result.ambiguous or result.outside or result.unknown_place is not None:
        return ()
    return tuple(match for match in result.matches if _plainly(match, wish))


def known(wish: Wish, directory: Directory) -> frozenset[str]:
    """The marks of everything that fits now."""
    return frozenset(mark(match.opportunity.id) for match in fitting(wish, directory))


def mark(id_: str) -> str:
    """A short name for an entry's id: a thousand of them are a few kilobytes."""
    return hashlib.blake2s(id_.encode(), digest_size=5).hexdigest()


def _plainly(match: Match, wish: Wish) -> bool:
    said = {reason.key for reason in match.why}
    unsure = {reason.key for reason in match.check}
    plays = not wish.instruments or bool(said & {"instrument", "many_instruments"})
    does = not (wish.activities and "activity" not in said) and not (wish.genres and "genre" not in said)
    near = match.is_local or wish.online or not (wish.place or wish.outcode)
    return plays and does and near and unsure.isdisjoint(_SUBJECT)
