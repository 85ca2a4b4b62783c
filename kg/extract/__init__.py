"""`Doc` → `Extraction`: events with their participants, places, times and tolls; claims with their sources."""

from spacy.tokens import Doc

from kg.extract.assemble import assemble
from kg.extract.casualties import find_tolls
from kg.extract.confidence import Confidence, load_confidence
from kg.extract.drafts import Draft
from kg.extract.events import gather
from kg.extract.frame import Frame
from kg.extract.headlines import find_headlines
from kg.extract.quotes import find_quotes
from kg.extract.speech import find_speech
from kg.extract.statements import find_statements
from kg.extract.triggers import find_triggers
from kg.extract.verdicts import find_pledges, find_verdicts
from kg.records import Article, Extraction
from kg.vocab import Vocab

CONFLICT = 0.5
"""A text that tells of conflict less probably than so has no events: its strikes are labour's, its shots on goal."""
SHORT, SHORT_CONFLICT = 60, 0.3
"""A text of fewer tokens gives less to tell by, so less is asked of it."""
DOUBTED_CONFLICT, SURE_TRIGGER = 0.05, 0.7
"""Still less when the model itself holds a trigger of it so probable: "The rebels signed a peace agreement in Juba." """


def extract(article: Article, doc: Doc, vocab: Vocab, sure: Confidence | None = None) -> Extraction:
    """Return everything that `article` tells, read from its `doc`.

    Args:
        article: the article; `doc.text` equals `article.text`.
        doc: the document with tags, names and the ontology's words, as `kg.nlp.load` makes it.
        vocab: event types, weapon classes and word lists.
        sure: tells how probable each record is, by default with the weights that ship.
    """
    frame = Frame(doc, vocab, article.text)
    drafts: list[Draft] = []
    if _tells_of_conflict(doc):
        drafts = gather(frame, list(find_triggers(frame)), list(find_tolls(frame)))
    speeches = list(find_speech(frame))
    for find in (find_verdicts, find_quotes, find_statements, find_headlines, find_pledges):
        speeches += list(find(frame, speeches))
    speeches.sort(key=lambda speech: (speech.cue.start, speech.content))
    return assemble(article, frame, drafts, speeches, sure or load_confidence())


def _tells_of_conflict(doc: Doc) -> bool:
    probable = doc.cats.get("conflict", 1.0)
    if len(doc) >= SHORT or probable < DOUBTED_CONFLICT:
        return probable >= CONFLICT
    surest = max(doc.spans["triggers"].attrs.get("scores", ()), default=0.0)
    return probable >= SHORT_CONFLICT or surest >= SURE_TRIGGER
