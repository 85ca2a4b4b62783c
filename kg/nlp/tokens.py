"""Tokens: spaCy's English tokeniser, which also parts sentences that no space parts ("fled.(Reuters)Two", "killed?Yes")."""

from collections.abc import Callable

import spacy
from spacy.attrs import ORTH
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, registry

LONGEST_TEXT = 100_000_000
"""Code points of a text."""
_GLUED = (
    r"[?!]+(?=[^\W_])",
    r"(?<=[^\W\d_][^\W\d_])\.+(?=[(\[\"“‘][^\W_])",
    r"(?<=[0-9])\.(?=[A-Z][a-z])",
    r"(?<=[A-Z]{3})\.(?=[A-Z][a-z])",
    r"[)\]\"”](?=[.!?]+[(\[\"“]?[^\W_])",
    r"(?<=[)\]\"”])[.!?]+(?=[(\[\"“]?[^\W_])",
    r"(?<=[.!?])[(\[\"“](?=[^\W_])",
    r"(?<=[.!?])[)\]\"”](?=[A-Z][a-z])",
)
"""What parts two sentences within a chunk without spaces, and the marks beside it."""
_RUNS = ("={2,}", "-{3,}", "_{2,}", r"\*{2,}", "#{2,}", "~{2,}")
"""Lines drawn with signs are one token each."""
_GLUED_BEFORE = (r"[.!?](?=[A-Z][a-z])",)


@registry.tokenizers("kg_tokenizer")  # type: ignore[untyped-decorator]
def make_tokenizer() -> Callable[[Language], Tokenizer]:
    """Return what makes the tokeniser of a pipeline."""

    def make(nlp: Language) -> Tokenizer:
        own = nlp.Defaults
        return Tokenizer(
            nlp.vocab,
            rules=own.tokenizer_exceptions,
            prefix_search=compile_prefix_regex([*_RUNS, *(own.prefixes or ()), *_GLUED_BEFORE]).search,
            suffix_search=compile_suffix_regex(own.suffixes or ()).search,
            infix_finditer=compile_infix_regex([*_GLUED, *(own.infixes or ())]).finditer,
            token_match=own.token_match,
            url_match=own.url_match,
        )

    return make


def blank() -> Language:
    """Return an English pipeline that makes tokens and nothing else.

    Texts may be of any length that `kg.read` lets through: they are read in windows, so that memory is bounded.
    """
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "kg_tokenizer"}}})
    nlp.max_length = LONGEST_TEXT
    return nlp


def texts(doc: Doc) -> list[str]:
    """Return the text of each token of `doc`, faster than by asking each token.

    >>> texts(blank()("Two killed?Yes"))
    ['Two', 'killed', '?', 'Yes']
    """
    strings = doc.vocab.strings
    return [strings[number] for number in doc.to_array(ORTH).tolist()]
