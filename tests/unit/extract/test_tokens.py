"""A document as the extractors read it says what spaCy says."""

import gc
import weakref
from itertools import combinations

import pytest
from spacy.tokens import Doc, Span, SpanGroup

from kg.extract import tokens
from kg.nlp.tokens import blank

# word, Penn tag, universal tag, head, relation
WORDS = """Rebels NNS NOUN 1 nsubj|shelled VBD VERB 1 root|Goma NNP PROPN 1 obj|, , PUNCT 1 punct|" `` PUNCT 1 punct|
 _SP SPACE 1 dep|US NNP PROPN 7 compound|aides NNS NOUN 8 nsubj|said VBD VERB 8 root|. . PUNCT 8 punct"""
STRINGS = ("text", "lower_", "lemma_", "tag_", "pos_", "dep_", "ent_type_", "ent_iob_", "whitespace_")
NUMBERS = ("i", "idx", "is_space", "is_punct", "is_alpha", "is_title", "is_upper", "is_sent_start", "is_sent_end")


@pytest.fixture
def doc() -> Doc:
    words, tags, pos, heads, relations = zip(*(row.rsplit(" ", 4) for row in WORDS.split("|")), strict=True)
    made = Doc(
        blank().vocab,
        words=list(words),
        spaces=[word not in {"Goma", "said"} for word in words],
        tags=list(tags),
        pos=list(pos),
        lemmas=[word.lower() for word in words],
        heads=[int(head) for head in heads],
        deps=list(relations),
    )
    made.ents = [Span(made, 2, 3, "Place"), Span(made, 6, 7, "Place")]
    spans = [Span(made, 1, 2, label="Shelling", kb_id="verb", span_id="planned")]
    made.spans["triggers"] = SpanGroup(made, spans=spans, attrs={"scores": [0.9]})
    made.spans["arguments"] = []
    made.cats["conflict"] = 0.8
    return made


def test_words(doc: Doc) -> None:
    read = tokens.Doc(doc)
    assert (read.text, len(read), read.cats) == (doc.text, len(doc), doc.cats)
    for own, word in zip(read, doc, strict=True):
        for name in STRINGS + NUMBERS:
            assert getattr(own, name) == getattr(word, name), (name, word)
        assert own.head.i == word.head.i
        assert [child.i for child in own.children] == [child.i for child in word.children]
        assert {below.i for below in own.subtree} == {below.i for below in word.subtree}
        assert (own.sent.start, own.sent.end) == (word.sent.start, word.sent.end)
        assert len(own) == len(word)


def test_phrases(doc: Doc) -> None:
    read = tokens.Doc(doc)
    for start, end in combinations(range(len(doc) + 1), 2):
        own, span = read[start:end], doc[start:end]
        assert (own.text, own.start_char, own.end_char) == (span.text, span.start_char, span.end_char)
        assert (own.root.i, own[-1].i, len(own)) == (span.root.i, span[-1].i, len(span))
        assert (own.sent.start, own.sent.end) == (span.sent.start, span.sent.end)
        assert [(ent.start, ent.end) for ent in own.ents] == [(ent.start, ent.end) for ent in span.ents]
        assert [token.i for token in own] == [token.i for token in span]


def test_groups_with_labels_and_scores(doc: Doc) -> None:
    read = tokens.Doc(doc)
    (trigger,) = read.spans["triggers"]
    assert (trigger.label_, trigger.kb_id_, trigger.id_) == ("Shelling", "verb", "planned")
    assert (read.scores["triggers"], read.spans["arguments"]) == ([0.9], [])
    assert [(ent.text, ent.label_) for ent in read.ents] == [("Goma", "Place"), ("US", "Place")]
    assert [sentence.text for sentence in read.sents] == [sentence.text for sentence in doc.sents]


@pytest.mark.parametrize("bounds", [(4, 2), (-3, None), (8, 99), (99, 100), (None, None), (3, 3)])
def test_slices_are_cut_to_the_document(doc: Doc, bounds: tuple[int | None, int | None]) -> None:
    own, span = tokens.Doc(doc)[slice(*bounds)], doc[slice(*bounds)]
    assert (own.start, own.end, own.text) == (span.start, span.end, span.text)


def test_neighbours_end_with_the_document(doc: Doc) -> None:
    read = tokens.Doc(doc)
    assert (read[1].nbor(-1).text, read[1].nbor().text) == ("Rebels", "Goma")
    for index, away in ((0, -1), (len(read) - 1, 1)):
        with pytest.raises(IndexError):
            read[index].nbor(away)


def test_the_same_words_with_the_same_labels_are_equal(doc: Doc) -> None:
    read = tokens.Doc(doc)
    assert read[1:3] == read[1:3]
    assert len({read[1:3], read[1:3], tokens.Span(read, 1, 3, label="Shelling")}) == 2


def test_a_document_without_words() -> None:
    read = tokens.Doc(Doc(blank().vocab))
    assert (read.text, list(read), read.sents, read[0:5].text) == ("", [], [], "")


def test_words_are_freed_without_the_garbage_collector(doc: Doc) -> None:
    gc.disable()
    with tokens.Doc(doc) as read:
        kept = weakref.ref(read)
    del read
    gone = kept() is None
    gc.enable()
    assert gone
