"""Intents from features: one-against-rest logistic regressions with calibrated confidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

SEED = 20
FOLDS = 3
STRENGTH = 30.0
"""The inverse of the penalty; best of 1, 3, 10, 30 in cross-validation on data/."""


@dataclass(frozen=True)
class IntentModel:
    """Weights (features x intents), biases, the intents in order, and the temperature that divides their scores."""

    intents: tuple[str, ...]
    weights: np.ndarray
    bias: np.ndarray
    temperature: float

    @classmethod
    def fit(cls, features: csr_matrix, labels: Sequence[str]) -> IntentModel:
        """Learns from labelled rows; the same rows give the same model.

        The temperature makes the confidence honest: it is the one under which examples that a model has not seen
        (each fold's, judged by the others) are most likely (Guo et al. 2017, On Calibration of Modern Neural Networks).
        """
        wanted = np.array(labels)
        whole = _regression().fit(features, wanted)
        weights, bias = _parameters(whole)
        return cls(tuple(whole.classes_), weights, bias, _temperature(features, wanted))

    def confidences(self, indices: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """The likelihood of each intent for one message's features; they sum to one."""
        scores = weights @ self.weights[indices] + self.bias
        return _softmax(scores / self.temperature)


def _regression() -> LogisticRegression:
    return LogisticRegression(
        C=STRENGTH,
        # Some intents have three times the examples of others, which says nothing about how often they are meant.
        class_weight="balanced",
        solver="liblinear",
        dual=True,
        multi_class="ovr",
        max_iter=200,
        tol=1e-3,
        random_state=SEED,
    )


def _parameters(model: LogisticRegression) -> tuple[np.ndarray, np.ndarray]:
    coefficients, bias = model.coef_, model.intercept_
    if len(model.classes_) == 2:  # scikit-learn keeps one row for two classes
        coefficients, bias = np.vstack([-coefficients, coefficients]), np.concatenate([-bias, bias])
    return np.ascontiguousarray(coefficients.T, dtype=np.float32), bias.astype(np.float32)


def _temperature(features: csr_matrix, wanted: np.ndarray) -> float:
    rarest = np.unique(wanted, return_counts=True)[1].min()
    if rarest < 2:
        return 1.0
    scores, truth = [], []
    folds = StratifiedKFold(min(FOLDS, rarest), shuffle=True, random_state=SEED)
    for seen, unseen in folds.split(wanted, wanted):
        model = _regression().fit(features[seen], wanted[seen])
        weights, bias = _parameters(model)
        scores.append(features[unseen] @ weights + bias)
        truth.append(np.searchsorted(model.classes_, wanted[unseen]))
    all_scores, all_truth = np.vstack(scores), np.concatenate(truth)

    def surprise(temperature: float) -> float:
        likelihood = _softmax(all_scores / temperature)[np.arange(len(all_truth)), all_truth]
        return float(-np.log(likelihood + 1e-12).mean())

    return float(minimize_scalar(surprise, bounds=(0.05, 10.0), method="bounded").x)


def _softmax(scores: np.ndarray) -> np.ndarray:
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return raised / raised.sum(axis=-1, keepdims=True)
