"""Directory entries as people see them."""

from datetime import date

from heard.content.schema import Opportunity
from heard.directory.match import Match, Reason
from heard.directory.sayings import name_of
from heard.messages import Card, Choice
from heard.wording import DEFAULT_LANGUAGE, Wording

NAMED = {
    "instrument": "instrument",
    "genre": "genre",
    "activity": "activities",
    "time": "times",
    "need": "needs",
}
"""Values in reasons that have a wording of their own, and where it stands."""


def notice(checked: date | None, wording: Wording, language: str = DEFAULT_LANGUAGE) -> str:
    """When somebody last checked an entry ("checked 2 November 2026"), or that nobody has."""
    if checked is None:
        return wording.say("search.notice.not_checked", language)
    return wording.say("search.notice.checked", language, day=in_words(checked, wording, language))


def in_words(day: date, wording: Wording, language: str = DEFAULT_LANGUAGE) -> str:
    """A day with its month's name ("2 November 2026")."""
    month = wording.say(f"search.month.m{day.month}", language)
    return wording.say("search.notice.day", language, day=day.day, month=month, year=day.year)


def page_of(id_: str) -> str:
    """The address of an entry's own page, from the root of the site."""
    return f"/entry/{id_}"


def opportunity_card(
    shown: Match | Opportunity, wording: Wording, language: str = DEFAULT_LANGUAGE, *, with_details: bool = True
) -> Card:
    """An opportunity, with the reasons if it is a match: why it fits first, then what has to be asked.

    `with_details` gives the card a button that asks for more about it.
    """
    entry = shown.opportunity if isinstance(shown, Match) else shown
    details = Choice(wording.say("search.choice.details", language), f'/ask_details{{"id":"{entry.id}"}}')
    return Card(
        id=entry.id,
        kind="opportunity",
        title=entry.name,
        summary=entry.summary,
        why=reasons(shown, wording, language) if isinstance(shown, Match) else (),
        url=entry.url,
        page=page_of(entry.id),
        checked=entry.checked,
        notice=notice(entry.checked, wording, language),
        choices=(details,) if with_details else (),
    )


def reasons(match: Match, wording: Wording, language: str = DEFAULT_LANGUAGE) -> tuple[str, ...]:
    """Why a match fits and what has to be asked, each in a few words and once."""
    return tuple(dict.fromkeys((*fits(match, wording, language), *to_check(match, wording, language))))


def fits(match: Match, wording: Wording, language: str = DEFAULT_LANGUAGE) -> tuple[str, ...]:
    """Why a match fits, each reason in a few words and once."""
    return tuple(dict.fromkeys(_said("why", reason, wording, language) for reason in match.why))


def to_check(match: Match, wording: Wording, language: str = DEFAULT_LANGUAGE) -> tuple[str, ...]:
    """What nobody has said about a match and has to be asked, each in a few words and once."""
    return tuple(dict.fromkeys(_said("check", reason, wording, language) for reason in match.check))


def _said(part: str, reason: Reason, wording: Wording, language: str) -> str:
    values = {
        name: name_of(NAMED[name], str(value), wording, language) if name in NAMED else value
        for name, value in reason.values
    }
    return wording.say(f"search.{part}.{reason.key}", language, **values)
