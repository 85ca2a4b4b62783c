"""A page that tells all events, with map, timeline and tolls; it needs no other file and asks no server."""

from collections import Counter
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from kg.countries import load_countries
from kg.export.chart import draw_map, draw_timeline, draw_tolls, number
from kg.export.row import Row
from kg.rdf.namespaces import spaced
from kg.records import Harm
from kg.vocab import Vocab

CARDS = 1000
"""So many events are told one by one, the deadliest first; more would make a page that no browser likes to open."""

_TOLLS = 12
"""So many events are in the chart of tolls."""


def report(rows: Sequence[Row], vocab: Vocab) -> bytes:
    """Return the events as one HTML page.

    Args:
        rows: the events.
        vocab: knows the labels of types and of their parents.
    """
    import jinja2  # noqa: PLC0415 - a page alone needs it

    loader = jinja2.FileSystemLoader(Path(__file__).parent)
    environment = jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    groups = list(dict.fromkeys(kind.parent for kind in vocab.event_types.values()))
    ranked = sorted(rows, key=lambda row: (-(row.killed_low or 0), -(row.killed_high or 0)))
    told = {row.iri for row in ranked[:CARDS]}
    deadly = list(islice((row for row in ranked if draw_tolls(row, 1)), _TOLLS))
    most = max(
        (n for row in deadly for c in row.counts if c.harm == Harm.KILLED for n in (c.low, c.high) if n), default=1
    )
    page = environment.get_template("report.html").render(
        rows=rows,
        told=[row for row in rows if row.iri in told],
        groups={group: spaced(group).capitalize() for group in groups},
        counts=Counter(row.parent for row in rows),
        labels={kind.name: kind.label for kind in vocab.event_types.values()},
        countries=load_countries(),
        map=draw_map(rows),
        timeline=draw_timeline(rows, groups),
        number=number,
        tolls=[(row, draw_tolls(row, most)) for row in deadly],
        articles=len({article.iri for row in rows for article in row.articles}),
        days=sorted({row.start for row in rows if row.start} | {row.end for row in rows if row.end}),
    )
    return page.encode("utf-8", "replace")
