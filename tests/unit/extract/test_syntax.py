"""Subjects by the parse: relative clauses, participles, conjoined and controlled verbs."""

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.extract import tokens
from kg.extract.syntax import subject

# word, Penn tag, universal tag, head, relation
SENTENCES = {
    "own": ("shelled", "Rebels", "Rebels NNS NOUN 1 nsubj|shelled VBD VERB 1 root|Goma NNP PROPN 1 obj"),
    "relative": (
        "shelled",
        "rebels",
        "The DT DET 1 det|rebels NNS NOUN 4 nsubj|who WP PRON 3 nsubj|shelled VBD VERB 1 acl:relcl|fled VBD VERB 4 root",
    ),
    "participle": ("attacking", "rebels", "rebels NNS NOUN 0 root|attacking VBG VERB 0 acl|Goma NNP PROPN 1 obj"),
    "conjoined": (
        "fled",
        "Rebels",
        "Rebels NNS NOUN 1 nsubj|fired VBD VERB 1 root|and CC CCONJ 3 cc|fled VBD VERB 1 conj",
    ),
    "controlled": (
        "leave",
        "residents",
        "They PRP PRON 1 nsubj|forced VBD VERB 1 root|residents NNS NOUN 1 obj|to TO PART 4 mark|leave VB VERB 1 xcomp",
    ),
    "none": ("Shelled", None, "Shelled VBN VERB 0 root|again RB ADV 0 advmod"),
}


def parsed(rows: str) -> Doc:
    words, tags, pos, heads, relations = zip(*(row.split(" ") for row in rows.split("|")), strict=True)
    return Doc(
        Vocab(), words=list(words), tags=list(tags), pos=list(pos), heads=[int(h) for h in heads], deps=list(relations)
    )


@pytest.mark.parametrize("case", SENTENCES)
def test_subject(case: str) -> None:
    verb, expected, rows = SENTENCES[case]
    doc = parsed(rows)
    found = subject(next(token for token in tokens.Doc(doc) if token.text == verb))
    assert (None if found is None else found.text) == expected
