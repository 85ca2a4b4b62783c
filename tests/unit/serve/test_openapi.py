"""The description of the interface tells of what there is."""

from kg.query import catalogue
from kg.serve.media import ROWS, TRIPLES
from kg.serve.openapi import document


def test_every_canned_query_is_described_with_its_parameters() -> None:
    queries = catalogue()
    paths = document(queries)["paths"]
    for query in queries.values():
        described = paths[f"/queries/{query.name}"]["get"]["parameters"]
        assert [each["name"] for each in described] == [parameter.name for parameter in query.parameters]


def test_every_media_type_is_described() -> None:
    paths = document({})["paths"]
    assert set(paths["/sparql"]["get"]["responses"]["200"]["content"]) == {*ROWS, *TRIPLES}
    assert set(paths["/ontology"]["get"]["responses"]["200"]["content"]) == {"text/html", *TRIPLES}


def test_every_reference_leads_somewhere() -> None:
    found = document(catalogue())
    references = {
        status for path in found["paths"].values() for method in path.values() for status in method["responses"]
    }
    assert references - {"200"} <= set(found["components"]["responses"])
