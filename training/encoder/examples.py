"""What the encoder learns from: wishes (data/), themes of open answers and disclosures (training/)."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from nlu.held_out import is_held_out

CONTEXTUAL = frozenset({"inform", "answer_consultation"})
"""Intents that the context alone gives; no words teach them."""

HARMLESS = "none"

QUESTIONS_HELD_OUT = 3
"""Of the themes' questions, the last ones are left out: what is judged on them are themes that nobody has learnt."""


@dataclass(frozen=True)
class Example:
    """A text and what it is one of."""

    text: str
    label: str


@dataclass(frozen=True)
class Question:
    """An open question's answers, labelled with their themes."""

    question: str
    answers: tuple[Example, ...]


@dataclass(frozen=True)
class Examples:
    """Everything, with what is held out for early stopping and calibration beside it."""

    intents: tuple[Example, ...]
    intents_held_out: tuple[Example, ...]
    disclosures: tuple[Example, ...]
    disclosures_held_out: tuple[Example, ...]
    themes: tuple[Question, ...]
    themes_held_out: tuple[Question, ...]
    digest: str
    """SHA-256 over the files that were read: the version of the data."""


def read_examples(root: Path) -> Examples:
    """Reads data/ and training/ under the project's root."""
    files = sorted(root.glob("data/*/*.yml"))
    themes, disclosures = root / "training" / "themes.yml", root / "training" / "disclosures.yml"
    digest = hashlib.sha256()
    for path in (*files, themes, disclosures):
        digest.update(f"{path.relative_to(root)}\0".encode())
        digest.update(path.read_bytes())
    intents = [example for path in files for example in _intents(path)]
    harms = list(_disclosures(disclosures))
    questions = list(_themes(themes))
    return Examples(
        intents=tuple(e for e in intents if not is_held_out(e.text)),
        intents_held_out=tuple(e for e in intents if is_held_out(e.text)),
        disclosures=tuple(e for e in harms if not is_held_out(e.text)),
        disclosures_held_out=tuple(e for e in harms if is_held_out(e.text)),
        themes=tuple(questions[:-QUESTIONS_HELD_OUT]),
        themes_held_out=tuple(questions[-QUESTIONS_HELD_OUT:]),
        digest=digest.hexdigest(),
    )


def _intents(path: Path) -> Iterator[Example]:
    for item in yaml.safe_load(path.read_text(encoding="utf-8")).get("nlu") or ():
        if "intent" not in item or item["intent"] in CONTEXTUAL:
            continue
        for line in item["examples"].splitlines():
            if line.strip():
                yield Example(line.strip().removeprefix("-").strip(), item["intent"])


def _disclosures(path: Path) -> Iterator[Example]:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    for kind, lines in content["kinds"].items():
        yield from (Example(line, kind) for line in lines)
    for lines in content["none"].values():
        yield from (Example(line, HARMLESS) for line in lines)


def _themes(path: Path) -> Iterator[Question]:
    for item in yaml.safe_load(path.read_text(encoding="utf-8"))["questions"]:
        answers = [Example(text, theme["theme"]) for theme in item["themes"] for text in theme["answers"]]
        yield Question(item["question"], tuple(answers))
