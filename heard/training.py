"""The trained model: which one belongs to today's data, and training it when there is none."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from heard.errors import HeardError

_DEPENDS_ON = (
    "config.yml",
    "domain.yml",
    "data/**/*.yml",
    "content/vocabulary.yml",
    "content/places.yml",
    "nlu/*.py",
    "nlu/requirements.lock",
    "nlu/encoder/*",
)
"""Everything that a trained model depends on; a change in one of these, and only that, trains anew."""

_ONLY_SERVES = {
    "serve.py",
    "trackers.py",
    "lean_rasa.py",
    "without_tensorflow.py",
    "tokens_of_calls.py",
    "model_file.py",
}
"""Modules of nlu/ that run the server and leave no trace in a model."""

_KEPT = 3
"""Trained models kept, newest first: going back to an earlier branch trains nothing."""


class TrainingError(HeardError):
    """Rasa could not train; its own words come with it."""


def rasa_python(root: Path) -> Path:
    """The interpreter of the Rasa side."""
    return root / "nlu" / ".venv" / "bin" / "python"


def model_path(root: Path, models: Path) -> Path:
    """Where the model of today's data lies, trained or not yet: its name is a hash of what it depends on."""
    digest = hashlib.sha256()
    for pattern in _DEPENDS_ON:
        for path in sorted(root.glob(pattern)):
            if path.is_file() and path.name not in _ONLY_SERVES:
                digest.update(f"{path.relative_to(root)}\0".encode())
                digest.update(path.read_bytes())
    return models / f"heard-{digest.hexdigest()[:16]}.tar.gz"


def is_trained(model: Path) -> bool:
    """Whether the model is there, and is the very file that was trained: its SHA-256 lies beside it."""
    try:
        return _hash_file(model).read_text(encoding="ascii") == _hash_line(model, model)
    except (OSError, UnicodeDecodeError):
        return False


def train(root: Path, models: Path) -> Path:
    """Trains if today's data has no model yet; returns the model. Raises TrainingError."""
    model = model_path(root, models)
    if is_trained(model):
        return model
    python = rasa_python(root)
    if not python.exists():
        raise TrainingError("the Rasa side is not installed; run `make install`")
    models.mkdir(parents=True, exist_ok=True)
    draft = models / f".{model.stem}.{os.getpid()}"
    command = [str(python), "-W", "ignore", "-m", "rasa", "train", "--out", str(draft), "--fixed-model-name", "heard"]
    quiet = {
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "RASA_TELEMETRY_ENABLED": "false",
        "CUDA_VISIBLE_DEVICES": "-1",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    }
    done = subprocess.run(command, cwd=root, env={**os.environ, **quiet}, capture_output=True, text=True, check=False)  # noqa: S603
    trained = draft / "heard.tar.gz"
    if done.returncode != 0 or not trained.exists():
        shutil.rmtree(draft, ignore_errors=True)
        raise TrainingError(f"rasa train failed:\n{(done.stdout + done.stderr)[-4000:]}")
    _hash_file(model).write_text(_hash_line(model, trained), encoding="ascii")
    trained.rename(model)
    shutil.rmtree(draft, ignore_errors=True)
    _let_old_ones_go(models)
    return model


def _let_old_ones_go(models: Path) -> None:
    by_age = sorted(models.glob("heard-*.tar.gz"), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in by_age[_KEPT:]:
        old.unlink(missing_ok=True)
        _hash_file(old).unlink(missing_ok=True)


def _hash_file(model: Path) -> Path:
    return model.with_name(f"{model.name}.sha256")


def _hash_line(model: Path, file: Path) -> str:
    """As sha256sum writes it, and takes it with -c. nlu/model_file.py reads it before Rasa loads the model."""
    return f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {model.name}\n"
