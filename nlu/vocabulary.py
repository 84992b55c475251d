"""The words of content/vocabulary.yml and content/places.yml, and the values they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from nlu.mentions import plain

PLURALS = frozenset({"instrument", "activity"})
"""The kinds of things whose words also stand in the plural."""


class VocabularyError(ValueError):
    """A mistake in the content that the vocabulary is read from; says where."""


@dataclass(frozen=True)
class Meaning:
    """What a word stands for."""

    type: str
    value: str


@dataclass(frozen=True)
class Vocabulary:
    """Every word (in plain small letters) with its one meaning, and the outcodes that the hubs know."""

    words: Mapping[str, Meaning] = field(default_factory=dict)
    outcodes: frozenset[str] = frozenset()

    @classmethod
    def read(cls, vocabulary: Path, places: Path) -> Vocabulary:
        """Reads both files. Raises VocabularyError for a word with two meanings or a value that is no text."""
        words: dict[str, Meaning] = {}
        outcodes: set[str] = set()
        place_file = _yaml(places)
        for name, also in _places(place_file, outcodes):
            for word in (name, *also):
                _add(words, word, Meaning("place", name), places)
        for type_, values in _yaml(vocabulary)["entities"].items():
            for value, others in values.items():
                meaning = Meaning(type_, value)
                # The values of `language` are ISO codes ("no", "it", "so"), which nobody means as words.
                for word in others if type_ == "language" else (value, *others):
                    _add(words, word, meaning, vocabulary)
        return cls(words, frozenset(outcodes))

    def as_dict(self) -> dict[str, Any]:
        """The vocabulary in a form that JSON takes."""
        return {
            "words": {word: [m.type, m.value] for word, m in self.words.items()},
            "outcodes": sorted(self.outcodes),
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Vocabulary:
        """The inverse of `as_dict`."""
        return cls({word: Meaning(*m) for word, m in stored["words"].items()}, frozenset(stored["outcodes"]))

    def forms(self) -> Iterator[tuple[str, Meaning]]:
        """Every spelling to look for: the words, hyphened, without apostrophe, and in the plural."""
        spellings: dict[str, Meaning] = {}
        for word, meaning in self.words.items():
            for spelling in _spellings(word, plural=meaning.type in PLURALS):
                if spelling not in self.words:
                    spellings.setdefault(spelling, meaning)
        yield from self.words.items()
        yield from spellings.items()


def _spellings(word: str, *, plural: bool) -> set[str]:
    bases = {word, word.replace("'", ""), word.replace("-", " ")}
    if word.startswith("st "):
        bases |= {f"saint {word[3:]}", f"st. {word[3:]}"}
    if plural and word.isascii() and word[-1:].isalpha() and word[-1] != "s":
        bases |= {f"{base}s" for base in tuple(bases)}
    return bases | {base.replace(" ", "-") for base in bases}


def _add(words: dict[str, Meaning], word: Any, meaning: Meaning, path: Path) -> None:
    if not isinstance(word, str) or not word.strip():
        raise VocabularyError(f"{path}: {meaning.type} {meaning.value!r}: {word!r} is no word; put it in quotes")
    key = plain(re.sub(r"\s*\(.*\)$", "", word.strip()))
    other = words.setdefault(key, meaning)
    if other != meaning:
        raise VocabularyError(
            f"{path}: {word!r} means both {other.type} {other.value!r} and {meaning.type} {meaning.value!r}"
        )


def _places(file: Mapping[str, Any], outcodes: set[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    outcodes.update(entry["outcode"] for entry in file["outcodes"])
    # Villages before districts and counties: "Hatfield" is the town, and some districts bear a town's name.
    villages = (place for district in file["districts"] for place in district["places"])
    for entry in (*villages, *file["districts"], *file["counties"]):
        yield entry["name"], tuple(entry.get("also") or ())


def _yaml(path: Path) -> Mapping[str, Any]:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise VocabularyError(f"{path}: {error.strerror}") from error
    except yaml.YAMLError as error:
        raise VocabularyError(f"{path}: this is not YAML: {error}") from error
    if not isinstance(content, dict):
        raise VocabularyError(f"{path}: expected names with values")
    return content
