"""A file of RDF into a store elsewhere: piece by piece, verified, and going on where it was stopped."""

import contextlib
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from kg.config import RemoteConfig
from kg.errors import EndpointError, InputError
from kg.rdf.literals import in_sparql
from kg.store.files import parse
from kg.store.remote.check import block, counts, missing
from kg.store.remote.client import Client
from kg.store.remote.journal import Journal, default_folder
from kg.store.remote.order import in_order
from kg.store.remote.pieces import N_QUADS, Piece, Pieces, Sample
from kg.store.remote.profile import Auth, Profile, find_profile
from kg.store.remote.secrets import Secrets

if TYPE_CHECKING:
    import httpx


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """Where a graph goes to.

    `to`: the address of the store. `graph`: the named graph; `None` for the store's default graph, or the graphs of the
    file. `replace`: what the graph held before goes away. `auth`: how the secrets are shown, by default as the profile says.
    `query`: the address that answers queries, by default as the profile says. `journals`: where stopped loads are kept.
    """

    to: str
    profile: Profile
    graph: str | None = None
    replace: bool = False
    auth: Auth | None = None
    query: str | None = None
    journals: Path = msgspec.field(default_factory=default_folder)


class Loaded(msgspec.Struct, frozen=True, kw_only=True):
    """What a load came to.

    `graphs`: graph → triples that it holds now; `None` when the store has no address that answers queries. `triples`: different
    triples in the file. `pieces`: requests, `skipped` of them known from an earlier run. `samples`: triples asked for one by one.
    `nodes`: blank nodes that became IRIs.
    """

    graphs: dict[str | None, int] | None
    triples: int
    pieces: int
    skipped: int
    samples: int
    nodes: int


class _Job(NamedTuple):
    """One request: its number from 1, and whether it is the first of its graph."""

    number: int
    piece: Piece
    first: bool


class _Lost(Exception):  # noqa: N818 - a signal within this module
    """The store does not hold what it has acknowledged."""


Progress = Callable[[int], None]
"""Is told how many triples the store has acknowledged."""


def load(
    path: Path | str,
    target: Target,
    *,
    secrets: Secrets | None = None,
    config: RemoteConfig | None = None,
    progress: Progress | None = None,
    transport: "httpx.BaseTransport | None" = None,
) -> Loaded:
    """Load the RDF file `path` into a store.

    Each piece is a set of triples without blank nodes, so that one whose answer was lost is sent again and nothing doubles.
    What was acknowledged is noted, up to the first piece that was not; the same call goes on from there.

    Args:
        path: the file, in any syntax that `kg.store.parse` reads.
        target: where it goes.
        secrets: who asks.
        config: time and size limits.
        progress: is told how far it is.
        transport: what carries the requests, by default the network.

    Raises:
        InputError: the file breaks its syntax, or its graphs do not fit the target.
        ConfigError: the address is none, or a secret would travel unencrypted.
        EndpointError: the store cannot be reached, refuses, or does not hold in the end what it has acknowledged.
        OSError: the file cannot be read.
    """
    file = Path(path)
    client = Client(
        target.to,
        target.profile,
        secrets=secrets or Secrets(),
        config=config or RemoteConfig(),
        auth=target.auth,
        transport=transport,
    )
    work = _Load(file, target, client, progress or (lambda _: None))
    try:
        if work.journal.read():
            with contextlib.suppress(_Lost):
                return work.run()
        return work.run()
    except _Lost as lost:
        raise EndpointError(f"{target.to} {lost}") from lost
    finally:
        client.close()


