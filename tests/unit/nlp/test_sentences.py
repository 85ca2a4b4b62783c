"""Sentence boundaries by rule."""

import pytest
import spacy

from kg.nlp.sentences import split_sentences


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
        ("", 0),
        ("\n\n", 1),
    ],
)
def test_count(text: str, count: int) -> None:
    doc = split_sentences(spacy.blank("en")(text))
    assert len(list(doc.sents)) == count
