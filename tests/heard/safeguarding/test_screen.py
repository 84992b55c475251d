from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from heard.errors import ContentError
from heard.redaction import Redacted
from heard.safeguarding import KINDS, Screen

HERE = Path(__file__).parent
CONTENT = Path(__file__).parents[3] / "content"
SCREEN = Screen.load(CONTENT)
LINES = yaml.safe_load((HERE / "lines.yml").read_text(encoding="utf-8"))
HELD_OUT = yaml.safe_load((HERE / "held_out.yml").read_text(encoding="utf-8"))
TOLD = [(kind, text) for kind, texts in LINES["disclosures"].items() for text in texts]


@pytest.mark.parametrize(("kind", "text"), TOLD, ids=[text for _, text in TOLD])
def test_harm_is_noticed(kind: str, text: str) -> None:
    assert SCREEN.screen(Redacted(text)) is not None, kind


@pytest.mark.parametrize("text", LINES["look_alikes"])
def test_idioms_songs_and_ordinary_questions_pass(text: str) -> None:
    assert SCREEN.screen(Redacted(text)) is None


def test_every_kind_has_lines_of_its_own() -> None:
    assert set(LINES["disclosures"]) == set(KINDS)
    assert min(len(texts) for texts in LINES["disclosures"].values()) >= 6
    assert len(TOLD) + len(LINES["look_alikes"]) >= 300


def test_lines_that_were_never_tuned_on_are_heard_too() -> None:
    told = [line for line in HELD_OUT if line["kind"]]
    others = [line for line in HELD_OUT if not line["kind"]]
    heard = sum(SCREEN.screen(Redacted(line["text"])) is not None for line in told)
    false = sum(SCREEN.screen(Redacted(line["text"])) is not None for line in others)
    assert heard / len(told) >= 0.98
    assert false / len(others) <= 0.03


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("i want to die", "suicide"),
        ("I don't want to be here anymore", "suicide"),
        ("kms", "suicide"),
        ("i cut myself", "self_harm"),
        ("my stepdad hits me", "abuse"),
        ("my piano teacher touches me", "unsafe_adult"),
        ("someone online asked me for nudes", "grooming"),
        ("they make me carry drugs", "exploitation"),
        ("my dad hits my mum", "domestic_abuse"),
        ("my family are forcing me to get married", "forced_marriage"),
        ("im scared they will do fgm on me", "fgm"),
        ("nobody looks after me", "neglect"),
        ("theres nothing to eat at home", "hunger"),
        ("i ran away from home", "running_away"),
        ("i make myself throw up after meals", "eating"),
        ("im being bullied", "bullying"),
        ("my friend wants to kill herself", "friend"),
        ("my daughter is cutting herself", "adult_worried"),
    ],
)
def test_the_kind_decides_who_can_help(text: str, kind: str) -> None:
    disclosure = SCREEN.screen(Redacted(text))
    assert disclosure is not None
    assert disclosure.kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "ive taken a load of tablets",
        "im going to kill myself tonight",
        "im on the bridge and i want to jump",
        "he has a knife and hes hurting my mum right now",
        "help me he is coming",
        "i have nowhere to sleep tonight",
    ],
)
def test_danger_now_is_urgent(text: str) -> None:
    disclosure = SCREEN.screen(Redacted(text))
    assert disclosure is not None
    assert disclosure.urgent


@pytest.mark.parametrize(
    "text",
    [
        "I DON’T FEEL SAFE AT HOME",
        "i dont feeeeel safe at home",
        "so anyway which drums?\ni dont feel safe at home\nok bye",
        "i want to learn drums and also i dont feel safe at home lol",
        "k.m.s",
        "i w\u200bant drums. im being abused",
    ],
)
def test_spelling_and_place_in_the_text_do_not_hide_it(text: str) -> None:
    assert SCREEN.screen(Redacted(text)) is not None


def test_a_title_in_quotes_is_a_song_but_a_quoted_threat_is_not() -> None:
    assert SCREEN.screen(Redacted('i want to sing "I Want To Die" in the concert')) is None
    assert SCREEN.screen(Redacted('he said "i will kill you and hurt me again"')) is not None


@given(st.text(max_size=400))
@settings(max_examples=300, deadline=None)
def test_no_text_whatever_raises_and_scores_stay_in_range(text: str) -> None:
    disclosure = SCREEN.screen(Redacted(text))
    assert disclosure is None or (0.5 <= disclosure.score <= 1 and disclosure.kind in KINDS)


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_harm_in_its_own_sentence_is_noticed_whatever_stands_around_it(before: str, after: str) -> None:
    assert SCREEN.screen(Redacted(f"{before}\nmy stepdad hits me\n{after}")) is not None


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "unit", ["a ", "my mum ", "hits me ", "want to die ", "friend ", "'", '"', "e", "💀 ", "is is is "]
)
def test_ten_thousand_characters_of_anything_end(unit: str) -> None:
    SCREEN.screen(Redacted((unit * 10_000)[:10_000]))


def test_a_missing_part_is_named(tmp_path: Path) -> None:
    (tmp_path / "safety").mkdir()
    (tmp_path / "safety" / "disclosure.yml").write_text("same: {}\n", encoding="utf-8")
    with pytest.raises(ContentError, match="groups"):
        Screen.load(tmp_path)
