"""The model and the ontology's words decide together which words name events."""

from collections.abc import Sequence

import pytest
from spacy.tokens import Doc, Span, SpanGroup
from spacy.vocab import Vocab

from kg.extract import tokens
from kg.extract.spotting import find_arguments, find_trigger_words

WORDS = ["Rebels", "hit", "the", "town", "in", "a", "raid"]


@pytest.fixture
def doc() -> Doc:
    tags = ["NNS", "VBD", "DT", "NN", "IN", "DT", "NN"]
    found = Doc(Vocab(), words=WORDS, tags=tags, heads=[1] * len(WORDS), deps=["dep"] * len(WORDS))
    for group in ("weak_triggers", "trigger_words", "arguments", "weapons", "harms"):
        found.spans[group] = []
    triggers(found)
    return found


def span(doc: Doc, word: str, label: str, form: str = "") -> Span:
    at = WORDS.index(word)
    return Span(doc, at, at + 1, label=label, kb_id=form)


def triggers(doc: Doc, *spans: Span, score: float = 0.9) -> None:
    doc.spans["triggers"] = SpanGroup(doc, spans=spans, attrs={"scores": [score] * len(spans)})


def spotted(doc: Doc) -> Sequence[tuple[str, str, str]]:
    return [(found.text, found.label_, found.kb_id_) for found in find_trigger_words(tokens.Doc(doc))]


def test_the_model_alone(doc: Doc) -> None:
    triggers(doc, span(doc, "hit", "Attack"), span(doc, "raid", "Incursion"))
    assert spotted(doc) == [("hit", "Attack", "verb"), ("raid", "Incursion", "noun")]


def test_the_model_alone_must_be_sure(doc: Doc) -> None:
    triggers(doc, span(doc, "hit", "Attack"), score=0.6)
    assert spotted(doc) == []


def test_the_ontology_decides_on_the_type_of_its_words(doc: Doc) -> None:
    triggers(doc, span(doc, "raid", "Incursion"))
    doc.spans["trigger_words"] = [span(doc, "raid", "Attack", "noun")]
    assert spotted(doc) == [("raid", "Attack", "noun")]


def test_a_doubtful_word_counts_when_the_ontology_knows_it(doc: Doc) -> None:
    doc.spans["weak_triggers"] = [span(doc, "hit", "Attack"), span(doc, "raid", "Attack")]
    doc.spans["trigger_words"] = [span(doc, "raid", "Attack", "noun")]
    assert spotted(doc) == [("raid", "Attack", "noun")]


def test_a_word_of_the_ontology_that_the_model_does_not_see_is_none(doc: Doc) -> None:
    doc.spans["trigger_words"] = [span(doc, "raid", "Attack", "noun")]
    assert spotted(doc) == []


def test_long_phrases_of_the_ontology_need_no_model(doc: Doc) -> None:
    doc.spans["trigger_words"] = [Span(doc, 4, 7, label="Attack", kb_id="noun")]
    assert spotted(doc) == [("in a raid", "Attack", "noun")]


def test_arguments_by_the_words_of_their_trigger(doc: Doc) -> None:
    triggers(doc, span(doc, "hit", "Attack"))
    doc.spans["arguments"] = [span(doc, "Rebels", "perpetrator", "0"), span(doc, "town", "target", "0")]
    assert find_arguments(tokens.Doc(doc)) == {1: [("perpetrator", (0, 1)), ("target", (3, 4))]}
