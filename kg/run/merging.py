"""Which events of several articles are one, and which articles are copies, job by job: `kg.merge.join` over files.

    events by home ─merge_events─▶ clusters: in full, and for each shard what it needs
    prints by fortnight ─pair_copies─▶ pairs ─collect_copies─▶ for each shard the first articles of its copies

Only `collect_copies` runs once for all; it knows of each copy no more than its IRI and its day.
"""

from collections import defaultdict
from collections.abc import Iterator

import msgspec

from kg.merge.blocks import home
from kg.merge.compare import Comparer
from kg.merge.copies import copies, first_of, fortnights
from kg.merge.join import join_events
from kg.merge.signature import EventSignature, Print, Signature
from kg.run.job import Done, Setup, partition_of, shard_name, tools_of
from kg.run.sections import read_section, write_sections
from kg.run.tools import Tools

_ENCODE = msgspec.json.Encoder().encode


class AtHome(msgspec.Struct, frozen=True, array_like=True):
    """An event with its home and the number of its shard."""

    home: str
    shard: int
    event: EventSignature


class Printed(msgspec.Struct, frozen=True, array_like=True):
    """An article with one of its fortnights and the number of its shard."""

    fortnight: str
    shard: int
    article: Print


class Copied(msgspec.Struct, frozen=True, array_like=True):
    """A copy with the first article of its fortnight that has those words, and the numbers of their shards."""

    earlier: Print
    later: Print
    shards: tuple[int, int]


class Member(msgspec.Struct, frozen=True, array_like=True):
    """An event with the IRI of its cluster, which the job `partition` knows all about."""

    event: str
    cluster: str
    partition: int


_AT_HOME = msgspec.json.Decoder(AtHome)
_PRINTED = msgspec.json.Decoder(Printed)
_COPIED = msgspec.json.Decoder(Copied)


class Signed:
    """Collects the signatures of one shard; `homes` are those of events that the user keeps together.

    Args:
        setup: of the run.
        number: of the shard.
        tools: know which event types may be told for one another, and what the user decided.
    """

    def __init__(self, setup: Setup, number: int, tools: Tools) -> None:
        self._setup, self._number = setup, number
        self._groups, self._decided = Comparer(tools.vocab).groups, tools.decisions.events
        self._events: dict[int, list[bytes]] = defaultdict(list)
        self._prints: dict[int, list[bytes]] = defaultdict(list)
        self.homes: set[str] = set()

    def add(self, signature: Signature) -> None:
        """Add the signature of one article."""
        for event in signature.events:
            decided = event.event in self._decided
            place = home(event, self._groups) or (event.event if decided else None)
            if place is None:
                continue
            if decided:
                self.homes.add(place)
            told = AtHome(home=place, shard=self._number, event=event)
            self._events[partition_of(place, self._setup)].append(_ENCODE(told))
        for key in fortnights(signature.print):
            printed = Printed(fortnight=key, shard=self._number, article=signature.print)
            self._prints[partition_of(key, self._setup)].append(_ENCODE(printed))

    def write(self) -> None:
        """Write what was collected."""
        for name, sections in (("events", self._events), ("prints", self._prints)):
            with self._setup.work.sub(name).write(shard_name(self._number)) as file:
                write_sections(file, sections)


def merge_events(setup: Setup, number: int) -> int:
    """Write the clusters of all events at home in partition `number`: in full, and for each shard what it needs.

    Returns how many events more or less the graph has for them: -2 when three are one.
    Homes that the user ties to others are all worked on in the first partition.
    """
    tools = tools_of(setup)
    shards: dict[str, int] = {}
    events: list[EventSignature] = []
    for found in _at_home(setup, number):
        shards[found.event.event] = found.shard
        events.append(found.event)
    clusters = join_events(events, Comparer(tools.vocab), tools.decisions)
    sections: dict[int, list[bytes]] = defaultdict(list)
    for event in sorted(clusters):
        member = Member(event=event, cluster=clusters[event].iri, partition=number)
        sections[shards[event]].append(_ENCODE(member))
    with setup.work.sub("clusters").write(shard_name(number)) as file:
        write_sections(file, sections)
    whole = {one.iri: one for one in clusters.values()}
    with setup.work.sub("whole").write(shard_name(number)) as file:
        file.writelines(_ENCODE(whole[iri]) + b"\n" for iri in sorted(whole))
    return len(whole) - len(clusters)


def pair_copies(setup: Setup, number: int) -> None:
    """Write each copy in the fortnights of partition `number` with the first article of its fortnight that it is like."""
    groups: dict[str, list[Print]] = defaultdict(list)
    shards: dict[str, int] = {}
    for shard in range(setup.shards):
        for line in read_section(setup.work.sub("prints"), shard_name(shard), number):
            found = _PRINTED.decode(line)
            groups[found.fortnight].append(found.article)
            shards[found.article.article] = shard
    with setup.work.sub("copied").write(shard_name(number)) as file:
        for key in sorted(groups):
            known = {one.article: one for one in groups[key]}
            for pair in first_of(copies(groups[key])).items():
                later, earlier = (msgspec.structs.replace(known[article], minhash=b"") for article in pair)
                both = (shards[earlier.article], shards[later.article])
                file.write(_ENCODE(Copied(earlier=earlier, later=later, shards=both)) + b"\n")


def collect_copies(setup: Setup, number: int) -> Done:
    """Write for each shard which of its articles are copies, and of what."""
    shards: dict[str, int] = {}

    def pairs() -> Iterator[tuple[Print, Print]]:
        for partition in range(setup.config.run.partitions):
            with setup.work.sub("copied").read(shard_name(partition)) as file:
                for line in file:
                    found = _COPIED.decode(line)
                    shards[found.earlier.article], shards[found.later.article] = found.shards
                    yield found.earlier, found.later

    sections: dict[int, list[bytes]] = defaultdict(list)
    for article, first in sorted(first_of(pairs()).items()):
        sections[shards[article]].append(_ENCODE((article, first)))
    with setup.work.write("copies.jsonl") as file:
        write_sections(file, sections)
    return Done(number=number)


def _at_home(setup: Setup, number: int) -> Iterator[AtHome]:
    """Yield the events that partition `number` works on."""
    tied = set(setup.homes)
    partitions = {number} if number else {0, *(partition_of(place, setup) for place in tied)}
    for shard in range(setup.shards):
        for partition in sorted(partitions):
            for line in read_section(setup.work.sub("events"), shard_name(shard), partition):
                found = _AT_HOME.decode(line)
                if number == (0 if found.home in tied else partition):
                    yield found
