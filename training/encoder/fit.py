"""The fine-tuning: wishes, disclosures and themes taught to one trunk, stopped when what is held out gets no better."""

import copy
import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score
from tokenizers import Tokenizer
from torch.nn import functional

from training.encoder.examples import HARMLESS, Example, Examples, Question
from training.encoder.network import Encoder, Heads, tokens, vectors
from training.encoder.typos import with_typos

SEED = 20
BATCH = 64
ROUNDS = 7
PATIENCE = 3
RATE = 7e-5
WARM_UP = 0.08
CLOSE = 0.1
"""The temperature of the contrastive losses (Khosla et al. 2020, Supervised Contrastive Learning)."""

Say = Callable[[str], None]


@dataclass(frozen=True)
class Marks:
    """How well what is held out is told apart: intents and kinds right (share), themes by adjusted Rand index."""

    intents: float
    disclosures: float
    themes: float

    @property
    def whole(self) -> float:
        return self.intents + 0.5 * self.disclosures + 0.5 * self.themes


def fine_tune(encoder: Encoder, tokenizer: Tokenizer, examples: Examples, say: Say) -> Marks:
    """Teaches the encoder in place and leaves it at its best round; the same data and seed give the same encoder."""
    torch.manual_seed(SEED)
    chance = random.Random(SEED)  # noqa: S311  nothing secret
    intents = sorted({e.label for e in examples.intents})
    kinds = [HARMLESS, *sorted({e.label for e in examples.disclosures} - {HARMLESS})]
    heads = Heads(encoder.trunk.config.hidden_size, len(intents), len(kinds))
    # Half of all weights are the words' own; our few words would only move some of them away from the others.
    encoder.trunk.embeddings.requires_grad_(False)
    learning = [p for p in encoder.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(
        [{"params": learning, "lr": RATE}, {"params": heads.parameters(), "lr": RATE * 20}],
        weight_decay=0.01,
    )
    a_round = math.ceil(len(examples.intents) / BATCH) + math.ceil(len(examples.disclosures) / BATCH)
    a_round += sum(math.ceil(len(q.answers) / BATCH) for q in examples.themes)
    steps = ROUNDS * a_round
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step / steps))
    weights = {"intents": _weights(examples.intents, intents), "kinds": _weights(examples.disclosures, kinds)}
    teaching = _Teaching(encoder, heads, tokenizer, intents, kinds, examples, chance, weights)
    best, kept, waited = _marks(encoder, heads, tokenizer, intents, kinds, examples), copy.deepcopy(encoder), 0
    say(f"before: themes {best.themes:.3f}")
    best = Marks(0, 0, 0)
    for number in range(1, ROUNDS + 1):
        encoder.train()
        heads.train()
        total = 0.0
        for loss in teaching.round():
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(learning, 1.0)
            optimiser.step()
            schedule.step()
            total += float(loss.detach())
        marks = _marks(encoder, heads, tokenizer, intents, kinds, examples)
        say(
            f"round {number}: loss {total / a_round:.3f}, held out: intents {marks.intents:.1%}, "
            f"disclosures {marks.disclosures:.1%}, unseen themes {marks.themes:.3f}"
        )
        if marks.whole > best.whole:
            best, kept, waited = marks, copy.deepcopy(encoder), 0
        else:
            waited += 1
        if waited == PATIENCE:
            break
    encoder.load_state_dict(kept.state_dict())
    return best


