"""What the stages work with, loaded once."""

from functools import cache, cached_property
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kg.config import Config
from kg.gazetteer import Gazetteer, load_gazetteer
from kg.ids import Minter
from kg.link.overrides import Overrides, read_overrides
from kg.merge.overrides import Decisions, read_decisions
from kg.run.report import Report, log_problem
from kg.vocab import Vocab, load_vocab

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.link.wikidata import Live


class Tools(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """Configuration, vocabulary, gazetteer, the user's decisions and, when first asked for, the language pipeline.

    `overrides` are decisions about names, `decisions` those about events. `live` asks Wikidata for what the gazetteer does not know.
    """

    config: Config
    vocab: Vocab
    gazetteer: Gazetteer
    overrides: Overrides = Overrides()
    decisions: Decisions = Decisions()
    live: "Live | None" = None

    @cached_property
    def nlp(self) -> "Language":
        """The language pipeline."""
        from kg import nlp  # noqa: PLC0415 - spaCy takes long to import; ready extractions need none

        return nlp.load(self.vocab, self.gazetteer)

    @cached_property
    def fingerprint(self) -> str:
        """The hash of all settings that shape a graph."""
        return self.config.fingerprint(live=self.live is not None)

    @cached_property
    def minter(self) -> Minter:
        """The minter of the configured base."""
        return Minter(self.config.rdf.base)


def load_tools(config: Config | None = None, *, live: bool = False, report: Report = log_problem) -> Tools:
    """Load the vocabulary, the gazetteer that comes with the program and the user's own tables.

    Args:
        config: the configuration, by default the one that comes with the program.
        live: names that the tables do not know are looked for in Wikidata.
        report: told when Wikidata is out of reach.

    Raises:
        KgError: a table or the ontology is missing or broken.
    """
    chosen = config or Config()
    gazetteer = load_gazetteer(more=map(Path, chosen.link.tables))
    overrides = read_overrides(Path(chosen.link.overrides)) if chosen.link.overrides else Overrides()
    table, base = chosen.merge.overrides, chosen.rdf.base
    decisions = read_decisions(Path(table), base) if table else Decisions()
    asked = None
    if live:
        from kg.link.wikidata import open_live  # noqa: PLC0415 - only those who ask for it open a cache

        asked = open_live(chosen.wikidata, chosen.link, gazetteer, report)
    return Tools(
        config=chosen,
        vocab=load_vocab(),
        gazetteer=gazetteer,
        overrides=overrides,
        decisions=decisions,
        live=asked,
    )


@cache
def software_version() -> str:
    """Return name and version of the program, without version when it runs without being installed."""
    try:
        return f"conflict-kg {metadata.version('conflict-kg')}"
    except metadata.PackageNotFoundError:
        return "conflict-kg"
