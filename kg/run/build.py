"""Articles, or ready extractions, to a graph."""

import datetime as dt
from collections.abc import Iterable, Sequence

import msgspec

from kg.config import Config
from kg.merge import join, unify
from kg.rdf.graph import Writer, triples
from kg.records import Extraction, LinkedExtraction, Run
from kg.run.extract import Paths, extract
from kg.run.graph import Graph
from kg.run.linking import link_all
from kg.run.report import Report, Tally, log_problem
from kg.run.tools import Tools, load_tools, software_version


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """How a graph is made.

    `merge`: entities and events of different articles may be one node. `named_graphs`: one graph an article. `time`: when the run
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
    return graph_of(list(link_all(extractions, tools, tally)), tools, chosen, problems=tally.problems)


def graph_of(linked: Sequence[LinkedExtraction], tools: Tools, chosen: Options, *, problems: int = 0) -> Graph:
    """Return the graph of linked extractions; `problems` is what it tells of how many could not be used."""
    minter, vocab = tools.minter, tools.vocab
    clusters = join(linked, minter=minter, vocab=vocab, decisions=tools.decisions) if chosen.merge else None
    resolved = list(unify(linked, minter=minter, vocab=vocab, merge=chosen.merge, clusters=clusters))
    writer = Writer(run=run_of(tools, chosen), minter=minter, vocab=vocab, named_graphs=chosen.named_graphs)
    quads = triples(resolved, writer, clusters.events if clusters else {})
    return Graph(
        quads=tuple(dict.fromkeys(quads)),
        base=tools.minter.base,
        articles=len(resolved),
        events=len({event for one in resolved for event in one.events.values()}),
        claims=sum(len(one.extraction.claims) for one in resolved),
        problems=problems,
    )


def run_of(tools: Tools, options: Options) -> Run:
    """Return what the graph says of the run that makes it."""
    return Run(software=software_version(), config=tools.fingerprint, vocab=tools.vocab.version, time=options.time)
