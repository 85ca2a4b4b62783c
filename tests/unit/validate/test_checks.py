"""Each SPARQL check: silent on a good graph, and finds the fault planted for it."""

import pyoxigraph as ox
import pytest

from kg.config import BASE
from kg.rdf.namespaces import prefixes
from kg.validate import Finding, Severity, checks, validate
from kg.validate.report import report
from kg.vocab import load_vocab

EVENT = "event:belgorod-shelling"
FAULTS = {
    "article-incomplete": "DELETE WHERE { article:a1 ckg:sha256 ?x }",
    "casualty-conflict": "DELETE DATA { casualty:k-21 ckg:conflictsWith casualty:k-25 }",
    "casualty-range": "DELETE WHERE { casualty:k-3 ckg:max ?x } ; INSERT DATA { casualty:k-3 ckg:max 1 }",
    "claim-casualty-incomplete": "DELETE WHERE { casualty:k-3 ckg:harm ?x }",
    "claim-doubled": "INSERT DATA { claim:c-deny ckg:attributedTo group:officials }",
    "claim-incomplete": "DELETE WHERE { claim:c-deny ckg:evidence ?x }",
    "claim-role-incomplete": "DELETE WHERE { claim:r-bel-place ckg:value ?x }",
    "claim-role-unknown": "INSERT DATA { claim:r-bel-place ckg:role ckg:bystander }",
    "claim-role-value": "INSERT DATA { claim:r-bel-perp ckg:value weapon:vampire }",
    "claim-speech-incomplete": "DELETE WHERE { claim:c-deny ckg:content ?x }",
    "confidence-range": f"INSERT DATA {{ {EVENT} ckg:confidence 1.5 }}",
    "entity-label": 'INSERT DATA { place:kyiv rdfs:label "Kiev" }',
    "entity-without-link": "DELETE WHERE { ?link ckg:entity person:testov }",
    "event-class": f"DELETE DATA {{ {EVENT} a ckg:RemoteViolence }}",
    "event-classes": f"INSERT DATA {{ {EVENT} a ckg:AirStrike }}",
    "event-dates": f"DELETE WHERE {{ {EVENT} ckg:endDate ?x }}",
    "event-incomplete": f"DELETE WHERE {{ {EVENT} rdfs:label ?x }}",
    "event-killed-range": f"INSERT DATA {{ {EVENT} ckg:killedLow 26 }}",
    "event-replaced": f"INSERT DATA {{ {EVENT} ckg:replaces event:kharkiv-drones }}",
    "event-untyped": f"DELETE DATA {{ {EVENT} a ckg:Event }}",
    "fact-without-claim": f"INSERT DATA {{ {EVENT} ckg:target place:kharkiv }}",
    "link-values": "INSERT DATA { link:testov ckg:rank 0 }",
    "match-without-link": "INSERT DATA { person:testov skos:exactMatch wd:Q1 }",
    "place-coordinates": "DELETE WHERE { place:kyiv ckg:long ?x }",
    "place-country": 'INSERT DATA { place:kyiv ckg:countryCode "ukr" }',
    "place-geometry": 'INSERT DATA { geometry:kyiv geo:asWKT "POINT(50.4547 30.5238)"^^geo:wktLiteral }',
    "rdf-blank-node": f"INSERT DATA {{ {EVENT} ckg:target [] }}",
    "rdf-boolean": "INSERT DATA { article:a1 ckg:invented true }",
    "rdf-local-name": "INSERT DATA { <https://w3id.org/conflict-kg/id/person/a.b%20c> a ckg:Person }",
    "rdf-same-as": "INSERT DATA { place:kyiv owl:sameAs wd:Q1899 }",
    "run-incomplete": "DELETE WHERE { run:small ckg:configurationHash ?x }",
    "source-unknown": "INSERT DATA { claim:c-deny ckg:accused person:nobody }",
    "span-incomplete": "DELETE WHERE { ?span oa:exact '21 people' }",
    "span-length": "DELETE { ?s oa:exact ?x } INSERT { ?s oa:exact '21 peoples' } "
    "WHERE { ?s oa:exact ?x FILTER(?x = '21 people') }",
    "span-sentence": "DELETE { ?s ckg:sentence ?x } INSERT { ?s ckg:sentence 'Other words.' } "
    "WHERE { ?s oa:exact '21 people' ; ckg:sentence ?x }",
    "term-harm": "INSERT DATA { casualty:k-3 ckg:harm ckg:Annoyed }",
    "term-stance": "INSERT DATA { claim:c-deny ckg:stance ckg:Asserts }",
    "term-status": f"INSERT DATA {{ {EVENT} ckg:status ckg:Imagined }}",
    "wrong-class": "INSERT DATA { claim:c-deny ckg:about article:a1 }",
}
"""Check → the update that plants a fault for it into the small graph."""

