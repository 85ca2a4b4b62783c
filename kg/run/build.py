"""Articles, or ready extractions, to a graph."""

import datetime as dt
from collections.abc import Iterable, Iterator

import msgspec

from kg.config import Config
from kg.errors import KgError
from kg.link import coarsen, link
from kg.merge import unify
from kg.rdf.graph import triples
from kg.records import Extraction, LinkedExtraction, Run
from kg.run.extract import Paths, extract
from kg.run.graph import Graph
from kg.run.report import Report, log_problem
from kg.run.tools import Tools, load_tools, software_version


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """How a graph is made.

    `merge`: entities of different articles may be one node. `named_graphs`: one graph an article. `time`: when the run
    ended, left out of the graph when `None`.
    """

    merge: bool = True
    named_graphs: bool = False
    time: dt.datetime | None = None


def build(
    paths: Paths,
    *,
    config: Config | None = None,
    options: Options | None = None,
    report: Report = log_problem,
) -> Graph:
    """Return the graph of all articles in `paths`.

    Args:
        paths: files, folders or "-" for standard input.
        config: the configuration, by default the one that comes with the program.
        options: how the graph is made.
        report: told of every article that cannot be used; the others go on.

    Raises:
        KgError: the program's own data are missing or broken.
    """
    tools = load_tools(config)
    tally = Tally(report)
    extractions = extract(paths, tools=tools, report=tally)
    return build_from(extractions, tools=tools, options=options, report=tally)


def build_from(
    extractions: Iterable[Extraction],
    *,
    tools: Tools,
    options: Options | None = None,
    report: Report = log_problem,
) -> Graph:
    """Return the graph of ready extractions.

    Args:
        extractions: what the articles tell, from any extractor.
        tools: what to work with.
        options: how the graph is made.
        report: told of every extraction that cannot be used; the others go on. A `Tally` is asked for its count.
    """
    chosen = options or Options()
    tally = report if isinstance(report, Tally) else Tally(report)
    linked = list(_link_all(extractions, tools, tally))
    resolved = list(unify(linked, minter=tools.minter, vocab=tools.vocab, merge=chosen.merge))
    run = Run(
        software=software_version(),
        config=tools.fingerprint,
        vocab=tools.vocab.version,
        time=chosen.time,
    )
    quads = triples(resolved, run=run, minter=tools.minter, vocab=tools.vocab, named_graphs=chosen.named_graphs)
    return Graph(
        quads=tuple(dict.fromkeys(quads)),
        base=tools.minter.base,
        articles=len(resolved),
        events=sum(len(one.extraction.events) for one in resolved),
        claims=sum(len(one.extraction.claims) for one in resolved),
        problems=tally.problems,
    )


class Tally:
    """A `Report` that counts what it passes on."""

    def __init__(self, report: Report) -> None:
        self.problems = 0
        self._report = report

    def __call__(self, problem: str) -> None:
        """Count `problem` and pass it on."""
        self.problems += 1
        self._report(problem)


def _link_all(extractions: Iterable[Extraction], tools: Tools, report: Report) -> Iterator[LinkedExtraction]:
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
