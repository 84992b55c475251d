"""How well a trained model understands labelled messages, as plain text and a picture of the confusions.

nlu/.venv/bin/python -m tests.nlu.report models/NAME.tar.gz [--set FILE] [--beside STOCK] [--picture FILE] [--mistakes]
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog
import yaml

from tests.nlu.confusion import draw

ROOT = Path(__file__).parents[2]
VALIDATION = Path(__file__).with_name("validation.yml")
OUT_OF_SCOPE = "out_of_scope"
FALLBACK = "nlu_fallback"
BINS = 10
"""Of the calibration error: confidences in tenths."""

_NO_LETTERS = re.compile(r"[\W_]+")

Value = tuple[str, str]
"""An entity's type and canonical value."""


@dataclass(frozen=True)
class Reading:
    """What the model made of one message."""

    text: str
    intent: str
    hard: bool
    by: str
    expected: frozenset[Value]
    answer: str
    """The intent that the model gave, `nlu_fallback` included."""
    ranking: tuple[tuple[str, float], ...]
    """Every intent that it weighed, likeliest first, without `nlu_fallback`."""
    found: frozenset[Value]
    took: float = 0.0
    """Milliseconds."""

    @property
    def likeliest(self) -> str:
        return self.ranking[0][0] if self.ranking else FALLBACK

    @property
    def confidence(self) -> float:
        return self.ranking[0][1] if self.ranking else 0.0

    @property
    def out_of_scope_score(self) -> float:
        """1 minus the confidence of the likeliest thing that the hub does deal with."""
        return 1.0 - max((confidence for name, confidence in self.ranking if name != OUT_OF_SCOPE), default=0.0)


@dataclass(frozen=True)
class Scores:
    """Counts of hits, false alarms and misses, and what follows from them."""

    hits: int
    false: int
    missed: int

    @property
    def precision(self) -> float:
        return share(self.hits, self.hits + self.false)

    @property
    def recall(self) -> float:
        return share(self.hits, self.hits + self.missed)

    @property
    def f1(self) -> float:
        return share(2 * self.hits, 2 * self.hits + self.false + self.missed)


def share(part: float, whole: float) -> float:
    """`part` of `whole`; nothing of nothing is 0."""
    return part / whole if whole else 0.0


def intent_scores(readings: Sequence[Reading], intent: str) -> Scores:
    """One intent against the rest, on the answers as given."""
    hits = sum(r.intent == intent == r.answer for r in readings)
    return Scores(
        hits,
        false=sum(r.answer == intent for r in readings) - hits,
        missed=sum(r.intent == intent for r in readings) - hits,
    )


def entity_scores(readings: Iterable[Reading], type_: str | None = None) -> Scores:
    """Type and value both right; a value that a message names twice counts once."""
    hits = false = missed = 0
    for reading in readings:
        expected = {each for each in reading.expected if type_ in (None, each[0])}
        found = {each for each in reading.found if type_ in (None, each[0])}
        hits, false, missed = (
            hits + len(expected & found),
            false + len(found - expected),
            missed + len(expected - found),
        )
    return Scores(hits, false, missed)


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """The chance that a positive scores above a negative, ties counting half (Mann and Whitney 1947)."""
    above = sum((p > n) + (p == n) / 2 for p in positive for n in negative)
    return share(above, len(positive) * len(negative))


