"""Who acts in a clause, on a parse built by hand."""

from spacy.tokens import Doc

from kg.extract import tokens
from kg.extract.frame import Frame
from kg.extract.roles import read_verb
from kg.nlp.tokens import blank
from kg.vocab import load_vocab

GROUPS = ("triggers", "weak_triggers", "arguments", "trigger_words", "weapons", "demonyms", "countries", "harms")


def test_a_root_with_the_label_of_a_modifier_is_climbed_no_further() -> None:
    doc = Doc(
        blank().vocab,
        words=["Depot", "of", "towns", "housing", "grain"],
        tags=["NN", "IN", "NNS", "VBG", "NN"],
        heads=[0, 2, 0, 2, 3],
        deps=["nmod", "case", "nmod", "acl", "obj"],
    )
    for group in (*GROUPS, "cue_words", "speech"):
        doc.spans[group] = []
        doc.spans[group].attrs["scores"] = []
    read = tokens.Doc(doc)
    span = tokens.Span(read, 3, 4, label="Blockade", kb_id="verb")
    _, roles = read_verb(Frame(read, load_vocab()), span, read[3])
    assert ("target", (4, 5)) in roles
