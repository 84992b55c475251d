"""From the network to the folder that is committed: ONNX in whole numbers of eight bits, tokenizer, hashes."""

import hashlib
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from tokenizers import Tokenizer

from training.encoder.network import LONGEST, Encoder, vectors

MODEL, TOKENIZER, HASHES = "encoder.onnx", "tokenizer.json", "SHA256SUMS"


def export(encoder: Encoder, tokenizer: Tokenizer, folder: Path, sample: Sequence[str]) -> float:
    """Writes model and tokenizer into `folder`; returns the mean cosine of small and full vectors on `sample`."""
    folder.mkdir(parents=True, exist_ok=True)
    encoder.eval()
    with tempfile.TemporaryDirectory() as scratch:
        full, prepared = Path(scratch) / "full.onnx", Path(scratch) / "prepared.onnx"
        example = (torch.tensor([[101, 2023, 102]]), torch.ones(1, 3, dtype=torch.long))
        torch.onnx.export(
            encoder,
            example,
            str(full),
            input_names=["input_ids", "attention_mask"],
            output_names=["sentence", "theme"],
            dynamic_axes={name: {0: "batch", 1: "tokens"} for name in ("input_ids", "attention_mask")}
            | {name: {0: "batch"} for name in ("sentence", "theme")},
            opset_version=17,
            dynamo=False,
        )
        quant_pre_process(str(full), str(prepared), skip_symbolic_shape=True)
        # Seven bits for the weights: processors without VNNI overflow with eight, and would answer differently.
        quantize_dynamic(
            str(prepared), str(folder / MODEL), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True
        )
    tokenizer.save(str(folder / TOKENIZER), pretty=False)
    write_hashes(folder)
    return _kept(encoder, tokenizer, folder / MODEL, sample)


def write_hashes(folder: Path) -> None:
    """SHA256SUMS, as sha256sum reads it: what loads the encoder checks it first."""
    lines = [f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in (MODEL, TOKENIZER)]
    (folder / HASHES).write_text("".join(lines), encoding="ascii")


def prepared(tokenizer: Tokenizer) -> Tokenizer:
    """The tokenizer with its limits: at most LONGEST tokens, no padding."""
    settings = json.loads(tokenizer.to_str())
    settings["padding"] = None
    changed = Tokenizer.from_str(json.dumps(settings))
    changed.enable_truncation(LONGEST)
    return changed


def _kept(encoder: Encoder, tokenizer: Tokenizer, model: Path, sample: Sequence[str]) -> float:
    session = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
    wanted, _ = vectors(encoder, tokenizer, sample)
    found = []
    for text in sample:
        ids = np.array([tokenizer.encode(text).ids], dtype=np.int64)
        found.append(session.run(["sentence"], {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0][0])
    return float((np.array(found) * wanted.numpy()).sum(1).mean())
