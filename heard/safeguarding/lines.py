"""Screening of JSON lines, for anyone who wants to measure it on texts of their own."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from heard.redaction import Redacted
from heard.redaction.redactor import CONTENT, Redactor
from heard.safeguarding.screen import Screen


def screen_lines(lines: Iterable[str], content: Path = CONTENT) -> Iterator[str]:
    """For each {"text": ...}: {"disclosure": true or false, "kind", "score"}; kind is null without a disclosure.

    A text is redacted first, as in a conversation, and does not come back. Other members of a line ("id") do. A
    line that cannot be read gives {"error": ...} in its place, and the next one is taken; empty lines are left out.
    """
    screen, redactor = Screen.load(content), Redactor.load(content)
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield json.dumps(_answer(screen, redactor, number, line), ensure_ascii=False)


def _answer(screen: Screen, redactor: Redactor, number: int, line: str) -> dict[str, Any]:
    try:
        plain = json.loads(line)
    except (ValueError, RecursionError):
        return {"error": f"line {number} is not JSON"}
    if not isinstance(plain, dict) or not isinstance(plain.get("text"), str):
        return {"error": f'line {number} needs a "text" that is a string'}
    text: Redacted = redactor.redact(plain.pop("text")).text
    found = screen.screen(text)
    if found is None:
        return {**plain, "disclosure": False, "kind": None, "score": 0.0}
    return {**plain, "disclosure": True, "kind": found.kind, "score": found.score}
