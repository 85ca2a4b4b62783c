"""The sentence around a span."""

import pytest

from kg.rdf.sentences import LIMIT, Sentences
from kg.records import Span


def around(text: str, words: str) -> str:
    start = text.index(words)
    return Sentences(text).around(Span(start=start, end=start + len(words))).of(text)


@pytest.mark.parametrize(
    ("text", "words", "sentence"),
    [
        ("It began. Rain fell on Kyiv. It ended.", "fell", "Rain fell on Kyiv."),
        ("It began. The U.N. Security Council met. It ended.", "Council", "The U.N. Security Council met."),
        ("On Dec. 30 shells fell. It ended.", "shells", "On Dec. 30 shells fell."),
        ("Then Gen. Zaluzhny spoke. It ended.", "spoke", "Then Gen. Zaluzhny spoke."),
        ("J. Smith left. K. Jones came.", "came", "K. Jones came."),
        ("He said: “It is a crime.” She left.", "crime", "He said: “It is a crime.”"),
        ("He asked: “Why?” “Because,” she said.", "she", "“Because,” she said."),
        ("A headline\nThe first line goes\non here. Next.", "first", "The first line goes\non here."),
        ("It cost 3.5 million. Next.", "million", "It cost 3.5 million."),
        ("First. Two crosses. Three over. Four.", "crosses. Three", "Two crosses. Three over."),
        ("no end at all", "end", "no end at all"),
        ("Wait… Élan came. Next", "came", "Élan came."),
    ],
)
def test_sentence(text: str, words: str, sentence: str) -> None:
    assert around(text, words) == sentence


def test_is_bounded() -> None:
    text = "word " * 1000 + "here" + " word" * 1000
    found = around(text, "here")
    assert len(found) <= LIMIT
    assert set(found.split()) == {"word", "here"}


def test_a_long_span_is_kept_whole() -> None:
    text = "word " * 1000
    assert around(text, text.strip()[3:]).endswith(text.strip()[3:])
