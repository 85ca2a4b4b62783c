"""The pipeline sets what spaCy's own components set, whatever stands beside a text in a batch."""

import json

import msgspec
import pytest
import spacy
from spacy import displacy
from spacy.language import Language
from spacy.matcher import DependencyMatcher, Matcher
from spacy.tokens import Doc

from kg import nlp
from kg.errors import KgError
from kg.gazetteer import Gazetteer
from kg.nlp.model import LanguageModel
from kg.records import EntityKind, Harm, Stance, Status
from kg.vocab import load_vocab

TEXT = (
    "Rebels shelled the town of Goma on Monday, killing at least 12 civilians, a spokesman for the army said.\n"
    "Two soldiers were wounded by a Grad rocket."
)
SHORT = "Police arrested Juma Keita in Nairobi."
GROUPS = ("triggers", "arguments", "casualties", "cues", "speech")


@pytest.fixture(scope="module")
def language() -> Language:
    return nlp.load()


@pytest.fixture(scope="module")
def doc(language: Language) -> Doc:
    return language(TEXT)


def test_syntax(doc: Doc) -> None:
    assert [sent.text.strip() for sent in doc.sents] == TEXT.split("\n")
    shelled = doc[1]
    assert (shelled.tag_, shelled.pos_, shelled.lemma_, shelled.dep_) == ("VBD", "VERB", "shell", "ccomp")
    assert {child.text: child.dep_ for child in shelled.children}["Rebels"] == "nsubj"
    assert all(doc.has_annotation(name) for name in ("TAG", "POS", "LEMMA", "DEP", "SENT_START", "ENT_IOB"))


def test_a_sentence_that_begins_by_rule_needs_less_of_the_model(language: Language) -> None:
    text = (
        "Houthi forces fired at a ship in the Red Sea. Two strikes hit a ministry in Sanaa hours later, officials said."
    )
    assert [sentence[0].text for sentence in language(text).sents] == ["Houthi", "Two"]


def test_names(doc: Doc) -> None:
    assert ("Goma", "Place") in {(ent.text, ent.label_) for ent in doc.ents}


def test_labels_are_those_of_the_records(doc: Doc) -> None:
    vocab = load_vocab()
    labels = {group: {span.label_ for span in doc.spans[group]} for group in GROUPS}
    assert labels["triggers"] <= set(vocab.event_types)
    assert {span.id_ for span in doc.spans["triggers"]} <= set(Status)
    assert labels["casualties"] <= set(Harm)
    assert labels["cues"] <= set(Stance)
    assert {ent.label_ for ent in doc.ents} <= set(EntityKind)
    assert "shelled" in {span.text for span in doc.spans["triggers"]}


def test_parts_belong_to_an_anchor(doc: Doc) -> None:
    assert any(span.label_ == "perpetrator" and span.text == "Rebels" for span in doc.spans["arguments"])
    for group, anchors in (("arguments", "triggers"), ("speech", "cues")):
        assert all(int(span.kb_id_) < len(doc.spans[anchors]) for span in doc.spans[group])


def test_probabilities(doc: Doc) -> None:
    for group in ("triggers", "casualties", "cues", "fillers"):
        scores = doc.spans[group].attrs["scores"]
        assert len(scores) == len(doc.spans[group])
        assert all(0 <= score <= 1 for score in scores)


def test_conflict_or_not(language: Language) -> None:
    about, other = language.pipe([TEXT, "The keeper saved two shots and the striker hit the post in a 1-1 draw."])
    assert about.cats["conflict"] > 0.5 > other.cats["conflict"]
    assert language("").cats == {"conflict": 0.0}


def test_neighbours_change_nothing(language: Language) -> None:
    texts = [TEXT, SHORT, "", TEXT * 9, SHORT + " " + TEXT]
    alone = [language(text).to_json() for text in texts]
    assert [doc.to_json() for doc in language.pipe(texts, batch_size=3)] == alone
    assert [doc.to_json() for doc in language.pipe(reversed(texts))] == alone[::-1]


def test_a_doc_survives_on_disk(language: Language, doc: Doc) -> None:
    again = Doc(language.vocab).from_bytes(doc.to_bytes())
    assert json.dumps(again.to_json()) == json.dumps(doc.to_json())
    for group in GROUPS:
        before = [(s.start, s.end, s.label_, s.kb_id_, s.id_) for s in doc.spans[group]]
        assert [(s.start, s.end, s.label_, s.kb_id_, s.id_) for s in again.spans[group]] == before
        assert dict(again.spans[group].attrs) == dict(doc.spans[group].attrs)


def test_other_tools_of_spacy_work(language: Language, doc: Doc) -> None:
    assert "shelled" in displacy.render(doc, style="dep", page=False)
    assert "Goma" in displacy.render(doc, style="ent", page=False)
    matcher = Matcher(language.vocab)
    matcher.add("kill", [[{"LEMMA": "kill", "POS": "VERB"}]])
    assert [doc[start:end].text for _, start, end in matcher(doc)] == ["killing"]
    trees = DependencyMatcher(language.vocab)
    trees.add(
        "subject",
        [
            [
                {"RIGHT_ID": "verb", "RIGHT_ATTRS": {"LEMMA": "shell"}},
                {"LEFT_ID": "verb", "REL_OP": ">", "RIGHT_ID": "who", "RIGHT_ATTRS": {"DEP": "nsubj"}},
            ]
        ],
    )
    assert [[doc[token].text for token in tokens] for _, tokens in trees(doc)] == [["shelled", "Rebels"]]


def test_the_factory_stands_alone() -> None:
    pipeline = spacy.blank("en")
    pipeline.add_pipe("kg_model")
    assert any(ent.text == "Nairobi" for ent in pipeline(SHORT).ents)


def test_another_ontology_is_refused(language: Language) -> None:
    model = language.get_pipe("kg_model")
    assert isinstance(model, LanguageModel)
    vocab = load_vocab()
    other = msgspec.structs.replace(vocab, event_types=dict(list(vocab.event_types.items())[1:]))
    with pytest.raises(KgError, match="another ontology"):
        LanguageModel(model.reader).learn(other, Gazetteer([]))
