"""What workers do: each job reads files of a run and writes others, and may be done twice.

    shards ─read─▶ linked records ─────────────────────write─▶ parts ─fold─▶ parts of events told by several
              ├──▶ sightings ─join─▶ nodes ─────────────┘ └──▶ tellings ──┘
              └──▶ signatures ─(kg.run.merging)─▶ clusters, copies

The first wave (`read_shard`) takes one shard of articles each. What articles tell of things that others may name too goes
into sections by the thing's IRI. `join_partition` adds up one such section of all shards, and tells each shard how the nodes
that it needs are called, and which of its events and articles are those of others. The second wave (`write_part`) writes
each shard's share of the graph as sorted N-Quads, and hands on how its articles tell events that others tell too, from which
`fold_events` writes the rest.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from operator import itemgetter

import msgspec

from kg.merge.entities import Sighting, part_of, sightings
from kg.merge.gather import Gathered, gather, node
from kg.merge.sign import sign
from kg.merge.unify import place, publisher_of
from kg.rdf.graph import Writer
from kg.rdf.telling import Telling
from kg.records import LinkedExtraction
from kg.resolved import Cluster, Clusters, Resolved, ResolvedEntity
from kg.run.build import Options, run_of
from kg.run.job import Done, Setup, Stored, part_name, partition_of, shard_name, tools_of
from kg.run.linking import link_all
from kg.run.merging import Member, Signed, merge_events, pair_copies
from kg.run.sections import read_section, write_sections
from kg.run.sources import Item, extractions
from kg.run.tools import Tools

_ENCODE = msgspec.json.Encoder().encode
_LINKED = msgspec.json.Decoder(LinkedExtraction)
_GATHERED = msgspec.json.Decoder(Gathered)
_NODE = msgspec.json.Decoder(ResolvedEntity)
_STORED = msgspec.json.Decoder(Stored)
_MEMBER = msgspec.json.Decoder(Member)
_COPY = msgspec.json.Decoder(tuple[str, str])
_CLUSTER = msgspec.json.Decoder(Cluster)
_TELLING = msgspec.json.Decoder(Telling)


def read_shard(setup: Setup, number: int) -> Done:
    """Read, extract and link the articles of one shard; write them, what they tell of shared things, and their signatures."""
    tools = tools_of(setup)
    problems: list[str] = []
    articles = events = claims = 0
    parts: dict[str, list[Gathered]] = defaultdict(list)
    signed = Signed(setup, number, tools)
    with setup.work.sub("linked").write(shard_name(number)) as file:
        for linked in link_all(extractions(_items(setup, number), tools, problems.append), tools, problems.append):
            articles += 1
            events += len(linked.extraction.events)
            claims += len(linked.extraction.claims)
            file.write(_ENCODE(linked) + b"\n")
            for part in _shared(linked, tools, setup.options):
                parts[part.iri].append(part)
            if setup.options.merge:
                signed.add(sign(linked, minter=tools.minter, vocab=tools.vocab))
    sections: dict[int, list[bytes]] = defaultdict(list)
    for iri in sorted(parts):
        sections[partition_of(iri, setup)].append(_ENCODE(gather(parts[iri])))
    with setup.work.sub("sightings").write(shard_name(number)) as file:
        write_sections(file, sections)
    signed.write()
    return Done(
        number=number,
        articles=articles,
        events=events,
        claims=claims,
        problems=tuple(problems),
        homes=tuple(sorted(signed.homes)),
    )


def join_partition(setup: Setup, number: int) -> Done:
    """Work out what is one across articles, as far as partition `number` tells it: things, events, copies."""
    _name_nodes(setup, number)
    if not setup.options.merge:
        return Done(number=number)
    pair_copies(setup, number)
    return Done(number=number, events=merge_events(setup, number))


def _name_nodes(setup: Setup, number: int) -> None:
    """Add up what all shards tell of the shared things in partition `number`; write the nodes for each shard."""
    tools = tools_of(setup)
    parts: dict[str, Gathered] = {}
    users: dict[str, list[int]] = defaultdict(list)
    folder = setup.work.sub("sightings")
    for shard in range(setup.shards):
        for line in read_section(folder, shard_name(shard), number):
            part = _GATHERED.decode(line)
            # Added up at once, so that a name which every shard has stays one record.
            known = parts.get(part.iri)
            parts[part.iri] = part if known is None else gather([known, part])
            users[part.iri].append(shard)
    sections: dict[int, list[bytes]] = defaultdict(list)
    for iri in sorted(parts):
        encoded = _ENCODE(node(parts[iri], vocab=tools.vocab, merge=setup.options.merge))
        for shard in users[iri]:
            sections[shard].append(encoded)
    with setup.work.sub("nodes").write(shard_name(number)) as file:
        write_sections(file, sections)


def write_part(setup: Setup, number: int) -> Done:
    """Write the quads of one shard, sorted, each once, and how its articles tell the events that others tell too."""
    tools = tools_of(setup)
    writer = _writer(setup, tools)
    known, partitions = _clusters(setup, number)
    sections: dict[int, list[bytes]] = defaultdict(list)

    def lines() -> Iterator[list[bytes]]:
        yield writer.run()
        for resolved in _resolved(setup, number, tools, known):
            written = writer.article(resolved)
            yield written.lines
            for telling in written.shared:
                sections[partitions[telling.event]].append(_ENCODE(telling))

    _write_lines(setup, number, lines())
    with setup.work.sub("tellings").write(shard_name(number)) as file:
        write_sections(file, sections)
    return Done(number=number)


def fold_events(setup: Setup, number: int) -> Done:
    """Write the quads of the events in partition `number` that several articles tell."""
    writer = _writer(setup, tools_of(setup))
    with setup.work.sub("whole").read(shard_name(number)) as file:
        clusters = {cluster.iri: cluster for cluster in map(_CLUSTER.decode, file)}
    told: dict[str, list[Telling]] = defaultdict(list)
    for shard in range(setup.shards):
        for line in read_section(setup.work.sub("tellings"), shard_name(shard), number):
            telling = _TELLING.decode(line)
            told[telling.event].append(telling)
    lines = (writer.event(told[iri], clusters[iri]) for iri in sorted(told))
    _write_lines(setup, setup.shards + number, lines)
    return Done(number=number)


def line_key(line: bytes) -> tuple[bytes, bytes]:
    """Return what a line of N-Quads in named graphs is sorted by: its graph first, none before all."""
    # An IRI holds neither a space nor a quote; a literal ends with a quote and perhaps its type.
    head, _, last = line.removesuffix(b" .\n").rpartition(b" ")
    return (last, line) if last.startswith(b"<") and b'"' not in last and _has_object(head) else (b"", line)


def _has_object(head: bytes) -> bool:
    """Tell whether subject, predicate and object stand before the last term, which then names a graph."""
    return bool(head.partition(b"> ")[2].partition(b"> ")[2])


def _write_lines(setup: Setup, number: int, groups: Iterable[list[bytes]]) -> None:
    """Write the part `number` of the graph: sorted lines, each once."""
    key = line_key if setup.options.named_graphs else None
    # Sorting what is sorted by articles is merging, and takes half the time.
    found = list(chain.from_iterable(sorted(group, key=key) for group in groups))
    found.sort(key=key)
    with setup.work.sub("parts").write(part_name(number)) as file:
        file.writelines(map(itemgetter(0), groupby(found)))


def _items(setup: Setup, number: int) -> Iterator[Item]:
    with setup.work.sub("shards").read(shard_name(number)) as file:
        for line in file:
            stored = _STORED.decode(line)
            yield Item(kind=stored.kind, data=bytes(stored.data), path=stored.path, number=stored.number)


def _shared(linked: LinkedExtraction, tools: Tools, options: Options) -> Iterator[Gathered]:
    """Yield what the article tells of things that others may name too."""
    _, seen = _sightings(linked, tools, options)
    yield from (part_of(sighting) for sighting in seen if sighting.shared)
    yield from publisher_of(linked.extraction.article, tools.minter)


def _resolved(setup: Setup, number: int, tools: Tools, known: Clusters) -> Iterator[Resolved]:
    nodes = {found.iri: found for found in map(_NODE.decode, _sections(setup, "nodes", number))}
    with setup.work.sub("linked").read(shard_name(number)) as file:
        for line in file:
            linked = _LINKED.decode(line)
            iri, seen = _sightings(linked, tools, setup.options)
            nodes.update(_own(seen, tools, merge=setup.options.merge))
            yield place(linked, iri, seen, nodes, tools.minter, known)


def _clusters(setup: Setup, number: int) -> tuple[Clusters, dict[str, int]]:
    """Return what is one across articles, as far as shard `number` needs it, and which partition knows all of each cluster."""
    if not setup.options.merge:
        return Clusters(), {}
    members = [_MEMBER.decode(line) for line in _sections(setup, "clusters", number)]
    known = Clusters(
        events={one.event: Cluster(iri=one.cluster, members=(), reasons=()) for one in members},
        copies=dict(map(_COPY.decode, read_section(setup.work, "copies.jsonl", number))),
    )
    return known, {one.cluster: one.partition for one in members}


def _sections(setup: Setup, folder: str, number: int) -> Iterator[bytes]:
    """Yield what all partitions tell shard `number`."""
    for partition in range(setup.config.run.partitions):
        yield from read_section(setup.work.sub(folder), shard_name(partition), number)


def _writer(setup: Setup, tools: Tools) -> Writer:
    run, options = run_of(tools, setup.options), setup.options
    return Writer(run=run, minter=tools.minter, vocab=tools.vocab, named_graphs=options.named_graphs)


def _own(seen: Iterable[Sighting], tools: Tools, *, merge: bool) -> dict[str, ResolvedEntity]:
    """Return the nodes that no other article can have."""
    parts: dict[str, list[Gathered]] = defaultdict(list)
    for sighting in seen:
        if not sighting.shared:
            parts[sighting.iri].append(part_of(sighting))
    return {iri: node(gather(group), vocab=tools.vocab, merge=merge) for iri, group in parts.items()}


def _sightings(linked: LinkedExtraction, tools: Tools, options: Options) -> tuple[str, tuple[Sighting, ...]]:
    iri = tools.minter.article(linked.extraction.article)
    return iri, sightings(linked, iri, minter=tools.minter, vocab=tools.vocab, merge=options.merge)
