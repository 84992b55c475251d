"""The model card: what lies in nlu/encoder, where it comes from, what it is for and what it is not."""

from collections.abc import Sequence

from training.encoder.examples import Examples
from training.encoder.fit import ROUNDS, SEED, Marks
from training.encoder.original import PACKAGE, SHA256


def card(examples: Examples, marks: Marks, cosine: float, rounds: Sequence[str]) -> str:
    """The card as Markdown."""
    told = "\n".join(f"    {line}" for line in rounds)
    return f"""# The sentence encoder

Made by `make encoder`; do not edit by hand. `SHA256SUMS` holds the hashes, and whatever loads the encoder checks them.

- **What it is**: all-MiniLM-L6-v2 (6 layers, 384 wide; Apache-2.0), fine-tuned on Heard's own data, as ONNX with
  weights of eight bits. A message in, two vectors of length one out: `sentence` (384; what is
  wished) and `theme` (128; what an opinion is about).
- **Where it comes from**: the weights in `{PACKAGE}`, taken only with SHA-256
  `{SHA256}`.
- **What it learnt from**: {len(examples.intents)} messages in `data/`, {len(examples.disclosures)} lines in
  `training/disclosures.yml`, {sum(len(q.answers) for q in examples.themes)} answers in `training/themes.yml`; all
  written for this, none by real people. SHA-256 of the data: `{examples.digest}`.
- **How**: cross-entropy and supervised contrastive loss, slips of the keyboard added, seed {SEED}, at most {ROUNDS}
  rounds, stopped on what is held out ({len(examples.intents_held_out)} messages,
  {len(examples.disclosures_held_out)} lines, {len(examples.themes_held_out)} whole questions).
- **Held out, at its best**: intents {marks.intents:.1%} right, kinds of disclosure {marks.disclosures:.1%}, unseen
  themes by adjusted Rand index {marks.themes:.3f}. The small model's vectors have a mean cosine of {cosine:.3f} to the
  full one's.
- **What it is not for**: anything but short English messages about music-making. It knows nothing of who writes, and
  keeps nothing. It is one voice among several: word lists and rules decide about safety before it is asked.

The rounds:

{told}
"""
