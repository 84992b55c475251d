"""How the figures are called: the names of what wishes are counted by, and of their values."""

from collections.abc import Mapping
from datetime import date

from heard.content.vocabulary import ACTIVITIES, GENRES
from heard.directory.sayings import name_of
from heard.needs.report import MONTH
from heard.wording import DEFAULT_LANGUAGE, Wording


class Names:
    """Names in the words of content/wording/, and of content/places.yml for the districts."""

    def __init__(self, wording: Wording, districts: Mapping[str, str]) -> None:
        self._wording = wording
        self._districts = districts

    def of(self, by: str, value: str) -> str:
        """The name of a value: "Drums", "8 to 11", "It costs too much"."""
        own = f"staff.needs.value.{value.replace(' ', '_')}"
        if by == MONTH:
            name = self.period(value)
        elif by == "district" and value in self._districts:
            name = self._districts[value]
        elif self._wording.has(own):
            name = self._wording.say(own)
        elif by == "topic" and value in ACTIVITIES:
            name = name_of("activities", value, self._wording, DEFAULT_LANGUAGE)
        else:
            name = name_of("genre" if value in GENRES else "instrument", value, self._wording, DEFAULT_LANGUAGE)
        return name[:1].upper() + name[1:]

    def period(self, period: str) -> str:
        """ "November 2026", "School year 2026/27"."""
        if "/" in period:
            return self._wording.say("staff.needs.school_year", year=period)
        year, month = period.split("-")
        name = self._wording.say(f"search.month.m{date(int(year), int(month), 1).month}")
        return self._wording.say("staff.needs.month_of", month=name, year=year)
