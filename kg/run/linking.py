"""Extractions to linked extractions; what cannot go into a graph is told of."""

from collections.abc import Iterable, Iterator

import msgspec

from kg.errors import KgError
from kg.link import coarsen, link
from kg.records import Extraction, LinkedExtraction
from kg.run.report import Report
from kg.run.tools import Tools


def link_all(extractions: Iterable[Extraction], tools: Tools, report: Report) -> Iterator[LinkedExtraction]:
    """Yield every extraction with the links of its entities.

    Args:
        extractions: what the articles tell, from any extractor.
        tools: what to work with.
        report: told of every extraction that cannot be used; the others go on.
    """
    for extraction in extractions:
        broken = next(_faults(extraction, tools), None)
        if broken is not None:
            report(f"article {extraction.article.id}: {broken}")
            continue
        try:
            linked = link(extraction, tools.gazetteer, tools.config.link, tools.overrides)
            if tools.live is not None:
                linked = tools.live.link(linked)
            step = tools.config.link.coarsen
            linked = msgspec.structs.replace(linked, links=tuple(coarsen(one, step) for one in linked.links))
        except KgError as error:
            report(f"article {extraction.article.id}: {error}")
            continue
        yield linked


def _faults(extraction: Extraction, tools: Tools) -> Iterator[str]:
    """Yield why an extraction, which may be another program's, cannot go into a graph."""
    for event in extraction.events:
        if event.type not in tools.vocab.event_types:
            yield f"{event.id}: the ontology has no event type {event.type!r}: see `kg ontology`"
    yield from extraction.problems()
