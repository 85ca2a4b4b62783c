"""The run of the software that made a graph."""

from collections.abc import Iterator

import pyoxigraph as ox

from kg.ids import Kind, Minter
from kg.rdf import literals
from kg.rdf.namespaces import LABEL, PROV, TYPE, ckg
from kg.rdf.scope import Statement
from kg.records import Run


def run_node(run: Run, minter: Minter) -> ox.NamedNode:
    """Return the node of `run`: the same software, settings and time are the same run."""
    time = literals.moment(run.time).value if run.time else ""
    return ox.NamedNode(minter.iri(Kind.RUN, run.software, run.config, run.vocab, time))


def run_triples(run: Run, minter: Minter) -> Iterator[Statement]:
    """Yield what is known of the run; its time only when the user gave one."""
    node = run_node(run, minter)
    yield node, TYPE, ox.NamedNode(PROV + "Activity")
    yield node, LABEL, literals.text(f"Machine extraction by {run.software}")
    yield node, ckg("extractionMethod"), ckg("MachineExtracted")
    yield node, ckg("softwareVersion"), literals.text(run.software)
    yield node, ckg("softwareVersion"), literals.text(f"ontology {run.vocab}")
    yield node, ckg("configurationHash"), literals.text(run.config)
    if run.time:
        yield node, ox.NamedNode(PROV + "endedAtTime"), literals.moment(run.time)