def calibration_error(judged: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error in ten equal bins (Guo et al. 2017): the mean gap of confidence and truth."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in judged:
        bins.setdefault(min(int(confidence * BINS), BINS - 1), []).append((confidence, right))
    gaps = (abs(sum(c for c, _ in each) - sum(right for _, right in each)) for _, each in sorted(bins.items()))
    return share(sum(gaps), len(judged))


def report(readings: Sequence[Reading], contextual: Sequence[tuple[Mapping[str, Any], str]]) -> Iterator[str]:
    """The lines of the report. `contextual` pairs each item of `context` with the intent that the model gave."""
    groups: list[tuple[str, Sequence[Reading]]] = [("all", readings)]
    groups += [("plain", [r for r in readings if not r.hard]), ("hard", [r for r in readings if r.hard])]
    groups += [(who, [r for r in readings if r.by == who]) for who in ("young", "adult")]
    measures: dict[str, Callable[[Reading], bool]] = {
        "right": lambda r: r.answer == r.intent,
        "right, were it not to ask back": lambda r: r.likeliest == r.intent,
        "right within the first three": lambda r: r.intent in [name for name, _ in r.ranking[:3]],
        "asked back (nlu_fallback)": lambda r: r.answer == FALLBACK,
    }
    yield f"{'INTENT':<34}" + "".join(f"{name:>9}" for name, _ in groups)
    yield f"{'messages':<34}" + "".join(f"{len(group):>9}" for _, group in groups)
    for measure, holds in measures.items():
        yield f"{measure:<34}" + "".join(f"{share(sum(map(holds, g)), len(g)):>9.1%}" for _, g in groups)

    if any(r.took for r in readings):
        took = sorted(r.took for r in readings)
        middle, most = took[len(took) // 2], took[int(len(took) * 0.95)]
        yield f"{'time for a message, p50 and p95':<34}{middle:>6.1f} ms{most:>6.1f} ms"

    scope = [r for r in readings if r.intent == OUT_OF_SCOPE], [r for r in readings if r.intent != OUT_OF_SCOPE]
    outside, inside = ([r.out_of_scope_score for r in group] for group in scope)
    yield ""
    yield f"{'out-of-scope AUROC':<34}{auroc(outside, inside):>9.3f}   (score: 1 - highest confidence in scope)"
    error = calibration_error([(r.confidence, r.likeliest == r.intent) for r in readings])
    yield f"{'expected calibration error':<34}{error:>9.3f}   (ten bins, likeliest reading)"

    yield from ("", f"{'PER INTENT':<34}{'messages':>9}{'precision':>11}{'recall':>9}{'F1':>9}")
    scored = {intent: intent_scores(readings, intent) for intent in sorted({r.intent for r in readings})}
    for intent, scores in sorted(scored.items(), key=lambda item: (item[1].f1, item[0])):
        yield f"{intent:<34}{scores.hits + scores.missed:>9}" + _columns(scores)
    yield f"{'mean (macro F1)':<34}{'':>29}{share(sum(s.f1 for s in scored.values()), len(scored)):>9.1%}"

    yield from ("", "MOST CONFUSED (meant -> read as, times)")
    confused = Counter((r.intent, r.answer) for r in readings if r.answer not in (r.intent, FALLBACK))
    for (meant, read_as), times in sorted(confused.items(), key=lambda item: (-item[1], item[0]))[:20]:
        yield f"{meant + ' -> ' + read_as:<54}{times:>4}"

    yield from ("", f"{'ENTITIES (type and value)':<34}{'values':>9}{'precision':>11}{'recall':>9}{'F1':>9}")
    for type_ in (None, *sorted({type_ for r in readings for type_, _ in r.expected | r.found})):
        scores = entity_scores(readings, type_)
        yield f"{type_ or 'all':<34}{scores.hits + scores.missed:>9}" + _columns(scores)

    right = sum(item["intent"] == answer for item, answer in contextual)
    yield from ("", f"IN CONTEXT  {right} of {len(contextual)} right")


def mistakes(readings: Iterable[Reading], contextual: Iterable[tuple[Mapping[str, Any], str]]) -> Iterator[str]:
    """Each message that was misread, for finding wrong labels: not for writing training data to fit."""
    yield from ("", "MISREAD")
    for r in readings:
        if r.answer != r.intent:
            yield f"[{r.intent} -> {r.answer}, likeliest {r.likeliest} {r.confidence:.2f}] {r.text}"
        for sign, values in (("missed", r.expected - r.found), ("false", r.found - r.expected)):
            if values:
                yield f"[{sign}: {', '.join(f'{type_} {value}' for type_, value in sorted(values))}] {r.text}"
    for item, answer in contextual:
        if answer != item["intent"]:
            yield f"[in context, {item['context']['topic']}: {item['intent']} -> {answer}] {item['text']}"


async def read_all(model: Path, validation: Mapping[str, Any]) -> tuple[list[Reading], list[tuple[Any, str]]]:
    """Lets the model read every message; the items of `context` come with the metadata that the doors send."""
    _quieten()
    from rasa.core.agent import load_agent
    from rasa.core.channels.channel import UserMessage

    agent = await load_agent(model_path=str(model))
    if agent.processor is None:
        raise SystemExit(f"{model}: this is no trained model; train one with: .venv/bin/heard train")
    readings = []
    for item in validation["messages"]:
        started = time.perf_counter()
        parsed = await agent.parse_message(item["text"])
        readings.append(_reading(item, parsed, (time.perf_counter() - started) * 1000))
    contextual = []
    for item in validation["context"]:
        metadata = {"context": item["context"], "consultation": item["consultation"]}
        parsed = await agent.processor.parse_message(UserMessage(item["text"], metadata=metadata))
        contextual.append((item, str(parsed["intent"]["name"])))
    return readings, contextual


def _quieten() -> None:
    """Leaves nothing but the report on the screen; to be called before Rasa, which brings TensorFlow, comes in."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    logging.captureWarnings(True)  # its libraries' deprecations
    # Rasa logs each message that it parses; nobody has set a level when it is used as a library.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))


def _reading(item: Mapping[str, Any], parsed: Mapping[str, Any], took: float) -> Reading:
    ranked = [
        each for each in parsed.get("intent_ranking") or [parsed["intent"]] if each["name"] not in (None, FALLBACK)
    ]
    return Reading(
        text=item["text"],
        intent=item["intent"],
        hard=item["hard"],
        by=item["by"],
        expected=frozenset((each["entity"], str(each["value"])) for each in item["entities"]),
        answer=str(parsed["intent"]["name"]),
        ranking=tuple(
            (each["name"], float(each["confidence"])) for each in ranked if each["name"] not in (None, FALLBACK)
        ),
        found=frozenset((each["entity"], str(each["value"])) for each in parsed["entities"]),
        took=took,
    )


def _columns(scores: Scores) -> str:
    return f"{scores.precision:>11.1%}{scores.recall:>9.1%}{scores.f1:>9.1%}"


def main() -> None:
    """Prints the report."""
    parser = argparse.ArgumentParser(description="How well a trained model understands a set of labelled messages.")
    parser.add_argument("model", type=Path, help="a trained model (models/NAME.tar.gz), or the folder with the newest")
    parser.add_argument("--set", type=Path, default=VALIDATION, help="the messages; like tests/nlu/validation.yml")
    parser.add_argument("--beside", type=Path, help="another model, as a yardstick: its report comes first")
    parser.add_argument("--picture", type=Path, help="where to draw the confusions (SVG)")
    parser.add_argument("--mistakes", action="store_true", help="also print each message that was misread")
    chosen = parser.parse_args()
    _quieten()
    messages, known = unlearnt(yaml.safe_load(chosen.set.read_text(encoding="utf-8")))
    print(f"{chosen.set.name}: {len(messages['messages'])} messages; {known} more stand in data/ and are left out")
    for name, model in (("YARDSTICK", chosen.beside), ("HEARD", chosen.model)):
        if model is None:
            continue
        if not model.exists():
            raise SystemExit(f"{model}: no such model; train one with: .venv/bin/heard train")
        readings, contextual = asyncio.run(read_all(model, messages))
        print(f"\n{name} ({model.name})\n")
        for line in report(readings, contextual):
            print(line)
    if chosen.mistakes:
        for line in mistakes(readings, contextual):
            print(line)
    if chosen.picture:
        draw(readings, chosen.picture)
        print(f"\nthe confusions are drawn in {chosen.picture}")


def unlearnt(validation: Mapping[str, Any]) -> tuple[Mapping[str, Any], int]:
    """The set without what stands word for word in data/ ("yes", "start again"), and how many that was.

    Two people who write apart write some short phrases alike. A mark earned on them says nothing.
    """
    learned = {plain(text) for text in _examples()}
    messages = [item for item in validation["messages"] if plain(item["text"]) not in learned]
    return {**validation, "messages": messages}, len(validation["messages"]) - len(messages)


def plain(text: str) -> str:
    """Small letters and single spaces, without punctuation; a message of signs alone (a wave) stays as it is."""
    return _NO_LETTERS.sub(" ", text.replace("'", "").replace("’", "")).strip().casefold() or text


def _examples() -> Iterator[str]:
    for path in sorted((ROOT / "data").rglob("*.yml")):
        for block in (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get("nlu") or ():
            yield from (line.strip().removeprefix("- ") for line in str(block.get("examples", "")).splitlines())


if __name__ == "__main__":
    main()
