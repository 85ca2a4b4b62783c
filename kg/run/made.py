"""A graph that was made, in memory or in parts, ready to be written."""

from collections.abc import Iterator
from typing import BinaryIO, Protocol

import msgspec
import pyoxigraph as ox

from kg.rdf.namespaces import prefixes
from kg.rdf.serialise import Format
from kg.records import LinkedExtraction
from kg.run.counts import Counts
from kg.run.finish import write_file
from kg.run.folder import Folder
from kg.run.graph import Graph
from kg.run.job import part_name, shard_name
from kg.run.waves import Parts


class Made(Protocol):
    """A graph with the records that it was made from."""

    @property
    def counts(self) -> Counts:
        """What it is made of, in numbers."""
        ...

    def write(self, file: BinaryIO, form: Format) -> None:
        """Write the graph in one format.

        Raises:
            InputError: the format cannot hold it.
        """
        ...

    def move(self, target: Folder) -> None:
        """Leave the sorted parts of the graph in `target` as N-Quads, and no others."""
        ...

    def fill(self, store: ox.Store) -> None:
        """Put the graph into an empty store."""
        ...

    def records(self) -> Iterator[bytes]:
        """Yield the extraction records as JSON, in their order."""
        ...


class Whole(msgspec.Struct, frozen=True, kw_only=True):
    """A graph in memory."""

    graph: Graph
    linked: tuple[LinkedExtraction, ...]

    @property
    def counts(self) -> Counts:
        """What it is made of, in numbers."""
        return self.graph.counts

    def write(self, file: BinaryIO, form: Format) -> None:
        """Write the graph in one format."""
        file.write(self.graph.serialise(form.name))

    def move(self, target: Folder) -> None:
        """Write the graph as the only part."""
        with target.write(part_name(0)) as file:
            file.write(self.graph.serialise("nquads"))

    def fill(self, store: ox.Store) -> None:
        """Put the graph into an empty store."""
        store.bulk_extend(self.graph.quads)

    def records(self) -> Iterator[bytes]:
        """Yield the extraction records as JSON, in their order."""
        return (msgspec.json.encode(linked.extraction) for linked in self.linked)


class _Linked(msgspec.Struct, frozen=True):
    extraction: msgspec.Raw


class InParts(msgspec.Struct, frozen=True, kw_only=True):
    """A graph in the work folder of a run."""

    parts: Parts
    base: str
    named_graphs: bool

    @property
    def counts(self) -> Counts:
        """What it is made of, in numbers."""
        parts = self.parts
        return Counts(articles=parts.articles, events=parts.events, claims=parts.claims, problems=len(parts.problems))

    def write(self, file: BinaryIO, form: Format) -> None:
        """Write the graph in one format."""
        names, bound = self.parts.names(), prefixes(self.base)
        write_file(file, self.parts.folder, names, form, bound, named_graphs=self.named_graphs)

    def move(self, target: Folder) -> None:
        """Move the parts."""
        names = self.parts.names()
        for name in names:
            self.parts.folder.move(name, target, name)
        target.remove_files(name for name in target.names() if name.startswith("part-") and name not in set(names))

    def fill(self, store: ox.Store) -> None:
        """Put the graph into an empty store."""
        for name in self.parts.names():
            with self.parts.folder.read(name) as file:
                store.bulk_load(file, ox.RdfFormat.N_QUADS)

    def records(self) -> Iterator[bytes]:
        """Yield the extraction records as JSON, in their order."""
        decoder = msgspec.json.Decoder(_Linked)
        folder = self.parts.work.sub("linked")
        for number in range(self.parts.shards):
            with folder.read(shard_name(number)) as file:
                for line in file:
                    yield bytes(decoder.decode(line).extraction)