class _Load:
    """One file on its way into one store."""

    def __init__(self, file: Path, target: Target, client: Client, progress: Progress) -> None:
        self._file = file
        self._target = target
        self._client = client
        self._progress = progress
        self._name = _hash_of(file)
        profile = msgspec.json.encode(target.profile).decode()
        parts = (target.to, profile, target.graph or "", int(target.replace), self._name)
        self.journal = Journal(target.journals, *parts)

    def run(self) -> Loaded:
        """Send what the store has not acknowledged, and verify that it has everything.

        Raises:
            _Lost: it has not, and the journal is forgotten.
        """
        target, profile = self._target, self._target.profile
        graphs = _holds_graphs(self._file)
        pieces = Pieces(
            parse(self._file),
            profile,
            name=self._name[:20],
            into=profile.graph_for(target.graph),
            graphs=graphs,
            together=graphs and profile.quads is not None and target.graph is None and not target.replace,
        )
        done = self.journal.read()
        samples: list[Sample] = []
        number = triples = 0
        try:
            for job in self._acknowledged(pieces, done):
                number = job.number
                if number > done:
                    self.journal.write(number)
                samples += job.piece.samples
                triples += job.piece.triples
                self._progress(triples)
        except InputError as error:
            loaded = f"; {triples:,} triples before it were loaded" if triples else ""
            raise InputError(f"{error}{loaded}") from error
        expected = pieces.expected()
        if not expected:
            raise InputError(f"{self._file} holds no triples")
        try:
            held = self._verify(expected, samples)
        finally:
            self.journal.forget()
        return Loaded(
            graphs=held,
            triples=sum(expected.values()),
            pieces=number,
            skipped=min(done, number),
            samples=0 if held is None else len(samples),
            nodes=pieces.replaced,
        )

    def _acknowledged(self, pieces: Iterable[Piece], done: int) -> Iterator[_Job]:
        """Yield the jobs in their order once the store has done them; the first `done` it had done before.

        The first request goes alone: a refusal comes before much was sent. So does what drops the old content of a graph.
        """
        replace = self._target.replace
        return in_order(
            self._jobs(pieces),
            lambda job: self._send(job.piece, first=job.first) if job.number > done else None,
            most=self._target.profile.parallel,
            alone=lambda job: job.number == done + 1 or (replace and job.first),
            stop=self._client.stop,
        )

    def _jobs(self, pieces: Iterable[Piece]) -> Iterator[_Job]:
        wanted = self._target.graph
        begun: set[str | None] = set()
        for number, piece in enumerate(pieces, 1):
            if wanted is not None and piece.graph != wanted:
                graph = f"the graph {piece.graph}" if piece.graph else "graphs"
                raise InputError(f"{self._file} has {graph}: leave --graph out to keep it, or convert the file")
            yield _Job(number, piece, piece.graph not in begun)
            begun.add(piece.graph)

    def _send(self, piece: Piece, *, first: bool) -> None:
        client, profile = self._client, self._target.profile
        replace = self._target.replace and first
        if piece.media == N_QUADS:
            assert profile.quads is not None  # noqa: S101 - else no piece holds several graphs
            client.write("POST", client.address(profile.quads), piece.body, piece.media)
        elif profile.named is not None:
            url = client.address(profile.place(piece.graph))
            client.write("PUT" if replace else "POST", url, piece.body, piece.media)
        else:
            assert profile.update is not None  # noqa: S101 - a profile has one of the two
            data = block({piece.graph: [in_sparql(piece.body.decode())]})
            clear = f"CLEAR SILENT {f'GRAPH <{piece.graph}>' if piece.graph else 'DEFAULT'} ; " if replace else ""
            update = f"{clear}INSERT DATA {{ {data} }}"
            client.write("POST", client.address(profile.update), update.encode(), "application/sparql-update")

    def _verify(self, expected: Mapping[str | None, int], samples: Sequence[Sample]) -> dict[str | None, int] | None:
        """Return how many triples each graph holds, `None` when nobody can be asked.

        Raises:
            _Lost: something is missing, or too much.
        """
        target, client = self._target, self._client
        if target.query is None and target.profile.query is None:
            return None
        url = target.query if target.query is not None else client.address(target.profile.query or "")
        found = counts(client, url, expected)
        for graph, number in expected.items():
            exact = target.replace and not (graph is None and target.profile.union)
            if found[graph] < number or (exact and found[graph] != number):
                where = f"the graph {graph}" if graph else "the default graph"
                told = f"acknowledged everything, but {where} holds {found[graph]:,} triples instead of {number:,}"
                raise _Lost(f"{told}: does anybody else write to it? Load again, with --replace for just this file")
        lost = missing(client, url, samples, target.profile.parallel)
        if lost is not None:
            raise _Lost(f"acknowledged everything, but does not have {lost.line.decode().strip()}: load again")
        return found


def _holds_graphs(file: Path) -> bool:
    return file.suffix.lower() in {".nq", ".trig", ".jsonld", ".json"}


def _hash_of(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def target(to: str, profile: str = "generic", graph: str | None = None, *, replace: bool = False) -> Target:
    """Return where a graph goes to, by the name of a profile.

    Raises:
        ConfigError: there is no such profile.
    """
    return Target(to=to, profile=find_profile(profile), graph=graph, replace=replace)
