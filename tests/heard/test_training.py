"""A model counts as trained when it is the very file that training left."""

import hashlib
import os
from pathlib import Path

import pytest

from heard.training import TrainingError, is_trained, model_path, rasa_python, train

RASA = """#!/bin/sh
while [ "$1" != --out ]; do shift; done
mkdir -p "$2" && printf 'trained %s' "$RANDOM_PART" > "$2/heard.tar.gz"
"""
"""Stands in for Rasa: writes a model where it is told to."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with some data and something in Rasa's place."""
    (tmp_path / "domain.yml").write_text("intents: []")
    python = rasa_python(tmp_path)
    python.parent.mkdir(parents=True)
    python.write_text(RASA)
    python.chmod(0o755)
    return tmp_path


def test_training_leaves_the_model_and_its_hash_as_sha256sum_writes_it(root: Path) -> None:
    model = train(root, root / "models")
    beside = model.with_name(f"{model.name}.sha256").read_text()
    assert beside == f"{hashlib.sha256(model.read_bytes()).hexdigest()}  {model.name}\n"
    assert is_trained(model)
    before = model.stat().st_mtime_ns
    assert train(root, root / "models") == model
    assert model.stat().st_mtime_ns == before


@pytest.mark.parametrize("harm", ["changed", "cut off", "no hash", "another hash", "no text"])
def test_a_model_that_is_not_the_trained_one_is_trained_anew(root: Path, harm: str) -> None:
    model = train(root, root / "models")
    beside = model.with_name(f"{model.name}.sha256")
    match harm:
        case "changed":
            model.write_bytes(model.read_bytes() + b"!")
        case "cut off":
            model.write_bytes(b"")
        case "no hash":
            beside.unlink()
        case "another hash":
            beside.write_text(f"{'0' * 64}  {model.name}\n")
        case "no text":
            beside.write_bytes(b"\xff\xfe\x00")
    assert not is_trained(model)
    assert is_trained(train(root, root / "models"))


def test_old_models_go_with_their_hashes(root: Path) -> None:
    models = root / "models"
    for number in range(5):
        (root / "domain.yml").write_text(f"intents: [{number}]")
        model = train(root, models)
        os.utime(model, (number, number))
    (root / "domain.yml").write_text("intents: [last]")
    last = train(root, models)
    assert len(list(models.glob("*.tar.gz"))) == len(list(models.glob("*.sha256"))) == 3
    assert is_trained(last)


def test_nothing_half_trained_is_left_where_training_fails(root: Path) -> None:
    rasa_python(root).write_text("#!/bin/sh\necho no such intent; exit 1\n")
    with pytest.raises(TrainingError, match="no such intent"):
        train(root, root / "models")
    assert not is_trained(model_path(root, root / "models"))
    assert list((root / "models").iterdir()) == []
