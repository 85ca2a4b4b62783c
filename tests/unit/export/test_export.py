"""Exports: what each form holds, read back by the readers that people use."""

import csv
import datetime as dt
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from pyarrow import parquet

from kg.cli import cli
from kg.errors import InputError
from kg.export import EXPORTERS
from kg.export.layout import VALUES, load_layout
from kg.export.rows import rows
from kg.rdf.namespaces import LABEL, ckg
from kg.vocab import Vocab, load_vocab

SMALL = Path(__file__).parents[2] / "data" / "small.ttl"
BELGOROD = "https://w3id.org/conflict-kg/id/event/belgorod-shelling"


@pytest.fixture(scope="module")
def vocab() -> Vocab:
    return load_vocab()


def export(store: ox.Store, name: str, vocab: Vocab) -> bytes:
    return EXPORTERS[name].write(store, vocab)


def read_csv(written: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written.decode("utf-8"), newline="")))


@pytest.mark.parametrize("name", EXPORTERS)
def test_the_same_graph_is_the_same_bytes(name: str, small: ox.Store, vocab: Vocab) -> None:
    again = ox.Store()
    again.bulk_extend(sorted(small, key=str, reverse=True))
    assert export(small, name, vocab) == export(again, name, vocab)


@pytest.mark.parametrize("name", EXPORTERS)
def test_an_empty_graph_is_a_valid_file(name: str, vocab: Vocab) -> None:
    assert export(ox.Store(), name, vocab)


@pytest.mark.parametrize("name", ["acled", "ucdp"])
def test_layouts_name_what_fills_each_column(name: str) -> None:
    layout = load_layout(name)
    assert {column.value for column in layout.column if column.value} <= set(VALUES)
    assert len({column.name for column in layout.column}) == len(layout.column)
    assert all(column.meaning for column in layout.column)


def test_layouts_know_every_event_type(vocab: Vocab) -> None:
    columns = {column.name: column.codes or {} for column in load_layout("acled").column}
    assert set(columns["event_type"]) == set(vocab.event_types)
    assert set(columns["disorder_type"]) == set(vocab.event_types) - {"Riot"}


def test_acled_tells_what_the_graph_knows(small: ox.Store, vocab: Vocab) -> None:
    found = {row["event_id_cnty"]: row for row in read_csv(export(small, "acled", vocab))}
    row = found["belgorod-shelling"]
    told = {name: value for name, value in row.items() if value}
    assert told.pop("notes").endswith("[perpetrator alleged: Kyiv] [weapon alleged: Vampire]")
    assert told == {
        "event_id_cnty": "belgorod-shelling",
        "event_date": "2023-12-30",
        "year": "2023",
        "time_precision": "1",
        "disorder_type": "Political violence",
        "event_type": "Explosions/Remote violence",
        "sub_event_type": "Shelling/artillery/missile attack",
        "actor1": "Kyiv",
        "iso": "643",
        "country": "Russia",
        "location": "Belgorod",
        "latitude": "50.5977",
        "longitude": "36.5858",
        "geo_precision": "1",
        "source": "Example Wire",
        "fatalities": "21",
    }


def test_ucdp_tells_both_bounds_of_the_toll(small: ox.Store, vocab: Vocab) -> None:
    found = {row["id"]: row for row in read_csv(export(small, "ucdp", vocab))}
    row = found["belgorod-shelling"]
    assert (row["low"], row["best"], row["high"], row["number_of_sources"]) == ("21", "21", "25", "1")
    assert row["geom_wkt"] == "POINT (36.5858 50.5977)"
    assert (row["where_prec"], row["date_prec"], row["gwnoa"]) == ("1", "1", "")


def test_events_that_did_not_happen_are_none_of_acled(small: ox.Store, vocab: Vocab) -> None:
    event = ox.NamedNode(BELGOROD)
    for quad in list(small.quads_for_pattern(event, ckg("status"), None, None)):
        small.remove(quad)
    small.add(ox.Quad(event, ckg("status"), ckg("Threatened")))
    assert "belgorod-shelling" not in {row["event_id_cnty"] for row in read_csv(export(small, "acled", vocab))}
    assert BELGOROD in {row.iri for row in rows(small, vocab)}


def test_a_name_is_no_formula_of_a_spreadsheet(small: ox.Store, vocab: Vocab) -> None:
    place = next(small.quads_for_pattern(ox.NamedNode(BELGOROD), ckg("place"), None, None)).object
    _rename(small, place, '=HYPERLINK("http://evil.example")')
    found = {row["event_id_cnty"]: row for row in read_csv(export(small, "acled", vocab))}
    assert found["belgorod-shelling"]["location"] == '\'=HYPERLINK("http://evil.example")'


