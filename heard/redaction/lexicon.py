"""The word lists behind redaction: content/safety/, read once."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

from heard.errors import ContentError
from heard.redaction.tokens import Phrases, fold, phrase_of

Certainty = Literal["clear", "word", "thing"]
"""How surely a word is a name: always, not where it is an everyday word, or only where the sentence says so."""

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Names and what only looks like them."""

    given: dict[str, Certainty]
    surnames: frozenset[str]
    plain_surnames: frozenset[str]
    common: frozenset[str]
    school_sorts: frozenset[str]
    places: frozenset[str]
    """Single words of place names: never a name by their capital alone."""
    singles: frozenset[str]
    sites: tuple[str, ...]
    known: Phrases
    streets: Phrases
    schools_certain: Phrases
    schools_likely: Phrases
    rules: Mapping[str, frozenset[str]]
    """rules.yml: lists of words that rules are made of, by name."""

    @classmethod
    def load(cls, content: Path, places: Iterable[str] = (), listed: Iterable[str] = ()) -> "Lexicon":
        """Reads content/safety/. Raises ContentError where a file is missing or of another form.

        Args:
            content: the content folder.
            places: place names besides those of keep.yml and content/places.yml.
            listed: names of directory entries and providers, besides those in the folders of content.
        """
        folder = content / "safety"
        ambiguous = _read(folder / "ambiguous.yml", ("words", "things"))
        keep = _read(folder / "keep.yml", ("known", "single", "places", "streets", "sites"))
        common = _read(folder / "common.yml", ("words", "school_sorts"))
        surnames = _read(folder / "surnames.yml", ("distinct", "plain"))
        schools = _read(folder / "schools.yml", ("certain", "likely"))
        rules = _read(folder / "rules.yml", ("titles", "relations", "platforms", "streets_strong", "school_ends"))
        everyday = frozenset(_words(common["words"]))
        place_names = {*_entries(keep["places"]), *_places_in(content), *places}
        own_names = {*_listed_in(content), *listed}
        singles = frozenset(_words(keep["single"]))
        distinct = frozenset(_words(surnames["distinct"]))
        return cls(
            given=_given(_read(folder / "names.yml", ()), ambiguous, everyday, singles | _one_word(place_names)),
            surnames=distinct - everyday,
            plain_surnames=frozenset(_words(surnames["plain"])) | (distinct & everyday),
            common=everyday,
            school_sorts=frozenset(_words(common["school_sorts"])),
            places=_one_word(place_names),
            singles=singles,
            sites=tuple(f".{site}" for site in keep["sites"]),
            known=Phrases(
                frozenset(
                    p for name in (*_entries(keep["known"]), *place_names, *own_names) if _long(p := phrase_of(name))
                )
            ),
            streets=Phrases(frozenset(phrase_of(name) for name in _entries(keep["streets"]))),
            schools_certain=Phrases(frozenset(phrase_of(name) for name in _entries(schools["certain"]))),
            schools_likely=Phrases(frozenset(phrase_of(name) for name in _entries(schools["likely"]))),
            rules={name: frozenset(fold(word) for word in words) for name, words in rules.items()},
        )

    def certainty(self, word: str) -> Certainty | None:
        """How surely this word (folded) is a given name; None where it is none that we know."""
        found = self.given.get(word)
        if found is None and "-" in word and word not in self.common:
            parts = word.split("-")
            return "clear" if all(part in self.given for part in parts) else None
        return found

    def is_surname(self, word: str) -> bool:
        """Whether this is a family name and hardly anything else. Of a double name either half is enough."""
        return word in self.surnames or ("-" in word and any(part in self.surnames for part in word.split("-")))

    def everyday(self, word: str) -> bool:
        """Whether this word means something that is no personal detail."""
        return word in self.common or word in self.places or word in self.singles or word.isdigit()


def _one_word(names: Iterable[str]) -> frozenset[str]:
    return frozenset(phrase[0] for name in names if len(phrase := phrase_of(name)) == 1)


def _given(
    names: dict[str, Any], ambiguous: dict[str, Any], everyday: frozenset[str], known: frozenset[str]
) -> dict[str, Certainty]:
    words, things = set(_words(ambiguous["words"])), known | set(_words(ambiguous["things"]))
    given: dict[str, Certainty] = {}
    listed = [word for group in names.values() for word in _words(group)]
    for name in (*listed, *words, *_words(ambiguous["things"])):
        if name in things:
            given[name] = "thing"
        else:
            given[name] = "word" if name in words or name in everyday or len(name) < 3 else "clear"
    return given


def _long(phrase: tuple[str, ...]) -> bool:
    return len(phrase) > 1


def _words(text: str) -> list[str]:
    return [fold(word) for word in text.split()]


def _entries(text: str) -> list[str]:
    return [entry.strip() for line in text.splitlines() for entry in line.split(";") if entry.strip()]


def _read(path: Path, needed: tuple[str, ...]) -> dict[str, Any]:
    try:
        plain = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 a safe loader, only faster
    except (OSError, yaml.YAMLError) as error:
        raise ContentError(path, f"redaction needs this list and cannot read it: {error}") from error
    missing = [name for name in needed if not isinstance(plain, dict) or name not in plain]
    if missing:
        raise ContentError(path, f"redaction needs the list(s) {', '.join(missing)}")
    return dict(plain)


def _places_in(content: Path) -> list[str]:
    path = content / "places.yml"
    if not path.exists():
        return []
    plain = _read(path, ())
    counties = [county["name"] for county in plain.get("counties", ())]
    districts = [district["name"] for district in plain.get("districts", ())]
    towns = [p["name"] for district in plain.get("districts", ()) for p in district.get("places", ())]
    return [*counties, *districts, *towns]


def _listed_in(content: Path) -> list[str]:
    """Names of opportunities and providers of every hub: they are public and stay in the text."""
    names: list[str] = []
    for path in sorted(content.glob("*/opportunities.yml")):
        for entry in _read(path, ()).get("opportunities") or ():
            names += re.split(r" / | with | and partners| \(|\)|, ", entry.get("provider", ""))
            names.append(entry.get("name", "").split(" (")[0])
    plain_names = [re.sub(r"^The ", "", name.strip()) for name in names]
    return [name for name in plain_names if name]
