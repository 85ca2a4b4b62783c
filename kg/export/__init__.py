"""Graphs in the forms of other tools: event tables, maps, a report, a network of actors.

A new form is one file here and one line in `EXPORTERS`.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import msgspec
import pyoxigraph as ox

from kg.export.geojson import geojson
from kg.export.graphml import graphml
from kg.export.layout import load_layout, table
from kg.export.parquet import parquet
from kg.export.report import report
from kg.export.rows import rows
from kg.vocab import Vocab

__all__ = ["EXPORTERS", "Exporter"]


class Exporter(msgspec.Struct, frozen=True, kw_only=True):
    """One form: what it is, the ending of its files, and what writes it. The same graph is always the same bytes."""

    summary: str
    ending: str
    write: Callable[[ox.Store, Vocab], bytes]


EXPORTERS: Mapping[str, Exporter] = MappingProxyType(
    {
        "acled": Exporter(
            summary="events in the columns of ACLED, CSV",
            ending=".csv",
            write=lambda store, vocab: table(rows(store, vocab), load_layout("acled"), vocab),
        ),
        "ucdp": Exporter(
            summary="events in the columns of UCDP GED, CSV",
            ending=".csv",
            write=lambda store, vocab: table(rows(store, vocab), load_layout("ucdp"), vocab),
        ),
        "geojson": Exporter(
            summary="events as points, for maps",
            ending=".geojson",
            write=lambda store, vocab: geojson(rows(store, vocab)),
        ),
        "html": Exporter(
            summary="a page to read and print, with map, timeline and tolls",
            ending=".html",
            write=lambda store, vocab: report(rows(store, vocab), vocab),
        ),
        "parquet": Exporter(
            summary="events for data frames; needs conflict-kg[parquet]",
            ending=".parquet",
            write=lambda store, vocab: parquet(rows(store, vocab)),
        ),
        "graphml": Exporter(
            summary="who acts against whom, and who says what of whom",
            ending=".graphml",
            write=lambda store, _: graphml(store),
        ),
    }
)
"""Every form by name."""
