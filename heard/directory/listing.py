"""What was shown, so that "more" and "the second one" mean something."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from heard.directory.search import Directory, Result

PAGE: Final = 3
"""Cards at a time: what a phone shows without scrolling far."""
MOST: Final = 4
"""Cards in one answer, what fits and what nearly fits together: more is a wall on a phone."""

ORDINALS: Final = {
    "first": 0, "1st": 0, "top": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "last": -1, "bottom": -1,
    "middle": 1,
}  # fmt: skip
NUMBERED: Final = re.compile(r"\b(?:number|no\.?|option|#)\s*(one|two|three|[1-9])\b|^\W*([1-3])\W*$")
NUMBERS: Final = {"one": 1, "two": 2, "three": 3}
COMMON_WORDS: Final = frozenset(
    {
        "a", "an", "and", "at", "for", "from", "in", "is", "it", "its", "my", "of", "on", "one", "that", "the", "this",
        "to", "what", "when", "where", "which", "who", "about", "how", "much", "can", "i", "we", "me", "tell", "more",
        "do", "does", "cost", "music", "musical", "young", "youth", "group", "groups", "school", "centre", "lesson",
        "lessons", "free", "online", "saturday", "saturdays", "sunday", "sundays", "weekend", "weekly", "evening",
        "term", "holiday", "summer", "beginner", "beginners", "age", "ages", "join", "there", "any", "are", "near",
        "up", "open",
    }
)  # fmt: skip
"""Words that tell no entry from another."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The results of the last search, and how many of them have been shown."""

    ids: tuple[str, ...] = ()
    total: int = 0
    near: tuple[str, ...] = ()
    """What nearly fits, if some conditions are dropped."""
    dropped: tuple[str, ...] = ()
    shown: int = 0
    near_shown: int = 0
    page: tuple[str, ...] = ()
    """What stands on the screen."""
    about: str | None = None
    """The entry that was asked about last."""
    wish: str = ""
    """The digest of the wish that was searched for."""
    before: Mapping[str, Any] | None = None
    """The wish before this one, for "go back"."""

    @classmethod
    def of(cls, result: Result, before: Mapping[str, Any] | None) -> "Listing":
        """A fresh listing, nothing of it shown yet."""
        near = result.nearest
        return cls(
            ids=tuple(result.ids),
            total=result.total,
            near=tuple(m.opportunity.id for m in near.matches) if near else (),
            dropped=near.dropped if near else (),
            wish=result.wish.digest,
            before=before,
        )

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any] | None) -> "Listing":
        """The inverse of `to_dict`; None is an empty listing."""
        values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in (plain or {}).items()}
        return cls(**{k: v for k, v in values.items() if k in cls.__dataclass_fields__})

    def to_dict(self) -> dict[str, Any]:
        """JSON values for the slot `listing`."""
        return {k: list(v) if isinstance(v, tuple) else v for k, v in asdict(self).items()}

    def next_page(self) -> "Listing":
        """With the next cards on the page."""
        page = self.ids[self.shown : self.shown + PAGE]
        return replace(self, shown=self.shown + len(page), page=page)

    def next_near(self, room: int = PAGE) -> "Listing":
        """With the next of those that nearly fit added to the page, at most as many as there is room for."""
        page = self.near[self.near_shown : self.near_shown + room]
        return replace(self, near_shown=self.near_shown + len(page), page=page)

    @property
    def has_more(self) -> bool:
        """Whether something that fits is still to be shown."""
        return self.shown < len(self.ids)

    @property
    def has_more_near(self) -> bool:
        """Whether something that nearly fits is still to be shown."""
        return self.near_shown < len(self.near)


def pointed_at(text: str, places: Sequence[str], listing: Listing, directory: Directory) -> str | None:
    """The id of the entry that a message means; None where it could be several.

    By its whole name, by its number on the page, by its town, by a word that only its name has; else the one that
    was talked about last, or the only one there is.
    """
    words = re.findall(r"[a-z0-9#]+", re.sub(r"['’]", "", text.casefold()))
    named = directory.named(text)
    if named is not None:
        return named.id
    by_number = numbered(text, listing)
    if by_number is not None:
        return by_number
    by_word = _by_word(words, places, listing.page, directory)
    if by_word is not None:
        return by_word
    if listing.about in listing.page:
        return listing.about
    return listing.page[0] if len(listing.page) == 1 else None


def numbered(text: str, listing: Listing) -> str | None:
    """The id of "the second one": by its place on the page, or in everything shown so far where that is shorter."""
    number = NUMBERED.search(text.casefold())
    at = next((ORDINALS[w] for w in re.findall(r"[a-z0-9]+", text.casefold()) if w in ORDINALS), None)
    if number is not None:
        digit = number.group(1) or number.group(2)
        at = NUMBERS.get(digit, int(digit) if digit.isdecimal() else 1) - 1
    if at is None:
        return None
    so_far = (*listing.ids[: listing.shown], *listing.near[: listing.near_shown])
    return next((group[at] for group in (listing.page, so_far) if group and at < len(group)), None)


def _by_word(words: Sequence[str], places: Sequence[str], page: Sequence[str], directory: Directory) -> str | None:
    said = (set(words) | {w for place in places for w in place.casefold().split()}) - COMMON_WORDS
    scores = {}
    for id_ in page:
        entry = directory.get(id_)
        if entry is not None:
            own = " ".join((entry.name, entry.provider, *entry.places)).casefold().replace("'", "").replace("’", "")
            scores[id_] = len(said & set(re.findall(r"[a-z0-9]+", own)))
    best = max(scores.values(), default=0)
    first = [id_ for id_, score in scores.items() if score == best and best > 0]
    return first[0] if len(first) == 1 else None
