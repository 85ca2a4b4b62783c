"""Results in every format."""

import csv
import io
import json

import pyoxigraph as ox
import pytest
import rdflib

from kg.errors import QueryError
from kg.query import bind, find, run, table
from kg.query.formats import FORMATS, write


def rows(store: ox.Store) -> ox.QuerySolutions:
    found = run(store, find("events").text)
    assert isinstance(found, ox.QuerySolutions)
    return found


def test_csv_has_one_line_a_row(small: ox.Store) -> None:
    lines = list(csv.reader(io.StringIO(write(rows(small), "csv").decode())))
    assert lines[0][:3] == ["event", "label", "type"]
    assert len(lines) == 6


@pytest.mark.parametrize(("name", "form"), [("json", "json"), ("xml", "xml"), ("tsv", "tsv")])
def test_w3c_formats_are_read_by_rdflib(small: ox.Store, name: str, form: str) -> None:
    parsed = rdflib.query.Result.parse(io.BytesIO(write(rows(small), name)), format=form)
    assert len(list(parsed)) == 5


def test_geojson_has_longitude_first_and_keeps_rows_without_place(small: ox.Store) -> None:
    found = json.loads(write(rows(small), "geojson"))
    assert found["type"] == "FeatureCollection"
    features = {feature["properties"]["event"].rpartition("/")[2]: feature for feature in found["features"]}
    assert features["belgorod-shelling"]["geometry"] == {"type": "Point", "coordinates": [36.5858, 50.5977]}
    assert features["belgorod-shelling"]["properties"]["killed_low"] == 21
    assert features["springfield-protest"]["geometry"] is None


def test_construct_gives_turtle_only(small: ox.Store) -> None:
    query = "CONSTRUCT { ?e a ckg:Event } WHERE { ?e a ckg:Event }"
    turtle = write(run(small, query), "ttl")
    assert len(rdflib.Graph().parse(data=turtle, format="turtle")) == 5
    assert turtle == write(run(small, query), "ttl")
    for name in set(FORMATS) - {"ttl"}:
        with pytest.raises(QueryError, match="format"):
            write(run(small, query), name)


def test_select_gives_no_turtle_and_no_map_without_coordinates(small: ox.Store) -> None:
    with pytest.raises(QueryError, match="CONSTRUCT"):
        write(rows(small), "ttl")
    with pytest.raises(QueryError, match="lat and long"):
        write(run(small, find("sources").text), "geojson")


def test_ask_has_every_result_format(small: ox.Store) -> None:
    assert json.loads(write(run(small, "ASK { ?s a ckg:Event }"), "json"))["boolean"] is True
    assert write(run(small, "ASK { ?s a ckg:Nothing }"), "csv") == b"false"


def test_a_table_without_terminal_is_not_cut(small: ox.Store) -> None:
    found = run(small, bind(find("evidence"), {"event": "event:kharkiv-drones"}))
    assert isinstance(found, ox.QuerySolutions)
    text = table.write(found, width=None)
    assert "The drone strike killed at least 41 civilians in Kharkiv, mayor Ihor Testov said." in text
    assert "event:kharkiv-drones" in text


def test_a_table_fits_the_terminal(small: ox.Store) -> None:
    assert all(len(line) <= 80 for line in table.write(rows(small), width=80).splitlines())


def test_cells_hold_no_control_characters_and_no_markup(small: ox.Store) -> None:
    found = run(small, r'SELECT ("a\u001B[31mb\n[bold]c[/bold]" AS ?x) {}')
    assert isinstance(found, ox.QuerySolutions)
    assert "a [31mb [bold]c[/bold]" in table.write(found, width=None)
