import json

from heard.redaction.lines import redact_lines


def test_a_line_comes_back_redacted_with_spans_of_the_original() -> None:
    [line] = redact_lines(['{"id": 7, "text": "im josh"}'])
    assert json.loads(line) == {"id": 7, "text": "im [name]", "spans": [{"start": 3, "end": 7, "type": "PERSON"}]}


def test_a_broken_line_gives_its_error_and_the_next_one_is_taken() -> None:
    broken, wrong, listed, good = map(json.loads, redact_lines(["{", '{"text": 3}', "[]", "", '{"text": "hi"}']))
    assert broken == {"error": "line 1 is not JSON"}
    assert "text" in wrong["error"] and "line 2" in wrong["error"]
    assert "line 3" in listed["error"]
    assert good == {"text": "hi", "spans": []}
