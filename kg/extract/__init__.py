"""`Doc` → `Extraction`: events with their participants, places, times and tolls; claims with their sources."""

from spacy.tokens import Doc

from kg.extract.assemble import assemble
from kg.extract.casualties import find_tolls
from kg.extract.confidence import Confidence, load_confidence
from kg.extract.drafts import Draft
from kg.extract.events import gather
from kg.extract.frame import Frame
from kg.extract.headlines import find_headlines
from kg.extract.speech import find_speech
from kg.extract.triggers import find_triggers
from kg.records import Article, Extraction
from kg.vocab import Vocab

CONFLICT, SHORT_CONFLICT, SHORT = 0.5, 0.3, 60
"""A text that tells of conflict less probably than `CONFLICT`, one of fewer than `SHORT` tokens less than `SHORT_CONFLICT`, has
no events: its strikes are labour's, its shots on goal. A short text gives less to tell by."""


def extract(article: Article, doc: Doc, vocab: Vocab, sure: Confidence | None = None) -> Extraction:
    """Return everything that `article` tells, read from its `doc`.

    Args:
        article: the article; `doc.text` equals `article.text`.
        doc: the document with tags, names and the ontology's words, as `kg.nlp.load` makes it.
        vocab: event types, weapon classes and word lists.
        sure: tells how probable each record is, by default with the weights that ship.
    """
    frame = Frame(doc, vocab)
    drafts: list[Draft] = []
    if doc.cats.get("conflict", 1.0) >= (SHORT_CONFLICT if len(doc) < SHORT else CONFLICT):
        drafts = gather(frame, list(find_triggers(frame)), list(find_tolls(frame)))
    speeches = list(find_speech(frame))
    speeches = sorted([*speeches, *find_headlines(frame, speeches)], key=lambda speech: speech.cue.start)
    return assemble(article, frame, drafts, speeches, sure or load_confidence())
