"""Finds the ontology's words in a text: triggers, weapons, speech cues and words of harm.

Results stand in `doc.spans`: "trigger_words" (label: event type), "weapons" (weapon class), "cue_words" (stance) and
"harms" (harm); `kb_id_` is the form: "verb", "noun", "phrase" or "adjective". Spans of one group never overlap; the longest match wins, then the first in the ontology.
"""

from collections.abc import Iterable, Iterator

from spacy.attrs import TAG
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span, Token
from spacy.util import filter_spans

from kg.nlp.inflect import noun_forms, verb_forms
from kg.vocab import Vocab

GROUPS = ("trigger_words", "weapons", "cue_words", "harms")
_VERBAL = ("VERB", "AUX")
_NOMINAL = ("NOUN", "PROPN", "ADJ", "NUM")


_MISTAKEN = ("NN", "NNS", "VBP", "VBZ")
"""Tags of words that may be verbs all the same."""


class Lexicon:
    """spaCy component; empty until it learns the words of a vocabulary."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self._matchers = {group: PhraseMatcher(nlp.vocab, attr="LOWER") for group in GROUPS}
        self._models = PhraseMatcher(nlp.vocab, attr="ORTH")

    def learn(self, vocab: Vocab) -> None:
        """Take up the words of `vocab`."""
        nlp = self._nlp
        for group, label, phrases in entries(vocab):
            unique = dict.fromkeys(phrases)
            self._matchers[group].add(label, [nlp.make_doc(phrase) for phrase in unique])
        for weapon in vocab.weapon_classes.values():
            if weapon.models:
                self._models.add(weapon.name, [nlp.make_doc(model) for model in dict.fromkeys(weapon.models)])

    def __call__(self, doc: Doc) -> Doc:
        """Fill the span groups of `doc`, which must be tagged and parsed."""
        nouns = {doc.vocab.strings[tag] for tag in _MISTAKEN}
        for token in (doc[i] for i, tag in enumerate(doc.to_array(TAG).tolist()) if tag in nouns):
            if not _is_verb(token):
                continue
            token.tag_ = token.tag_ if token.tag_[:2] == "VB" else "VBZ" if token.lower_.endswith("s") else "VBP"
            token.pos_ = "VERB"
        for group, matcher in self._matchers.items():
            found = [_span(doc, span) for span in matcher(doc, as_spans=True)]
            if group == "weapons":
                models = self._models(doc, as_spans=True)
                found += models
                for token in (token for model in models for token in model if token.tag_[:2] in {"VB", "JJ"}):
                    token.tag_, token.pos_ = "NNP", "PROPN"  # "Shahed" looks like a participle to the tagger
            doc.spans[group] = filter_spans([span for span in found if _fits(group, span)])
        return doc


@Language.factory("kg_lexicon")
def make_lexicon(nlp: Language, name: str) -> Lexicon:  # noqa: ARG001 - spaCy's signature
    """Make an empty lexicon; `kg.nlp.load` fills it."""
    return Lexicon(nlp)


def _span(doc: Doc, span: Span) -> Span:
    _, _, form = span.label_.rpartition("|")
    label = span.label_.rpartition("|")[0] or span.label_
    return Span(doc, span.start, span.end, label=label, kb_id=form if form != label else "")


def _is_verb(token: Token) -> bool:
    """Tell a verb that the tagger takes for a noun: it has a subject before and an object behind, "jets strike targets"."""
    return (
        not (token.pos_ == "VERB" and token.tag_[:2] == "VB")
        and not token.lower_.endswith("ing")
        and any(child.dep_ == "nsubj" and child.i < token.i for child in token.children)
        and any(child.dep_ == "obj" and child.i > token.i for child in token.children)
        and not any(child.dep_ in {"cop", "det", "case"} for child in token.children)
    )


def _fits(group: str, span: Span) -> bool:
    """Drop a verb form used as a noun and the other way round, where the tag tells."""
    if group == "weapons":
        return any(token.pos_ in {"NOUN", "PROPN"} or token.tag_ == "CD" for token in span) or len(span) > 1
    form = span.kb_id_
    if form == "verb" and span[0].tag_ in {"VBG", "NN"} and span[0].lower_.endswith("ing"):
        return _is_participle(span)
    if form == "verb":
        return span[0].pos_ in _VERBAL or (span[0].tag_ in {"JJ", "NN"} and span[0].lower_.endswith(("ed", "ing")))
    if form == "noun":
        return span[-1].pos_ in _NOMINAL or span[0].tag_ == "VBG" or span[0].pos_ == "NOUN"
    return True


def _is_participle(span: Span) -> bool:
    """Tell a participle from a noun in -ing: "that shelling caused", "the bombing" are nouns."""
    before = span[0].nbor(-1) if span.start > span.sent.start else None
    if (
        before is None
        or before.tag_ in {"DT", "JJ", "PRP$", "POS", "CD"}
        or before.lower_ in {"that", "of", "due", "to"}
    ):
        return False
    following = span[-1].nbor() if span.end < len(span.doc) else None
    return not (
        following is not None
        and following.tag_ in {"VBD", "VBZ", "IN", "MD"}
        and before.pos_ not in {"AUX", "ADV", "NOUN", "PROPN"}
        and before.text != ","
    )


def entries(vocab: Vocab) -> Iterator[tuple[str, str, Iterable[str]]]:
    """Yield (group, label, phrases) of all words of the ontology; the label of a trigger ends in its form."""

    def verbs(phrases: Iterable[str]) -> list[str]:
        return [form for phrase in phrases for form in verb_forms(phrase, vocab.irregular)]

    def nouns(phrases: Iterable[str]) -> list[str]:
        return [form for phrase in phrases for form in noun_forms(phrase)]

    for event in vocab.event_types.values():
        yield "trigger_words", f"{event.name}|verb", verbs(event.verbs)
        yield "trigger_words", f"{event.name}|noun", nouns(event.nouns)
    for weapon in vocab.weapon_classes.values():
        yield "weapons", f"{weapon.name}|noun", nouns(weapon.names)
    for stance, cues in vocab.stances.items():
        yield "cue_words", f"{stance}|verb", verbs(cues.verbs)
        yield "cue_words", f"{stance}|phrase", cues.phrases
    for harm, words in vocab.harms.items():
        yield "harms", f"{harm}|verb", verbs(words.verbs)
        yield "harms", f"{harm}|noun", nouns(words.nouns)
        yield "harms", f"{harm}|adjective", words.adjectives