CHECKS = {check.name: check for check in checks()}


def planted(store: ox.Store, update: str) -> ox.Store:
    before = set(store)
    store.update(update, prefixes=prefixes(BASE))
    assert set(store) != before
    return store


def test_every_check_has_a_fault() -> None:
    assert set(FAULTS) == set(CHECKS)


@pytest.mark.parametrize("name", CHECKS)
def test_a_good_graph_passes(name: str, small: ox.Store) -> None:
    assert validate(small, [CHECKS[name]]) == []


@pytest.mark.parametrize("name", FAULTS)
def test_the_planted_fault_is_found(name: str, small: ox.Store) -> None:
    found = validate(planted(small, FAULTS[name]), [CHECKS[name]])
    assert found
    assert all(finding.check == name and finding.focus and finding.detail for finding in found)


@pytest.mark.parametrize(
    "fault",
    [
        f"DELETE WHERE {{ {EVENT} ckg:startDate ?x }}",
        f"DELETE WHERE {{ {EVENT} ckg:datePrecision ?x }}",
        'INSERT DATA { event:springfield-arrest ckg:datePrecision "day" }',
        """INSERT DATA { event:springfield-arrest ckg:startDate "2024-02-02"^^xsd:date ; ckg:datePrecision "day" ;
           ckg:endDate "2024-02-01"^^xsd:date }""",
        'INSERT DATA { event:springfield-arrest ckg:startDate "2024" ; ckg:endDate "2024" ; ckg:datePrecision "year" }',
    ],
)
def test_every_kind_of_wrong_date_is_found(fault: str, small: ox.Store) -> None:
    assert validate(planted(small, fault), [CHECKS["event-dates"]])


@pytest.mark.parametrize(
    "bounds",
    [
        "DELETE WHERE { casualty:k-3 ckg:min ?a ; ckg:max ?b ; ckg:victimGroup ?c }",
        "INSERT DATA { casualty:k-3 ckg:min -1 }",
    ],
)
def test_missing_and_negative_bounds_are_found(bounds: str, small: ox.Store) -> None:
    assert validate(planted(small, bounds), [CHECKS["casualty-range"]])


def test_the_leaf_classes_come_from_the_ontology() -> None:
    for leaf, parent in load_vocab().parents.items():
        assert f"#{leaf}> <" in CHECKS["event-class"].text
        assert f"#{parent}>)" in CHECKS["event-class"].text


def test_quads_and_named_graphs_are_checked_too(small: ox.Store) -> None:
    planted(small, FAULTS["event-dates"])
    graph = ox.NamedNode("https://example.org/g")
    named = [ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in small]
    assert validate(named) == validate(small)
    assert {finding.check for finding in validate(small)} == {"event-dates"}


def test_the_report_groups_counts_and_shows_examples() -> None:
    findings = [
        Finding(
            check="event-dates", severity=Severity.VIOLATION, message="wrong", focus=f"{BASE}event/e{n}", detail="x\x1b"
        )
        for n in range(5)
    ]
    text = report(findings)
    assert text.splitlines()[0] == "event-dates (violation, 5 found): wrong"
    assert "  event:e0: x " in text.splitlines()
    assert "  … and 2 more" in text
    assert text.splitlines()[-1] == "5 violations, 0 warnings"
    assert "nothing found" in report([])
