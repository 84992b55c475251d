"""A hash of this package, so that Rasa's cache never gives back what older code has learnt."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

_HERE = Path(__file__).parent
_PATTERNS = ("*.py", "*.yml", "*.txt", "encoder/*.py", "encoder/SHA256SUMS")


@lru_cache(maxsize=1)
def of_this_package() -> str:
    """The hash of all modules and tables of nlu/. (Rasa itself looks only at a component's own class.)"""
    digest = hashlib.sha256()
    for path in sorted(p for pattern in _PATTERNS for p in _HERE.glob(pattern)):
        digest.update(str(path.relative_to(_HERE)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
