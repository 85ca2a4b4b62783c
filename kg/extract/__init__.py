"""`Doc` → `Extraction`: events with their participants, places, times and tolls; claims with their sources."""

from spacy.tokens import Doc

from kg.extract import tokens
from kg.extract.assemble import assemble
from kg.extract.casualties import find_tolls
from kg.extract.confidence import Confidence, load_confidence
from kg.extract.drafts import Draft
from kg.extract.events import gather
from kg.extract.frame import Frame
from kg.extract.headlines import find_headlines
from kg.extract.quotes import find_quotes
from kg.extract.speech import find_speech
from kg.extract.statements import find_statements, name_speakers
from kg.extract.triggers import find_triggers
from kg.extract.verdicts import find_pledges, find_verdicts
from kg.records import Article, Extraction
from kg.vocab import Vocab

CONFLICT = 0.5
"""A text that tells of conflict less probably than so has no events: its strikes are labour's, its shots on goal."""
SHORT, SHORT_CONFLICT = 60, 0.3
"""A text of fewer tokens gives less to tell by, so less is asked of it."""
DOUBTED_CONFLICT, SHORT_DOUBTED_CONFLICT, SURE_TRIGGER = 0.25, 0.05, 0.7
"""Still less when the model itself holds a trigger of it so probable, "The rebels signed a peace agreement in Juba", or reads
in a short text how many people an event harmed."""


def extract(article: Article, doc: Doc, vocab: Vocab, sure: Confidence | None = None) -> Extraction:
    """Return everything that `article` tells, read from its `doc`.

    Args:
        article: the article; `doc.text` equals `article.text`.
        doc: the document with tags, names and the ontology's words, as `kg.nlp.load` makes it.
        vocab: event types, weapon classes and word lists.
        sure: tells how probable each record is, by default with the weights that ship.
    """
    with tokens.Doc(doc, article.text) as read:
        return _extract(article, Frame(read, vocab), sure or load_confidence())


def _extract(article: Article, frame: Frame, sure: Confidence) -> Extraction:
    drafts: list[Draft] = []
    if _tells_of_conflict(frame.doc):
        drafts = gather(frame, list(find_triggers(frame)), list(find_tolls(frame)))
    speeches = list(find_speech(frame))
    for find in (find_verdicts, find_quotes, find_statements, find_headlines, find_pledges):
        speeches += list(find(frame, speeches))
    speeches = list(name_speakers(frame, speeches))
    speeches.sort(key=lambda speech: (speech.cue.start, speech.content))
    return assemble(article, frame, drafts, speeches, sure)


def _tells_of_conflict(doc: tokens.Doc) -> bool:
    probable, short = doc.cats.get("conflict", 1.0), len(doc) < SHORT
    if probable >= (SHORT_CONFLICT if short else CONFLICT):
        return True
    if probable < (SHORT_DOUBTED_CONFLICT if short else DOUBTED_CONFLICT):
        return False
    surest = max(doc.scores["triggers"], default=0.0)
    return surest >= SURE_TRIGGER or (short and surest > 0.0 and bool(doc.spans["casualties"]))
