"""Does this text tell of harm? Phrases with weights, without Rasa or a model, in about a millisecond."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from heard.errors import ContentError
from heard.redaction import Redacted
from heard.safeguarding.kinds import KINDS, Disclosure, Kind
from heard.safeguarding.phrases import Grammar, Phrase, Phrasebook
from heard.safeguarding.plain import Plainer

THRESHOLD = 0.5
_WEIGHTS = {"now": 0.97, "sure": 0.95, "likely": 0.7, "hint": 0.35}
_AS_LIKELY = 0.1
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Screen:
    """Looks for disclosures with the phrases of one file. Build one, use it for every message."""

    def __init__(self, rules: Mapping[str, Any], file: str) -> None:
        grammar = Grammar(rules["groups"], file)
        same = {spelling: word for word, spellings in rules["same"].items() for spelling in spellings}
        weighed = [
            (kind, strength, grammar.phrase(str(written)))
            for kind in KINDS
            for strength, rows in rules["kinds"][kind].items()
            for written in rows
        ]
        self._meanings: list[tuple[Kind, str]] = [(kind, strength) for kind, strength, _ in weighed]
        self._phrases = Phrasebook(phrase for _, _, phrase in weighed)
        self._plainer = Plainer(same, frozenset(rules["songs"]), self._phrases.words)
        self._harmless = _book(grammar, rules["harmless"])
        self._urgent = _book(grammar, rules["urgent"])
        self._about: dict[Kind, Phrasebook] = {
            kind: _book(grammar, rules["subjects"][kind]) for kind in ("friend", "adult_worried")
        }

    @classmethod
    def load(cls, content: Path) -> "Screen":
        """Reads content/safety/disclosure.yml. Raises ContentError where it is missing or of another form."""
        path = content / "safety" / "disclosure.yml"
        try:
            rules = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 a safe loader, only faster
        except (OSError, yaml.YAMLError) as error:
            raise ContentError(path, f"safeguarding needs this file and cannot read it: {error}") from error
        needed = ("same", "groups", "kinds", "subjects", "urgent", "harmless", "songs")
        missing = [part for part in needed if not isinstance(rules, dict) or part not in rules]
        missing += [] if missing else [f"kinds.{kind}" for kind in KINDS if kind not in rules["kinds"]]
        if missing:
            raise ContentError(path, f"safeguarding needs the part(s) {', '.join(missing)}")
        return cls(rules, str(path))

    def screen(self, text: Redacted) -> Disclosure | None:
        """The gravest harm that the text tells of, or None. Nothing of the text is kept."""
        doubt: dict[Kind, float] = {}
        urgent = pressing = False
        about: set[Kind] = set()
        for words in self._plainer.rows(text):
            row, present = self._without_harmless(words)
            found = self._phrases.find(row, present)
            if not found:
                continue
            strongest: dict[Kind, list[float]] = {}
            for number, match in found:
                kind, strength = self._meanings[number]
                strongest.setdefault(kind, []).append(_WEIGHTS[strength])
                pressing = pressing or strength == "now"
                if strength != "hint":
                    about |= self._subjects(row, present, match.start(), match.group())
            for kind, weights in strongest.items():
                for weight in weights:
                    doubt[kind] = doubt.get(kind, 1.0) * (1 - weight)
            urgent = urgent or bool(self._urgent.find(row, present))
        if not doubt:
            return None
        scores = {kind: 1 - left for kind, left in doubt.items()}
        told = max(scores.values())
        if told < THRESHOLD:
            return None
        return Disclosure(_gravest(scores, about), round(told, 3), pressing or urgent)

    def _without_harmless(self, words: Sequence[str]) -> tuple[str, frozenset[str]]:
        row = f" {' '.join(words)} "
        present = frozenset(words)
        harmless = self._harmless.find(row, present)
        if not harmless:
            return row, present
        for start, end in sorted(((m.start(), m.end()) for _, m in harmless), reverse=True):
            row = row[:start] + "_ " * row[start:end].count(" ") + row[end:]
        row = " ".join(row.split()).join("  ")
        return row, frozenset(row.split())

    def _subjects(self, row: str, present: frozenset[str], start: int, matched: str) -> set[Kind]:
        """Whether it is about somebody else: named before the harm, and nothing in it happens to the writer."""
        if f" {matched}".find(" me ") >= 0 or matched.startswith("i "):
            return set()
        end = start + len(matched)
        return {kind for kind, book in self._about.items() if any(m.start() < end for _, m in book.find(row, present))}


def _gravest(scores: Mapping[Kind, float], about: set[Kind]) -> Kind:
    if "adult_worried" in about:
        return "adult_worried"
    if "friend" in about:
        return "friend"
    near = max(scores.values()) - _AS_LIKELY
    return next(kind for kind in KINDS if scores.get(kind, 0) >= near)


def _book(grammar: Grammar, rows: Sequence[Any]) -> Phrasebook:
    phrases: list[Phrase] = [grammar.phrase(str(written)) for written in rows]
    return Phrasebook(phrases)
