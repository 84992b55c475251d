"""What an entry says, as names and values; what nobody has said is said to be so."""

from collections.abc import Iterable
from dataclasses import dataclass

from heard.cards import in_words
from heard.content.schema import Bursary, Helpline, KeyDate, Opportunity, Session
from heard.content.vocabulary import ANY
from heard.directory.details import value_of
from heard.directory.sayings import joined, name_of
from heard.entries.entries import AnyEntry
from heard.wording import DEFAULT_LANGUAGE, Wording

_OF_AN_OPPORTUNITY = ("who", "where", "when", "ages", "cost", "level")
_OF_A_BURSARY = (
    ("amount", "amount_note"),
    ("funder", "funder"),
    ("apply", "how_to_apply"),
    ("evidence", "evidence_needed"),
    ("deadline", "deadline_note"),
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is known, under its name."""

    name: str
    text: str


class Facts:
    """Entries in words."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    def of(self, entry: AnyEntry, language: str = DEFAULT_LANGUAGE) -> tuple[Fact, ...]:
        """What an entry says, most asked for first."""
        match entry:
            case Opportunity():
                return tuple(self._opportunity(entry, language))
            case Bursary():
                return tuple(self._bursary(entry, language))
            case Helpline():
                return tuple(self._helpline(entry, language))
        return (self._fact("for_whom", entry.for_whom, language),)

    def lead(self, entry: AnyEntry) -> str:
        """What it is, in its own words."""
        match entry:
            case Opportunity():
                return entry.summary
            case Bursary():
                return entry.what_it_pays
            case Helpline():
                return entry.when_to_use
        return entry.for_whom

    def session(self, session: Session, language: str = DEFAULT_LANGUAGE) -> str:
        """A weekly time: "every Tuesday, 16:30 to 17:45"."""
        day = self._wording.say(f"pages.day.{session.day}", language)
        key = "session" if session.ends else "session_start"
        return self._wording.say(f"pages.when.{key}", language, day=day, start=session.starts, end=session.ends or "")

    def key_date(self, date: KeyDate, language: str = DEFAULT_LANGUAGE) -> str:
        """A day that matters: "Closes: 14 February 2027"."""
        days = [date.day, date.until] if date.until and date.until != date.day else [date.day]
        said = [in_words(d, self._wording, language) for d in days]
        when = (
            said[0] if len(said) == 1 else self._wording.say("pages.when.span", language, first=said[0], last=said[1])
        )
        if date.starts:
            key = "hours" if date.ends else "hour"
            when = self._wording.say(f"pages.when.{key}", language, day=when, start=date.starts, end=date.ends or "")
        text = self._wording.say(f"pages.when.{date.what}", language, day=when)
        return f"{text} {date.note}" if date.note else text

    def _opportunity(self, entry: Opportunity, language: str) -> Iterable[Fact]:
        for field in _OF_AN_OPPORTUNITY:
            yield self._fact(field, value_of(field, entry, self._wording, language), language)
            if field == "when":
                yield from self._dates(entry, language)
        if entry.instruments:
            yield self._fact("instruments", self._named("instrument", entry.instruments, language), language)
        if genres := [g for g in entry.genres if g != ANY]:
            yield self._fact("genres", self._named("genre", genres, language), language)
        if entry.access_needs:
            yield self._fact("welcomes", self._named("needs", entry.access_needs, language), language)
        if entry.only_for:
            yield self._fact("only_for", self._named("needs", entry.only_for, language), language)
        yield self._fact("access", value_of("access", entry, self._wording, language), language)
        yield self._fact("join", value_of("join", entry, self._wording, language), language)

    def _bursary(self, entry: Bursary, language: str) -> Iterable[Fact]:
        for name, field in _OF_A_BURSARY:
            text = getattr(entry, field) or self._wording.say(f"bursaries.card.{name}_unknown", language)
            yield self._fact(name, text, language)
            if name == "funder":
                yield self._fact("applicants", self.applicants(entry, language), language)
        yield from self._dates(entry, language)
        if entry.needs:
            needs = [self._wording.say(f"pages.need.{need}", language) for need in entry.needs]
            yield self._fact("needs", joined(needs, "and", self._wording, language), language)

    def applicants(self, entry: Bursary, language: str = DEFAULT_LANGUAGE) -> str:
        """Who applies, in words."""
        if not entry.applicants:
            return self._wording.say("bursaries.card.applicants_unknown", language)
        who = [self._wording.say(f"bursaries.applicant.{a.replace(' ', '_')}", language) for a in entry.applicants]
        return joined(who, "or", self._wording, language)

    def _helpline(self, entry: Helpline, language: str) -> Iterable[Fact]:
        yield self._fact("for_whom", entry.for_whom, language)
        hours = entry.hours or self._wording.say("search.details.not_given", language)
        yield self._fact("hours", hours, language)

    def _dates(self, entry: Opportunity | Bursary, language: str) -> Iterable[Fact]:
        said = [self.session(s, language) for s in entry.sessions] if isinstance(entry, Opportunity) else []
        said += [self.key_date(d, language) for d in entry.dates]
        if said:
            yield self._fact("dates", "\n".join(said), language)

    def _named(self, group: str, values: Iterable[str], language: str) -> str:
        return ", ".join(name_of(group, value, self._wording, language) for value in values)

    def _fact(self, name: str, text: str, language: str) -> Fact:
        return Fact(self._wording.say(f"pages.fact.{name}", language), text)


def has_dates(entry: AnyEntry) -> bool:
    """Whether there is anything to put into a calendar."""
    if isinstance(entry, Opportunity):
        return bool(entry.sessions or entry.dates)
    return isinstance(entry, Bursary) and bool(entry.dates)
