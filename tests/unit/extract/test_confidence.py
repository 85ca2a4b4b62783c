"""Clues → probability."""

import pytest

from kg.extract.confidence import BIAS, Confidence, load_confidence

SURE = Confidence({"event": {BIAS: 0.0, "read": 2.0, "generic": -2.0}})


def test_clues_add_up() -> None:
    assert SURE.of("event", {"read": 0.0, "generic": 0.0}) == 0.5
    assert SURE.of("event", {"read": 1.0, "generic": 0.0}) == 0.88
    assert SURE.of("event", {"read": 1.0, "generic": 1.0}) == 0.5


@pytest.mark.parametrize(("bias", "limit"), [(-99.0, 0.05), (99.0, 0.95), (-1e6, 0.05)])
def test_nothing_is_certain(bias: float, limit: float) -> None:
    assert Confidence({"claim": {BIAS: bias}}).of("claim", {}) == limit


def test_every_kind_of_record_has_weights() -> None:
    kinds = {"event", "place", "perpetrator", "target", "weapon", "casualties", "claim"}
    weights = load_confidence().weights
    assert set(weights) == kinds
    assert all(BIAS in known for known in weights.values())
