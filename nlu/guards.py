"""Words with several meanings: in which sentences they count. The table is nlu/guards.yml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

from nlu.vocabulary import Meaning


@dataclass(frozen=True)
class Guard:
    """When a word counts, by what stands right before and right after it."""

    unless_before: re.Pattern[str] | None = None
    unless_after: re.Pattern[str] | None = None
    only_before: re.Pattern[str] | None = None
    only_after: re.Pattern[str] | None = None
    capitals: bool = False

    def allows(self, before: str, after: str, written: str) -> bool:
        """Whether the word, `written` like this, counts between `before` and `after` (both in small letters)."""
        if self.unless_before and self.unless_before.search(before):
            return False
        if self.unless_after and self.unless_after.match(after):
            return False
        if not (self.capitals or self.only_before or self.only_after):
            return True
        if self.capitals and written.isupper():
            return True
        if not (before + after).strip(" ?!.,"):
            return True
        return bool(
            (self.only_before and self.only_before.search(before)) or (self.only_after and self.only_after.match(after))
        )


def guard_for(word: str, meaning: Meaning) -> Guard | None:
    """The guard of a word (in small letters) in this meaning, or None."""
    return _guards().get((meaning.type, word))


@lru_cache(maxsize=1)
def _guards() -> dict[tuple[str, str], Guard]:
    table = yaml.safe_load((resources.files("nlu") / "guards.yml").read_text(encoding="utf-8"))
    parts = {f"{{{name}}}": re.sub(r"\|\s+", "|", pattern) for name, pattern in table.pop("parts").items()}
    return {
        (type_, word): _guard(entry, parts)
        for type_, entries in table.items()
        for entry in entries
        for word in entry["words"]
    }


def _guard(entry: Mapping[str, Any], parts: Mapping[str, str]) -> Guard:
    patterns = {}
    for name in ("unless_before", "unless_after", "only_before", "only_after"):
        if name in entry:
            anyone = "|".join(entry[name])
            for part, pattern in parts.items():
                anyone = anyone.replace(part, pattern)
            patterns[name] = re.compile(
                rf"(?:^|\W)(?:{anyone})\s*$" if name.endswith("before") else rf"\s*(?:{anyone})(?!\w)"
            )
    return Guard(capitals=bool(entry.get("capitals")), **patterns)
