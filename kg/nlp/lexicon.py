"""Finds the ontology's words in a text: triggers, weapons, speech cues and words of harm.

Results stand in `doc.spans`: "trigger_words" (label: event type), "weapons" (weapon class), "cue_words" (stance) and
"harms" (harm); `kb_id_` is the form: "verb", "noun", "phrase" or "adjective". Spans of one group never overlap; the longest match wins, then the first in the ontology.
"""

from collections.abc import Iterable, Iterator

from spacy.attrs import DEP, TAG
from spacy.language import Language
from spacy.tokens import Doc, Span, Token
from spacy.util import filter_spans

from kg.nlp.inflect import noun_forms, verb_forms
from kg.nlp.phrases import Phrases, split
from kg.nlp.tokens import texts
from kg.vocab import Vocab

GROUPS = ("trigger_words", "weapons", "cue_words", "harms")
_VERBAL = ("VERB", "AUX")
_NOMINAL = ("NOUN", "PROPN", "ADJ", "NUM")

_JOINTS = str.maketrans("", "", " -")
_ARTICLES = frozenset({"the", "a", "an"})
_CODED = frozenset({"operation", "exercise"})
"""What bears a name of its own, which may be a weapon's too: "Operation Matador"."""
_MISTAKEN = ("NN", "NNS", "VBP", "VBZ")
"""Tags of words that may be verbs all the same."""


class Lexicon:
    """spaCy component; empty until it learns the words of a vocabulary."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self._groups: dict[str, Phrases[str]] = {group: Phrases() for group in GROUPS}
        self._models: Phrases[str] = Phrases()

    def learn(self, vocab: Vocab) -> None:
        """Take up the words of `vocab`."""
        known: dict[str, list[tuple[list[str], str]]] = {group: [] for group in GROUPS}
        for group, label, phrases in entries(vocab):
            known[group] += [([word.lower() for word in self._cut(phrase)], label) for phrase in phrases]
        self._groups = {group: Phrases(found) for group, found in known.items()}
        self._models = Phrases(
            (self._cut(model), weapon.name) for weapon in vocab.weapon_classes.values() for model in weapon.models
        )

    def _cut(self, phrase: str) -> list[str]:
        """Return the tokens of `phrase`; the tokeniser is slow and needed only where there are more than letters."""
        plain = phrase.translate(_JOINTS).isalpha()
        return split(phrase) if plain else [token.text for token in self._nlp.make_doc(phrase)]

    def __call__(self, doc: Doc) -> Doc:
        """Fill the span groups of `doc`, which must be tagged and parsed."""
        nouns = {doc.vocab.strings[tag] for tag in _MISTAKEN}
        for token in (doc[i] for i, tag in enumerate(doc.to_array(TAG).tolist()) if tag in nouns):
            if not _is_verb(token):
                continue
            token.tag_ = token.tag_ if token.tag_[:2] == "VB" else "VBZ" if token.lower_.endswith("s") else "VBP"
            token.pos_ = "VERB"
        for token in _nouns_taken_for_verbs(doc):
            token.tag_, token.pos_ = "NN", "NOUN"
        for token in _participles(doc):
            token.tag_ = "VBN"
        words = texts(doc)
        lowered = [word.lower() for word in words]
        for group, phrases in self._groups.items():
            found = [_span(doc, start, end, label) for start, end, label in phrases.find(lowered)]
            if group == "weapons":
                models = [Span(doc, start, end, label=label) for start, end, label in self._models.find(words)]
                found += models
                for token in (token for model in models for token in model if token.tag_[:2] in {"VB", "JJ"}):
                    token.tag_, token.pos_ = "NNP", "PROPN"  # "Shahed" looks like a participle to the tagger
            for span in found:
                if span.kb_id_ == "noun" and len(span) > 1 and _is_noun(span[-1]):
                    span[-1].tag_, span[-1].pos_ = "NN", "NOUN"
            doc.spans[group] = filter_spans([span for span in found if _fits(group, span)])
        return doc


@Language.factory("kg_lexicon")
def make_lexicon(nlp: Language, name: str) -> Lexicon:  # noqa: ARG001 - spaCy's signature
    """Make an empty lexicon; `kg.nlp.load` fills it."""
    return Lexicon(nlp)


def _span(doc: Doc, start: int, end: int, label: str) -> Span:
    name, _, form = label.rpartition("|")
    return Span(doc, start, end, label=name, kb_id=form)


def _nouns_taken_for_verbs(doc: Doc) -> Iterator[Token]:
    """Yield base forms behind an article: "called for the release of the nurses"."""
    bases = {doc.vocab.strings[tag] for tag in ("VB", "VBP")}
    for i, tag in enumerate(doc.to_array(TAG).tolist()):
        if tag in bases and i and doc[i - 1].lower_ in _ARTICLES and doc[i].is_alpha:
            yield doc[i]


def _participles(doc: Doc) -> Iterator[Token]:
    """Yield verbs tagged as told of the past that the parse puts behind their noun and before who does it: "one claimed by rebels"."""
    wanted = [doc.vocab.strings["VBD"], doc.vocab.strings["acl"]]
    for i, found in enumerate(doc.to_array([TAG, DEP]).tolist()):
        if found == wanted and any(child.dep_ == "obl:agent" for child in doc[i].children):
            yield doc[i]


def _is_noun(token: Token) -> bool:
    """Tell the end of a noun phrase of the ontology that the tagger takes for a verb: "in a United States drone attack"."""
    return token.tag_ in {"VB", "VBN", "VBG"} and not any(child.dep_ == "obj" for child in token.children)


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
        if span.start and span[0].nbor(-1).lower_ in _CODED and span.text[:1].isupper():
            return False
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
