"""The run of the software that made a graph."""

from collections.abc import Iterator

from kg.ids import Kind, Minter
from kg.rdf.namespaces import PROV
from kg.rdf.ntriples import LABEL, TYPE, ckg, moment, named, plain_moment, term, text, triple
from kg.records import Run


def run_node(run: Run, minter: Minter) -> str:
    """Return the node of `run`: the same software, settings and time are the same run."""
    time = plain_moment(run.time) if run.time else ""
    return named(minter.iri(Kind.RUN, run.software, run.config, run.vocab, time))


def run_triples(run: Run, minter: Minter) -> Iterator[str]:
    """Yield what is known of the run; its time only when the user gave one."""
    node = run_node(run, minter)
    yield triple(node, TYPE, term(PROV, "Activity"))
    yield triple(node, LABEL, text(f"Machine extraction by {run.software}"))
    yield triple(node, ckg("extractionMethod"), ckg("MachineExtracted"))
    yield triple(node, ckg("softwareVersion"), text(run.software))
    yield triple(node, ckg("softwareVersion"), text(f"ontology {run.vocab}"))
    yield triple(node, ckg("configurationHash"), text(run.config))
    if run.time:
        yield triple(node, term(PROV, "endedAtTime"), moment(run.time))
