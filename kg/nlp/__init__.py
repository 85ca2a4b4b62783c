"""The language pipeline: articles in, (article, spaCy `Doc`) pairs out."""

from collections.abc import Iterable, Iterator

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.gazetteer import Gazetteer
from kg.nlp import sentences as _sentences  # noqa: F401 - registers kg_sentences
from kg.nlp.inflect import plural, verb_tags
from kg.nlp.lexicon import Lexicon, single_verbs
from kg.nlp.names import NameFinder
from kg.nlp.tagger import Tagger
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
    tagger = nlp.add_pipe("kg_tagger")
    lexicon = nlp.add_pipe("kg_lexicon")
    names = nlp.add_pipe("kg_names")
    assert isinstance(tagger, Tagger)  # noqa: S101 - the factories above make them
    assert isinstance(lexicon, Lexicon)  # noqa: S101
    assert isinstance(names, NameFinder)  # noqa: S101
    lexicon.learn(vocab)
    names.learn(vocab, gazetteer)
    for verb in single_verbs(vocab):
        for form, tags in verb_tags(verb, vocab.irregular):
            tagger.table.learn(form, tags)
    for noun in (noun for name in ("PersonNouns", "GroupHeads") for noun in vocab.words.get(name, ())):
        tagger.table.learn(noun, ("NNS",) if noun.endswith(("s", "men", "people")) else ("NN",))
        tagger.table.learn(plural(noun), ("NNS",))
    return nlp


def pipe(nlp: Language, articles: Iterable[Article]) -> Iterator[tuple[Article, Doc]]:
    """Yield each article beside its `Doc`, whose text is the article's text, so offsets agree."""
    for doc, article in nlp.pipe(((article.text, article) for article in articles), as_tuples=True, batch_size=32):
        yield article, doc
