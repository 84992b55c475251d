import json

from heard.safeguarding.lines import screen_lines


def test_each_line_says_whether_it_tells_of_harm_and_keeps_no_text() -> None:
    told, other = map(json.loads, screen_lines(['{"id": 1, "text": "my dad hits me"}', '{"text": "drum lessons"}']))
    assert told["disclosure"] is True
    assert told["kind"] == "abuse"
    assert 0.5 <= told["score"] <= 1
    assert told["id"] == 1
    assert "text" not in told
    assert other == {"disclosure": False, "kind": None, "score": 0.0}


def test_a_broken_line_gives_its_error_and_the_next_one_is_taken() -> None:
    broken, wrong, good = map(json.loads, screen_lines(["nonsense", '{"txt": 1}', '{"text": "hello"}']))
    assert "line 1" in broken["error"]
    assert "line 2" in wrong["error"]
    assert good["disclosure"] is False
