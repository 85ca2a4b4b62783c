"""What the stages work with, loaded once."""

from functools import cached_property
from importlib import metadata
from typing import TYPE_CHECKING

import msgspec

from kg.config import Config
from kg.gazetteer import Gazetteer, load_gazetteer
from kg.ids import Minter
from kg.vocab import Vocab, load_vocab

if TYPE_CHECKING:
    from spacy.language import Language


class Tools(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """Configuration, vocabulary, gazetteer and, when first asked for, the language pipeline."""

    config: Config
    vocab: Vocab
    gazetteer: Gazetteer

    @cached_property
    def nlp(self) -> "Language":
        """The language pipeline."""
        from kg import nlp  # noqa: PLC0415 - spaCy takes long to import; ready extractions need none

        return nlp.load(self.vocab, self.gazetteer)

    @property
    def minter(self) -> Minter:
        """The minter of the configured base."""
        return Minter(self.config.rdf.base)


def load_tools(config: Config | None = None) -> Tools:
    """Load the vocabulary and the gazetteer that come with the program.

    Raises:
        KgError: a table or the ontology is missing or broken.
    """
    return Tools(config=config or Config(), vocab=load_vocab(), gazetteer=load_gazetteer())


def software_version() -> str:
    """Return name and version of the program, without version when it runs without being installed."""
    try:
        return f"conflict-kg {metadata.version('conflict-kg')}"
    except metadata.PackageNotFoundError:
        return "conflict-kg"
