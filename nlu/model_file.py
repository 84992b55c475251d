"""The model file is loaded only if it is the one that `heard train` made: a model is a program of sorts."""

from __future__ import annotations

import hashlib
from pathlib import Path


class ModelFileError(Exception):
    """The model must not be loaded; the message says what to do."""


def check_model(model: Path) -> None:
    """Returns when the file has the SHA-256 that lies beside it (`<model>.sha256`, as sha256sum writes it).

    Raises ModelFileError.
    """
    beside = model.with_name(f"{model.name}.sha256")
    try:
        wanted = beside.read_text(encoding="ascii").split()[:1]
        found = hashlib.sha256(model.read_bytes()).hexdigest()
    except (OSError, UnicodeDecodeError) as error:
        raise ModelFileError(f"{model.name} has no readable hash beside it; run `heard train`") from error
    if wanted != [found]:
        raise ModelFileError(f"{model.name} is not the file that was trained (its SHA-256 differs); run `heard train`")
