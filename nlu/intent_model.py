"""Intents from two voices: what the words are, and what the sentence means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

SEED = 20

WORDS_STRENGTH = 30.0
"""The inverse of the penalty on words; best of 1, 3, 10, 30 in cross-validation on data/."""

MEANING_STRENGTH = 1.0
"""The same for vectors, which are few, and which the encoder has already set apart."""

MEANING_SCALE = 10.0
"""Vectors of length one would need enormous weights."""


@dataclass(frozen=True)
class Voice:
    """A linear classifier: weights (features x intents) and biases."""

    weights: np.ndarray
    bias: np.ndarray


@dataclass(frozen=True)
class IntentModel:
    """The intents in order, both voices, and how loud each is (`mix`: words, meaning)."""

    intents: tuple[str, ...]
    words: Voice
    meaning: Voice
    mix: tuple[float, float]

    @classmethod
    def fit(
        cls, words: csr_matrix, meaning: np.ndarray, labels: Sequence[str], held_out: Sequence[bool]
    ) -> IntentModel:
        """Learns from labelled rows of n-grams and vectors; the same rows give the same model.

        The mix makes the confidence honest: it is the one under which the held-out examples, which neither the encoder
        nor the voices have seen, are most likely (as in Guo et al. 2017, On Calibration of Modern Neural Networks, with
        two temperatures). Then both voices learn from all examples.
        """
        wanted, apart = np.array(labels), np.array(held_out, dtype=bool)
        intents = tuple(sorted(set(labels)))
        mix = (1.0, 1.0)
        if apart.any() and set(wanted[~apart]) == set(intents):
            of_words = _voice(_words_regression().fit(words[~apart], wanted[~apart]))
            of_meaning = _voice(_meaning_regression().fit(meaning[~apart] * MEANING_SCALE, wanted[~apart]))
            mix = _best_mix(
                words[apart] @ of_words.weights + of_words.bias,
                meaning[apart] @ of_meaning.weights * MEANING_SCALE + of_meaning.bias,
                np.searchsorted(intents, wanted[apart]),
            )
        return cls(
            intents,
            _voice(_words_regression().fit(words, wanted)),
            _voice(_meaning_regression().fit(meaning * MEANING_SCALE, wanted)),
            mix,
        )

    def confidences(self, indices: np.ndarray, weights: np.ndarray, vector: np.ndarray) -> np.ndarray:
        """The likelihood of each intent for one message's n-grams and vector; they sum to one."""
        by_words = weights @ self.words.weights[indices] + self.words.bias
        by_meaning = (vector * MEANING_SCALE) @ self.meaning.weights + self.meaning.bias
        return _softmax(self.mix[0] * by_words + self.mix[1] * by_meaning)


def _words_regression() -> LogisticRegression:
    return LogisticRegression(
        C=WORDS_STRENGTH,
        # Some intents have three times the examples of others, which says nothing about how often they are meant.
        class_weight="balanced",
        solver="liblinear",
        dual=True,
        multi_class="ovr",
        max_iter=200,
        tol=1e-3,
        random_state=SEED,
    )


def _meaning_regression() -> LogisticRegression:
    return LogisticRegression(C=MEANING_STRENGTH, class_weight="balanced", max_iter=150, tol=1e-3, random_state=SEED)


def _voice(model: LogisticRegression) -> Voice:
    coefficients, bias = model.coef_, model.intercept_
    if len(model.classes_) == 2:  # scikit-learn keeps one row for two classes
        coefficients, bias = np.vstack([-coefficients, coefficients]), np.concatenate([-bias, bias])
    return Voice(np.ascontiguousarray(coefficients.T, dtype=np.float32), bias.astype(np.float32))


def _best_mix(by_words: np.ndarray, by_meaning: np.ndarray, truth: np.ndarray) -> tuple[float, float]:
    def surprise(logarithms: np.ndarray) -> float:
        loud_words, loud_meaning = np.exp(logarithms)
        likelihood = _softmax(loud_words * by_words + loud_meaning * by_meaning)[np.arange(len(truth)), truth]
        return float(-np.log(likelihood + 1e-12).mean())

    words, meaning = np.exp(minimize(surprise, np.zeros(2), method="Nelder-Mead").x)
    return float(words), float(meaning)


def _softmax(scores: np.ndarray) -> np.ndarray:
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return raised / raised.sum(axis=-1, keepdims=True)
