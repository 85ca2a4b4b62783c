"""Articles and extractions to graphs."""

import datetime as dt
import json
import logging
from pathlib import Path

import msgspec
import pyoxigraph as ox
import pytest
import rdflib

import kg
from kg.config import Config
from kg.errors import InputError
from kg.gazetteer import Gazetteer
from kg.records import Extraction
from kg.run.build import Options, build, build_from
from kg.run.extract import extract
from kg.run.graph import Graph
from kg.run.tools import Tools
from tests.samples import ARTICLE, CLAIMS, EXTRACTION, SHELLING, TEXT, vocab

TOOLS = Tools(config=Config(), vocab=vocab(), gazetteer=Gazetteer([]))
"""Without names: enough for ready extractions, and quick."""
RECORDS = "".join(
    json.dumps(record) + "\n"
    for record in (
        {"id": "a1", "text": "Shelling killed 21 people in Belgorod on Saturday.", "published": "2024-01-01"},
        {"id": "a2", "text": "Protesters marched in Paris yesterday.", "published": "2024-01-01"},
        {"id": "a3"},
    )
)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("articles") / "articles.jsonl"
    path.write_text(RECORDS)
    return path


def ready(*extractions: Extraction, options: Options | None = None) -> Graph:
    return build_from(extractions or (EXTRACTION,), tools=TOOLS, options=options)


def test_every_article_is_built_or_told_of(file: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        graph = build(file)
    assert (graph.articles, graph.problems) == (2, 1)
    assert "articles.jsonl:3" in caplog.text


def test_the_order_of_articles_changes_no_byte(file: Path, tmp_path: Path) -> None:
    backwards = tmp_path / "backwards.jsonl"
    backwards.write_text("".join(reversed(RECORDS.splitlines(keepends=True))))
    told: list[str] = []
    one, other = (list(extract(path, tools=TOOLS, report=told.append)) for path in ([str(file)], backwards))
    assert one == other[::-1]
    assert ready(*one).serialise() == ready(*other).serialise()


def test_counts() -> None:
    assert ready().summary() == "1 article, 1 event, 2 claims"


def test_an_extraction_of_an_unknown_type_is_told_of() -> None:
    told: list[str] = []
    bad = msgspec.structs.replace(EXTRACTION, events=(msgspec.structs.replace(SHELLING, type="Sneezing"),))
    graph = build_from((bad,), tools=TOOLS, report=told.append)
    assert (graph.articles, graph.problems) == (0, 1)
    assert "'Sneezing'" in told[0]


def test_an_extraction_with_broken_references_is_told_of() -> None:
    told: list[str] = []
    bad = msgspec.structs.replace(
        EXTRACTION, claims=(*CLAIMS, msgspec.structs.replace(CLAIMS[0], id="c3", claimant="m99"))
    )
    assert build_from((bad,), tools=TOOLS, report=told.append).problems == 1
    assert "m99" in told[0]


def test_rdflib_graph_has_every_triple_and_our_prefixes() -> None:
    graph = ready()
    other = graph.to_rdflib()
    assert isinstance(other, rdflib.Graph)
    assert len(other) == len(graph.quads)
    assert dict(other.namespaces())["event"] == rdflib.URIRef("https://w3id.org/conflict-kg/id/event/")


def test_rdflib_dataset_has_every_named_graph() -> None:
    graph = ready(options=Options(named_graphs=True))
    other = graph.to_rdflib()
    assert isinstance(other, rdflib.Dataset)
    names = {quad.graph_name.value for quad in graph.quads if isinstance(quad.graph_name, ox.NamedNode)}
    assert {str(part.identifier) for part in other.graphs() if len(part)} >= names
    assert sum(1 for _ in other.quads()) == len(graph.quads)


def test_the_store_has_the_rows_of_the_file_in_its_order() -> None:
    graph = ready()
    read = ox.Store()
    read.bulk_extend(ox.parse(graph.serialise(), ox.RdfFormat.TURTLE))
    query = "SELECT * { ?s ?p ?o }"
    assert [str(row) for row in graph.to_store().query(query)] == [str(row) for row in read.query(query)]


def test_unknown_format() -> None:
    with pytest.raises(InputError, match="unknown format 'csv'"):
        ready().serialise("csv")


def test_the_base_is_configurable() -> None:
    config = msgspec.convert({"rdf": {"base": "https://example.org/x/"}}, Config)
    graph = build_from((EXTRACTION,), tools=msgspec.structs.replace(TOOLS, config=config))
    assert b"<https://example.org/x/event/>" in graph.serialise()
    assert not any("w3id.org/conflict-kg/id" in quad.subject.value for quad in graph.quads)


def test_time_changes_only_the_run() -> None:
    timed = {quad.triple for quad in ready(options=Options(time=dt.datetime(2024, 1, 1, tzinfo=dt.UTC))).quads}
    assert any(triple.predicate.value.endswith("endedAtTime") for triple in timed)


def test_repeated_articles_count_once() -> None:
    assert ready(EXTRACTION, EXTRACTION).articles == 1


def test_public_names_are_lazy_and_complete() -> None:
    assert kg.build is build
    assert kg.records.Article is type(ARTICLE)
    assert all(hasattr(kg, name) for name in kg.__all__)
    with pytest.raises(AttributeError, match="nothing"):
        kg.nothing  # noqa: B018


def test_the_sample_text_is_not_in_the_graph() -> None:
    assert TEXT not in ready().serialise("ntriples").decode()
