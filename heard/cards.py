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
    month = wording.say(f"search.month.m{checked.month}", language)
    return wording.say("search.notice.checked", language, day=checked.day, month=month, year=checked.year)


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
        checked=entry.checked,
        notice=notice(entry.checked, wording, language),
        choices=(details,) if with_details else (),
    )


def reasons(match: Match, wording: Wording, language: str = DEFAULT_LANGUAGE) -> tuple[str, ...]:
    """Why a match fits and what has to be asked, each in a few words and once."""
    why = [_said("why", reason, wording, language) for reason in match.why]
    check = [_said("check", reason, wording, language) for reason in match.check]
    return tuple(dict.fromkeys((*why, *check)))


def _said(part: str, reason: Reason, wording: Wording, language: str) -> str:
    values = {
        name: name_of(NAMED[name], str(value), wording, language) if name in NAMED else value
        for name, value in reason.values
    }
    return wording.say(f"search.{part}.{reason.key}", language, **values)
