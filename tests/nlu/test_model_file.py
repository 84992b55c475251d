"""A model that is not the one that was trained is not loaded."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from nlu.model_file import ModelFileError, check_model


def a_model(folder: Path, content: bytes = b"a model") -> Path:
    model = folder / "heard-0123.tar.gz"
    model.write_bytes(content)
    beside = folder / "heard-0123.tar.gz.sha256"
    beside.write_text(f"{hashlib.sha256(content).hexdigest()}  {model.name}\n")
    return model


def test_the_model_that_was_trained_is_taken(tmp_path: Path) -> None:
    check_model(a_model(tmp_path))


@pytest.mark.parametrize("content", [b"", b"a modem", b"a model ", b"a model" * 1000])
def test_any_other_file_in_its_place_is_refused(tmp_path: Path, content: bytes) -> None:
    model = a_model(tmp_path)
    model.write_bytes(content)
    with pytest.raises(ModelFileError, match=r"not the file that was trained.*heard train"):
        check_model(model)


@pytest.mark.parametrize("beside", [b"", b"\n", b"0" * 64, b"\xff\xfe"])
def test_a_hash_that_is_none_is_refused(tmp_path: Path, beside: bytes) -> None:
    model = a_model(tmp_path)
    (tmp_path / f"{model.name}.sha256").write_bytes(beside)
    with pytest.raises(ModelFileError, match="heard train"):
        check_model(model)


def test_a_model_without_a_hash_and_a_hash_without_a_model_are_refused(tmp_path: Path) -> None:
    model = a_model(tmp_path)
    model.unlink()
    with pytest.raises(ModelFileError):
        check_model(model)
    model = a_model(tmp_path)
    (tmp_path / f"{model.name}.sha256").unlink()
    with pytest.raises(ModelFileError):
        check_model(model)


def test_the_server_does_not_start_with_it_and_says_what_to_do(tmp_path: Path) -> None:
    model = a_model(tmp_path)
    model.write_bytes(b"something else")
    command = [sys.executable, "-m", "nlu.serve", str(model), "--token-file", "none", "--actions-token-file", "none"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 2
    assert done.stderr.strip().endswith("(its SHA-256 differs); run `heard train`")
    assert len(done.stderr.strip().splitlines()) == 1
