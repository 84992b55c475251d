"""The sentence encoder as it is committed: whole, steady, and near what is alike."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.encoder import FOLDER, MODEL, SENTENCE_SIZE, THEME_SIZE, EncoderError, SentenceEncoder, check

MOST_BYTES = 30_000_000


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder.load()


def test_the_folder_is_small_enough_to_be_committed() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir() if path.is_file()) < MOST_BYTES


def test_a_text_becomes_two_vectors_of_length_one(encoder: SentenceEncoder) -> None:
    vectors = encoder.read(["free drum lessons near Hatfield", "", "🥁", "word " * 2000])
    assert vectors.sentence.shape == (4, SENTENCE_SIZE)
    assert vectors.theme.shape == (4, THEME_SIZE)
    for each in (vectors.sentence, vectors.theme):
        assert np.allclose(np.linalg.norm(each, axis=1), 1, atol=1e-3)


def test_nothing_to_read_gives_no_rows(encoder: SentenceEncoder) -> None:
    assert encoder.read([]).sentence.shape == (0, SENTENCE_SIZE)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=5))
def test_a_text_s_vector_does_not_depend_on_its_company(encoder: SentenceEncoder, texts: list[str]) -> None:
    together = encoder.read(texts).sentence
    for row, text in zip(together, texts, strict=True):
        assert np.allclose(encoder.read([text]).sentence[0], row, atol=1e-5)


def test_what_means_the_same_is_nearer_than_what_sounds_alike(encoder: SentenceEncoder) -> None:
    asked, same, other = encoder.read(
        ["we cant pay for her lessons", "money is too tight for the fees", "we cant wait for her lessons to start"]
    ).sentence
    assert asked @ same > asked @ other


@pytest.mark.parametrize("harm", ["altered", "missing"])
def test_an_encoder_that_is_not_the_committed_one_is_refused(tmp_path: Path, harm: str) -> None:
    for path in FOLDER.iterdir():
        if path.is_file():
            shutil.copy(path, tmp_path)
    if harm == "altered":
        with (tmp_path / MODEL).open("ab") as file:
            file.write(b"x")
    else:
        (tmp_path / MODEL).unlink()
    with pytest.raises(EncoderError, match="git"):
        check(tmp_path)
