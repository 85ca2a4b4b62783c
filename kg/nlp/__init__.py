"""The language pipeline: articles in, (article, spaCy `Doc`) pairs out."""

from collections.abc import Callable, Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import minibatch

from kg.gazetteer import Gazetteer, load_gazetteer
from kg.nlp.lexicon import Lexicon
from kg.nlp.model import LanguageModel
from kg.nlp.names import NameFinder
from kg.nlp.tokens import blank
from kg.records import Article
from kg.vocab import Vocab, load_vocab

COMPONENTS = ("kg_model", "kg_lexicon", "kg_names")
"""Factories of the pipeline, in their order."""
BATCH = 256
"""Articles after which spaCy forgets the words it has seen."""
TOGETHER = 64
"""Articles that are read together."""
Failed = Callable[[Article, Exception], None]


def load(vocab: Vocab | None = None, gazetteer: Gazetteer | None = None) -> Language:
    """Return the pipeline: the language model, then the ontology's words, then names.

    Args:
        vocab: where trigger words, weapons, cues and word lists come from; by default the project's ontology.
        gazetteer: where known names come from; by default the project's.

    Raises:
        KgError: the model or a table is missing or broken.
    """
    vocab, gazetteer = vocab or load_vocab(), gazetteer or load_gazetteer()
    nlp = blank()
    model, lexicon, names = (nlp.add_pipe(name) for name in COMPONENTS)
    assert isinstance(model, LanguageModel)  # noqa: S101 - the factories make them
    assert isinstance(lexicon, Lexicon)  # noqa: S101
    assert isinstance(names, NameFinder)  # noqa: S101
    model.learn(vocab, gazetteer)
    lexicon.learn(vocab)
    names.learn(vocab, gazetteer)
    return nlp


def pipe(nlp: Language, articles: Iterable[Article], failed: Failed | None = None) -> Iterator[tuple[Article, Doc]]:
    """Yield each article beside its `Doc`, whose text is the article's text, so offsets agree.

    Args:
        nlp: the pipeline.
        articles: what to read.
        failed: told of every article that cannot be read, and why; the others go on. Without it the error is raised.
    """
    for batch in minibatch(articles, TOGETHER):  # type: ignore[no-untyped-call]
        try:
            docs = list(nlp.pipe(article.text for article in batch))
        except Exception:
            if failed is None:
                raise
            for article in batch:
                try:
                    doc = nlp(article.text)
                except Exception as error:  # noqa: BLE001 - one bad article never ends the run
                    failed(article, error)
                else:
                    yield article, doc
        else:
            yield from zip(batch, docs, strict=True)


def zones(
    nlp: Language, articles: Iterable[Article], failed: Failed | None = None
) -> Iterator[Iterator[tuple[Article, Doc]]]:
    """Yield `pipe` over `BATCH` articles at a time, each in a memory zone of spaCy.

    When a batch is done, what spaCy remembers of its words is forgotten, so that a stream of any length costs the same
    memory. Its documents must not be used after that.
    """
    for batch in minibatch(articles, BATCH):  # type: ignore[no-untyped-call]
        with nlp.memory_zone():
            yield pipe(nlp, batch, failed)
