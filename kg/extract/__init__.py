"""`Doc` → `Extraction`: events with their participants, places, times and tolls; claims with their sources."""

from spacy.tokens import Doc

from kg.extract.assemble import assemble
from kg.extract.casualties import find_tolls
from kg.extract.events import gather
from kg.extract.frame import Frame
from kg.extract.speech import find_speech
from kg.extract.triggers import find_triggers
from kg.records import Article, Extraction
from kg.vocab import Vocab


def extract(article: Article, doc: Doc, vocab: Vocab) -> Extraction:
    """Return everything that `article` tells, read from its `doc`.

    Args:
        article: the article; `doc.text` equals `article.text`.
        doc: the document with tags, names and the ontology's words, as `kg.nlp.load` makes it.
        vocab: event types, weapon classes and word lists.
    """
    frame = Frame(doc, vocab)
    drafts = gather(frame, list(find_triggers(frame)), list(find_tolls(frame)))
    return assemble(article, frame, drafts, list(find_speech(frame)))
