"""Logistic regression with a ridge penalty, by Newton's method."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_STEPS = 30
_FAR = 30.0


def fit(x: Floats, y: Floats, penalty: float, bias_penalty: float, share: Floats | None = None) -> Floats:
    """Return the weights (features + 1,) in logits, the bias last.

    Args:
        x: (items, features).
        y: (items,), 0 or 1.
        penalty: of each squared weight.
        bias_penalty: of the squared bias, next to none.
        share: (items,), how much each item counts; by default 1.
    """
    x = np.hstack([x, np.ones((len(x), 1))])
    share = np.ones(len(x)) if share is None else share
    weights = np.zeros(x.shape[1])
    ridge = np.diag([*[penalty] * (x.shape[1] - 1), bias_penalty])
    for _ in range(_STEPS):
        p = 1.0 / (1.0 + np.exp(-np.clip(x @ weights, -_FAR, _FAR)))
        gradient = x.T @ (share * (y - p)) - ridge @ weights
        weights += np.linalg.solve((x * (share * p * (1 - p) + 1e-9)[:, None]).T @ x + ridge, gradient)
    return weights
