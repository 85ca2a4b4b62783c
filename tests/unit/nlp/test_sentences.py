"""Sentence boundaries by rule."""

import pytest
import spacy

from kg.nlp.sentences import sentence_starts


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It fell. Two died.", 2),
        ("The U.S. says so.", 1),
        ("It fell.Two died.", 2),
        ('"It fell." Two died.', 2),
        ("Headline without stop\nIt fell.", 2),
        ("On Jan. 3 it fell.", 1),
        ("Gen. Smith spoke.", 1),
        ("The spokesman, Brig. Gen. Smith, said no. Brig. Jones spoke.", 2),
        ("", 0),
        ("\n\n", 0),
    ],
)
def test_count(text: str, count: int) -> None:
    assert len(list(sentence_starts(spacy.blank("en")(text)))) == count
