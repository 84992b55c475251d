"""Redaction of JSON lines, for anyone who wants to measure it on texts of their own."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from heard.redaction.redactor import CONTENT, Redactor


def redact_lines(lines: Iterable[str], content: Path = CONTENT) -> Iterator[str]:
    """For each {"text": ...}: {"text": without details, "spans": [{"start", "end", "type"}]}, offsets in the original.

    Other members of a line ("id") come back as they were. A line that cannot be read gives {"error": ...} in its
    place, and the next one is taken; empty lines are left out.
    """
    redactor = Redactor.load(content)
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield json.dumps(_answer(redactor, number, line), ensure_ascii=False)


def _answer(redactor: Redactor, number: int, line: str) -> dict[str, Any]:
    try:
        plain = json.loads(line)
    except (ValueError, RecursionError):
        return {"error": f"line {number} is not JSON"}
    if not isinstance(plain, dict) or not isinstance(plain.get("text"), str):
        return {"error": f'line {number} needs a "text" that is a string'}
    redaction = redactor.redact(plain["text"])
    spans = [{"start": s.start, "end": s.end, "type": s.type} for s in redaction.spans]
    return {**plain, "text": redaction.text, "spans": spans}
