"""The language pipeline: articles in, (article, spaCy `Doc`) pairs out."""

from collections.abc import Iterable, Iterator

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.gazetteer import Gazetteer
from kg.nlp import sentences as _sentences  # noqa: F401 - registers kg_sentences
from kg.nlp import tagger as _tagger  # noqa: F401 - registers kg_tagger
from kg.nlp.lexicon import Lexicon
from kg.nlp.names import NameFinder
from kg.records import Article
from kg.vocab import Vocab


def load(vocab: Vocab, gazetteer: Gazetteer) -> Language:
    """Return the pipeline: tokens, sentences, tags, the ontology's words, names.

    Args:
        vocab: where trigger words, weapons, cues and word lists come from.
        gazetteer: where known names come from.
    """
    nlp = spacy.blank("en")
    nlp.add_pipe("kg_sentences")
    nlp.add_pipe("kg_tagger")
    lexicon, names = Lexicon(nlp, vocab), NameFinder(nlp, vocab, gazetteer)
    Language.factory("kg_lexicon", func=lambda nlp, name: lexicon)  # noqa: ARG005
    Language.factory("kg_names", func=lambda nlp, name: names)  # noqa: ARG005
    nlp.add_pipe("kg_lexicon")
    nlp.add_pipe("kg_names")
    return nlp


def pipe(nlp: Language, articles: Iterable[Article]) -> Iterator[tuple[Article, Doc]]:
    """Yield each article beside its `Doc`, whose text is the article's text, so offsets agree."""
    for doc, article in nlp.pipe(((article.text, article) for article in articles), as_tuples=True, batch_size=32):
        yield article, doc
