"""Which events of several articles are one, and which articles are copies: the steps of merging in a row."""

from collections.abc import Iterable

from kg.ids import Minter
from kg.merge.blocks import block_keys, pairs
from kg.merge.cluster import cluster
from kg.merge.compare import Comparer
from kg.merge.copies import find_copies
from kg.merge.overrides import Decisions
from kg.merge.sign import sign
from kg.merge.signature import EventSignature
from kg.records import LinkedExtraction
from kg.resolved import Cluster, Clusters
from kg.vocab import Vocab


def join(
    linked: Iterable[LinkedExtraction], *, minter: Minter, vocab: Vocab, decisions: Decisions | None = None
) -> Clusters:
    """Return what is one across articles; the order of `linked` does not matter.

    Args:
        linked: what the articles tell.
        minter: mints the IRIs.
        vocab: knows which event types may be told for one another.
        decisions: pairs of events that the user keeps together or apart.
    """
    signatures = [sign(one, minter=minter, vocab=vocab) for one in linked]
    events = {event.event: event for signature in signatures for event in signature.events}
    return Clusters(
        events=join_events(events.values(), Comparer(vocab), decisions),
        copies=find_copies(signature.print for signature in signatures),
    )


def join_events(
    events: Iterable[EventSignature], comparer: Comparer, decisions: Decisions | None = None
) -> dict[str, Cluster]:
    """Return the cluster of each event that is not alone, by the event's IRI.

    Args:
        events: all events of one or more homes (see `home`), each once; with decisions to keep events together that have
            different homes, all of these homes.
        comparer: scores pairs.
        decisions: pairs of events that the user keeps together or apart.
    """
    known, chosen = list(events), decisions or Decisions()
    blocks: dict[str, list[EventSignature]] = {}
    for event in known:
        for key in block_keys(event, comparer.groups):
            blocks.setdefault(key, []).append(event)
    found = [pair for block in blocks.values() if len(block) > 1 for pair in pairs(block, comparer)]
    return cluster([*found, *chosen.pairs(known)], chosen)
