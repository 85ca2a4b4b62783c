"""Phrases are found wherever all their words stand in a row, within others as well."""

from kg.nlp.phrases import Phrases, split
from kg.nlp.tokens import blank, texts

KNOWN: Phrases[str] = Phrases(
    [(("air", "strike"), "AirStrike"), (("strike",), "Attack"), (("strike",), "Strike"), ((), "nothing")]
)


def test_phrases_within_others_and_all_labels() -> None:
    assert list(KNOWN.find(["air", "strike"])) == [(0, 2, "AirStrike"), (1, 2, "Attack"), (1, 2, "Strike")]


def test_the_end_of_a_text_is_no_part_of_a_phrase() -> None:
    known = Phrases([(("air",), "air"), (("air", "strike"), "AirStrike")])
    assert list(known.find(["an", "air"])) == [(1, 2, "air")]


def test_a_phrase_is_split_as_the_tokeniser_does() -> None:
    phrases = ["air strike", "drone-borne bomb", "carried out a strike", "children's hospital"]
    assert [split(phrase) for phrase in phrases] == [texts(blank()(phrase)) for phrase in phrases]


def test_nothing() -> None:
    assert list(KNOWN.find([])) == []
