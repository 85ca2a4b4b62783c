"""Tokens also part sentences that no space parts."""

import pytest

from kg.nlp.tokens import blank


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("killed?Yes", ["killed", "?", "Yes"]),
        ("in 53596.Cindy left", ["in", "53596", ".", "Cindy", "left"]),
        ("NATO.Perhaps", ["NATO", ".", "Perhaps"]),
        ("(friend).Deco", ["(", "friend", ")", ".", "Deco"]),
        ('go.He said "Go."Two left', ["go", ".", "He", "said", '"', "Go", ".", '"', "Two", "left"]),
        ("the U.S.-led 3.5 km", ["the", "U.S.-led", "3.5", "km"]),
        ("https://example.org/a?b=C!D", ["https://example.org/a?b=C!D"]),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert [token.text for token in blank()(text)] == tokens
