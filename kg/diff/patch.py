"""A difference as RDF Patch, which a store can play back: https://afs.github.io/rdf-delta/rdf-patch.html."""

from collections.abc import Iterator

from kg.diff.compare import Difference


def patch(difference: Difference) -> Iterator[str]:
    """Yield the lines of the patch that turns the first graph into the second, in one transaction."""
    yield "TX ."
    yield from (f"D {quad} ." for quad in difference.removed)
    yield from (f"A {quad} ." for quad in difference.added)
    yield "TC ."