@dataclass(frozen=True)
class _Teaching:
    encoder: Encoder
    heads: Heads
    tokenizer: Tokenizer
    intents: Sequence[str]
    kinds: Sequence[str]
    examples: Examples
    chance: random.Random
    weights: dict[str, torch.Tensor]

    def round(self) -> Iterator[torch.Tensor]:
        """The losses of one round's batches, the three lessons mixed."""
        batches: list[tuple[str, Sequence[Example]]] = []
        batches += [("intents", batch) for batch in self._batches(self.examples.intents)]
        batches += [("kinds", batch) for batch in self._batches(self.examples.disclosures)]
        batches += [("themes", batch) for question in self.examples.themes for batch in self._shuffled(question)]
        self.chance.shuffle(batches)
        for lesson, batch in batches:
            texts = [with_typos(e.text, self.chance) for e in batch]
            with torch.autocast("cpu", dtype=torch.bfloat16):  # twice as fast where the processor knows it
                sentence, theme = self.encoder(*tokens(self.tokenizer, texts))
            sentence, theme = sentence.float(), theme.float()
            if lesson == "themes":
                yield _contrast(theme, [e.label for e in batch])
            elif lesson == "intents":
                yield self._judged("intents", self.heads.intents, self.intents, sentence, batch)
            else:
                yield 0.7 * self._judged("kinds", self.heads.kinds, self.kinds, sentence, batch)

    def _judged(
        self,
        lesson: str,
        head: torch.nn.Linear,
        labels: Sequence[str],
        sentence: torch.Tensor,
        batch: Sequence[Example],
    ) -> torch.Tensor:
        wanted = torch.tensor([labels.index(e.label) for e in batch])
        scores = head(functional.dropout(sentence, 0.1)) * self.heads.scale
        named = functional.cross_entropy(scores, wanted, weight=self.weights[lesson], label_smoothing=0.05)
        return named + 0.3 * _contrast(sentence, [e.label for e in batch])

    def _batches(self, examples: Sequence[Example]) -> Iterator[Sequence[Example]]:
        """Shuffled, then like lengths together within stretches, so that little is padded."""
        mixed = self.chance.sample(list(examples), len(examples))
        for start in range(0, len(mixed), 8 * BATCH):
            stretch = sorted(mixed[start : start + 8 * BATCH], key=lambda e: len(e.text))
            yield from (stretch[at : at + BATCH] for at in range(0, len(stretch), BATCH))

    def _shuffled(self, question: Question) -> Iterator[Sequence[Example]]:
        mixed = self.chance.sample(list(question.answers), len(question.answers))
        return (mixed[at : at + BATCH] for at in range(0, len(mixed), BATCH))


def _contrast(points: torch.Tensor, labels: Sequence[str]) -> torch.Tensor:
    """Supervised contrastive loss: like labels together, others apart (Khosla et al. 2020)."""
    names = {label: number for number, label in enumerate(dict.fromkeys(labels))}
    wanted = torch.tensor([names[label] for label in labels])
    like = (wanted[:, None] == wanted[None, :]).float()
    like.fill_diagonal_(0)
    close = points @ points.T / CLOSE
    close = close - torch.eye(len(labels)) * 1e9
    likely = close - torch.logsumexp(close, dim=1, keepdim=True)
    partners = like.sum(1)
    with_partner = partners > 0
    if not bool(with_partner.any()):
        return points.sum() * 0
    return -((like * likely).sum(1)[with_partner] / partners[with_partner]).mean()


def _weights(examples: Sequence[Example], labels: Sequence[str]) -> torch.Tensor:
    """What is rare counts more, by the root of how rare it is; the mean over all examples is one."""
    counts = torch.tensor([sum(e.label == label for e in examples) for label in labels], dtype=torch.float32)
    rare = counts.rsqrt()
    return rare / ((rare * counts).sum() / counts.sum())


def _rate(done: float) -> float:
    return done / WARM_UP if done < WARM_UP else max(0.0, (1 - done) / (1 - WARM_UP))


def _marks(
    encoder: Encoder,
    heads: Heads,
    tokenizer: Tokenizer,
    intents: Sequence[str],
    kinds: Sequence[str],
    examples: Examples,
) -> Marks:
    heads.eval()

    def right(held_out: Sequence[Example], head: torch.nn.Linear, labels: Sequence[str]) -> float:
        sentence, _ = vectors(encoder, tokenizer, [e.text for e in held_out])
        with torch.no_grad():
            said = head(sentence).argmax(1).tolist()
        return float(np.mean([labels[i] == e.label for i, e in zip(said, held_out, strict=True)]))

    return Marks(
        intents=right(examples.intents_held_out, heads.intents, intents),
        disclosures=right(examples.disclosures_held_out, heads.kinds, kinds),
        themes=float(np.mean([_told_apart(encoder, tokenizer, q) for q in examples.themes_held_out])),
    )


def _told_apart(encoder: Encoder, tokenizer: Tokenizer, question: Question) -> float:
    _, theme = vectors(encoder, tokenizer, [e.text for e in question.answers])
    truth = [e.label for e in question.answers]
    found = KMeans(len(set(truth)), n_init=4, random_state=SEED).fit_predict(theme.numpy())
    return float(adjusted_rand_score(truth, found))