def test_geojson_has_longitude_first_and_no_invented_points(small: ox.Store, vocab: Vocab) -> None:
    found = json.loads(export(small, "geojson", vocab))
    assert found["type"] == "FeatureCollection"
    features = {one["id"]: one for one in found["features"]}
    assert features[BELGOROD]["geometry"] == {"type": "Point", "coordinates": [36.5858, 50.5977]}
    assert features[BELGOROD]["properties"]["alleged_perpetrators"] == ["Kyiv"]
    unplaced = [one for one in features.values() if one["properties"]["latitude"] is None]
    assert unplaced
    assert all(one["geometry"] is None for one in unplaced)


def test_parquet_has_dates_numbers_and_lists(small: ox.Store, vocab: Vocab) -> None:
    table = parquet.read_table(io.BytesIO(export(small, "parquet", vocab))).to_pylist()
    row = next(row for row in table if row["event"] == BELGOROD)
    assert (row["start"], row["killed_low"], row["killed_high"]) == (dt.date(2023, 12, 30), 21, 25)
    assert row["alleged_perpetrators"] == ["Kyiv"]


def test_graphml_tells_who_accuses_whom(small: ox.Store, vocab: Vocab) -> None:
    space = {"g": "http://graphml.graphdrawing.org/xmlns"}
    root = ET.fromstring(export(small, "graphml", vocab))
    names = {node.get("id"): node.findtext("g:data", namespaces=space) for node in root.iterfind(".//g:node", space)}
    edges = {
        (names[edge.get("source")], names[edge.get("target")], *(data.text for data in edge.iterfind("g:data", space)))
        for edge in root.iterfind(".//g:edge", space)
    }
    assert ("Authorities in Russia", "Kyiv", "accuses", "1") in edges
    assert None not in names.values()


def test_graphml_holds_no_character_that_xml_forbids(small: ox.Store, vocab: Vocab) -> None:
    accused = next(small.quads_for_pattern(None, ckg("accused"), None, None)).object
    _rename(small, accused, "Ky\x01iv & <Co>\ufffe")
    assert b"Ky\xef\xbf\xbdiv &amp; &lt;Co&gt;\xef\xbf\xbd" in export(small, "graphml", vocab)


class Page(HTMLParser):
    """Collects what a page would fetch, and its scripts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.tags: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.fetched += [value or "" for name, value in attrs if name in {"src", "srcset", "data", "poster"}]


def test_the_report_fetches_nothing_and_runs_nothing(small: ox.Store, vocab: Vocab) -> None:
    text = export(small, "html", vocab).decode("utf-8")
    page = Page(text)
    assert page.fetched == []
    assert not page.tags & {"script", "link", "iframe", "object", "embed", "img"}
    assert not re.search(r"url\(|@import", text)
    assert {"Shelling in Belgorod, 2023-12-30", "Kyiv"} <= set(re.findall(r">([^<>]+)<", text))


def test_the_report_shows_hostile_words_as_words(small: ox.Store, vocab: Vocab) -> None:
    _rename(small, ox.NamedNode(BELGOROD), "<script>alert(1)</script>")
    article = next(small.quads_for_pattern(ox.NamedNode(BELGOROD), ckg("mentionedIn"), None, None)).object
    source = ox.NamedNode("http://purl.org/dc/terms/source")
    for quad in list(small.quads_for_pattern(article, source, None, None)):
        small.remove(quad)
    small.add(ox.Quad(article, source, ox.Literal("javascript:alert(1)")))
    text = export(small, "html", vocab).decode("utf-8")
    assert "<script" not in text
    assert "javascript:" not in text
    assert "&lt;script&gt;" in text


def test_the_report_counts_what_it_cannot_draw(small: ox.Store, vocab: Vocab) -> None:
    every = rows(small, vocab)
    text = export(small, "html", vocab).decode("utf-8")
    unplaced = sum(row.place is None or row.place.lat is None for row in every)
    undated = sum(row.start is None for row in every)
    assert f"{unplaced} event{'s have' if unplaced > 1 else ' has'} no coordinates" in text
    assert (f"{undated} undated" in text) == bool(undated)


def test_the_ending_chooses_the_form(tmp_path: Path) -> None:
    for name, form in EXPORTERS.items():
        if name == "ucdp":
            continue
        out = tmp_path / f"events{form.ending}"
        result = CliRunner().invoke(cli, ["export", str(SMALL), "-o", str(out)])
        assert result.exit_code == 0, result.output
        by_name = CliRunner().invoke(cli, ["export", "--data", str(SMALL), "--format", name])
        assert out.read_bytes() == by_name.stdout_bytes


def test_an_unknown_ending_is_named(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["export", str(SMALL), "-o", str(tmp_path / "events.xls")])
    assert isinstance(result.exception, InputError)
    assert "--format (acled, ucdp," in str(result.exception)


def _rename(store: ox.Store, node: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple, name: str) -> None:
    assert isinstance(node, ox.NamedNode)
    for quad in list(store.quads_for_pattern(node, LABEL, None, None)):
        store.remove(quad)
    store.add(ox.Quad(node, LABEL, ox.Literal(name)))
