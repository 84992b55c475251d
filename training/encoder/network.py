"""The network: one trunk, and two directions to look in."""

from collections.abc import Sequence

import torch
from safetensors.torch import load
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional
from transformers import BertConfig, BertModel

from training.encoder.original import Original

LONGEST = 128
"""Tokens read of a message: some 90 words."""

THEME_SIZE = 128


class Encoder(nn.Module):
    """Token ids to two vectors of length one: what is wished (`sentence`, 384) and what it is about (`theme`, 128).

    Two, because they must differ: to the intent all opinions are one thing, to themes each is another.
    """

    def __init__(self, trunk: BertModel) -> None:
        super().__init__()
        self.trunk = trunk
        width = trunk.config.hidden_size
        self.theme = nn.Linear(width, THEME_SIZE, bias=False)
        nn.init.orthogonal_(self.theme.weight)

    @classmethod
    def of(cls, original: Original) -> "Encoder":
        """The untaught encoder: the original's weights, and a random look at themes."""
        # Dropout's random numbers cost more than the arithmetic on a processor; slips of the keyboard do its work.
        plain = {"hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0, "attn_implementation": "eager"}
        settings = {name: value for name, value in original.config.items() if name != "architectures"}
        trunk = BertModel(BertConfig(**settings | plain), add_pooling_layer=False)
        unused = ("pooler.", "embeddings.position_ids")
        tensors = {name: t.float() for name, t in load(original.weights).items() if not name.startswith(unused)}
        trunk.load_state_dict(tensors)
        return cls(trunk)

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Ids and mask (batch x tokens) to `sentence` and `theme`."""
        states = self.trunk(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        weights = attention_mask.unsqueeze(-1).to(states.dtype)
        mean = (states * weights).sum(1) / weights.sum(1)
        return functional.normalize(mean, dim=-1), functional.normalize(self.theme(mean), dim=-1)


class Heads(nn.Module):
    """What the encoder is taught with, and what is thrown away afterwards."""

    def __init__(self, width: int, intents: int, kinds: int) -> None:
        super().__init__()
        self.intents = nn.Linear(width, intents)
        self.kinds = nn.Linear(width, kinds)
        self.scale = 16.0
        """Vectors of length one give scores too small for a softmax."""


def tokens(tokenizer: Tokenizer, texts: Sequence[str]) -> tuple[torch.Tensor, torch.Tensor]:
    """Ids and mask of a batch, padded to its longest."""
    encoded = [e.ids for e in tokenizer.encode_batch(list(texts))]
    longest = max(map(len, encoded))
    ids = torch.zeros(len(encoded), longest, dtype=torch.long)
    mask = torch.zeros(len(encoded), longest, dtype=torch.long)
    for row, each in enumerate(encoded):
        ids[row, : len(each)] = torch.tensor(each)
        mask[row, : len(each)] = 1
    return ids, mask


@torch.no_grad()
def vectors(encoder: Encoder, tokenizer: Tokenizer, texts: Sequence[str]) -> tuple[torch.Tensor, torch.Tensor]:
    """`sentence` and `theme` of many texts, in their order."""
    encoder.eval()
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    parts = [order[start : start + 64] for start in range(0, len(order), 64)]
    made = [encoder(*tokens(tokenizer, [texts[i] for i in part])) for part in parts]
    back = torch.empty(len(order), dtype=torch.long)
    back[torch.tensor(order)] = torch.arange(len(order))
    return torch.cat([a for a, _ in made])[back], torch.cat([b for _, b in made])[back]
