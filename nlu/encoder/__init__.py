"""The sentence encoder: what a message means, as numbers. Rasa's side and heard/ both read with it.

It imports nothing of Rasa and nothing of heard/. The model beside this file is made by `make encoder`; README.md is
its card.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

FOLDER = Path(__file__).parent
MODEL, TOKENIZER, HASHES = "encoder.onnx", "tokenizer.json", "SHA256SUMS"
SENTENCE_SIZE, THEME_SIZE = 384, 128

_MANY = 64


class EncoderError(Exception):
    """The encoder's files are not there, or not those that were committed."""


@dataclass(frozen=True)
class Vectors:
    """What was read, one row a text, each of length one: `sentence` (n x 384), `theme` (n x 128); float32."""

    sentence: np.ndarray
    theme: np.ndarray


class SentenceEncoder:
    """Reads texts into vectors: like wishes get like `sentence` vectors, opinions about one thing like `theme` ones."""

    def __init__(self, session: Any, tokenizer: Tokenizer, threads: int = 1) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._threads = threads

    @classmethod
    def load(cls, folder: Path = FOLDER, *, threads: int = 1) -> SentenceEncoder:
        """Opens the committed model. `threads` read side by side where there are many texts.

        Raises EncoderError where a file is missing or its hash is another.
        """
        check(folder)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False  # one long message would keep its memory for good
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession(str(folder / MODEL), options, providers=["CPUExecutionProvider"])
        return cls(session, Tokenizer.from_file(str(folder / TOKENIZER)), threads)

    def read(self, texts: Sequence[str]) -> Vectors:
        """The vectors of the texts, in their order. A text with nothing in it has vectors too: of no meaning."""
        if not texts:
            return Vectors(np.zeros((0, SENTENCE_SIZE), np.float32), np.zeros((0, THEME_SIZE), np.float32))
        if self._threads > 1 and len(texts) > _MANY:
            with ThreadPoolExecutor(self._threads) as pool:
                read = list(pool.map(self._read_one, texts, chunksize=32))
        else:
            read = [self._read_one(text) for text in texts]
        return Vectors(np.stack([sentence for sentence, _ in read]), np.stack([theme for _, theme in read]))

    def _read_one(self, text: str) -> tuple[np.ndarray, np.ndarray]:
        """One at a time: the eight-bit numbers are scaled by what is read with them, so company would change them."""
        ids = np.array([self._tokenizer.encode(text).ids], np.int64)
        fed = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        sentence, theme = self._session.run(["sentence", "theme"], fed)
        return sentence[0], theme[0]


def check(folder: Path = FOLDER) -> None:
    """Compares the files with SHA256SUMS. Raises EncoderError with what to do."""
    try:
        lines = (folder / HASHES).read_text(encoding="ascii").splitlines()
        wanted = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
        for name in (MODEL, TOKENIZER):
            if hashlib.sha256((folder / name).read_bytes()).hexdigest() != wanted.get(name):
                raise EncoderError(
                    f"{folder / name} is not the file that was made; get it again with `git checkout {name}`"
                )
    except (OSError, ValueError) as error:
        raise EncoderError(f"{folder}: the encoder is incomplete ({error}); get it again with git") from None
