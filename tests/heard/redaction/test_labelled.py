from pathlib import Path

import pytest

from heard.errors import ContentError
from heard.redaction import Span
from heard.redaction.labelled import Labelled, marked, read_labelled


def test_a_marked_line_is_its_text_and_its_spans() -> None:
    assert marked("im {PERSON:josh}, {PHONE:07700 900123}") == Labelled(
        "im josh, 07700 900123", (Span(3, 7, "PERSON"), Span(9, 21, "PHONE"))
    )


def test_json_and_marked_lines_may_be_mixed_and_comments_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_text(
        '{"comment": "none"}\n# nor here\n\n{"text": "im jo", "spans": [{"start": 3, "end": 5, "type": "PERSON"}]}\n'
        "{PERSON:jo}\\nhi\n",
        encoding="utf-8",
    )
    assert read_labelled(path) == [
        Labelled("im jo", (Span(3, 5, "PERSON"),)),
        Labelled("jo\nhi", (Span(0, 2, "PERSON"),)),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "{not json",
        '{"text": "x"}',
        '{"text": "x", "spans": [{"start": 0, "end": 1, "type": "CAT"}]}',
        '{"text": 3, "spans": 4}',
    ],
)
def test_a_line_in_neither_form_is_named_by_its_number(tmp_path: Path, line: str) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_text(f"hello\n{line}\n", encoding="utf-8")
    with pytest.raises(ContentError, match="line 2"):
        read_labelled(path)


def test_a_file_that_is_not_there_is_a_known_fault(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="cannot be read"):
        read_labelled(tmp_path / "nowhere.jsonl")
