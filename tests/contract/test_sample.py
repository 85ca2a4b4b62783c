"""The sample article: what an analyst must find in its graph, each with its evidence."""

from pathlib import Path

import pyoxigraph as ox
import pytest

import kg

SAMPLE = Path(__file__).parents[2] / "seeds" / "belgorod-2024-01-01.txt"
PREFIXES = """
PREFIX ckg: <https://w3id.org/conflict-kg/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX oa: <http://www.w3.org/ns/oa#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
BELGOROD = '?e a ckg:Shelling ; ckg:place/rdfs:label "Belgorod" . '


@pytest.fixture(scope="module")
def graph() -> ox.Store:
    store = ox.Store()
    store.extend(kg.build([str(SAMPLE)]).quads)
    return store


FINDINGS = {
    "21 killed": '?c a ckg:CasualtyClaim ; ckg:about ?e ; ckg:harm ckg:Killed ; ckg:min 21 ; ckg:max 21 ; ckg:evidence/oa:exact "21 lives" .',
    "3 children": "?c a ckg:CasualtyClaim ; ckg:about ?e ; ckg:harm ckg:Killed ; ckg:min 3 ; ckg:max 3 ; ckg:victimCategory ckg:Children .",
    "110 injured": '?c ckg:about ?e ; ckg:harm ckg:Injured ; ckg:min 110 ; ckg:max 110 ; ckg:attributedTo/rdfs:label "Local officials" .',
    "alleged perpetrator": '?e ckg:allegedPerpetrator/rdfs:label "Kyiv" .',
    "accused by Russian authorities": '?c a ckg:EventClaim ; ckg:about ?e ; ckg:stance ckg:Accuses ; ckg:accused/rdfs:label "Kyiv" ; ckg:attributedTo/rdfs:label "Authorities in Russia" ; ckg:evidence/oa:exact ?x .',
    "Vampire": '?e ckg:allegedWeapon/rdfs:label "Vampire" . ?c ckg:about ?e ; ckg:role ckg:weapon ; ckg:value/rdfs:label "Vampire" ; ckg:attributedTo/rdfs:label ?m FILTER(CONTAINS(?m, "Ministry of Defence"))',
    "Olkha": '?e ckg:allegedWeapon/rdfs:label "Olkha" .',
    "Gladkov condemns": '?c ckg:about ?e ; ckg:stance ckg:Condemns ; ckg:attributedTo/rdfs:label "Vyacheslav Gladkov" ; ckg:evidence/oa:exact ?x .',
}


@pytest.mark.parametrize("name", FINDINGS)
def test_belgorod(graph: ox.Store, name: str) -> None:
    assert graph.query(f"{PREFIXES} ASK {{ {BELGOROD} {FINDINGS[name]} }}")


OTHERS = {
    "41 civilians across Ukraine": '?e a ckg:RemoteViolence ; ckg:place/rdfs:label "Ukraine" . ?c a ckg:CasualtyClaim ; ckg:about ?e ; ckg:harm ckg:Killed ; ckg:min 41 ; ckg:victimCategory ckg:Civilians ; ckg:evidence/oa:exact ?x . FILTER NOT EXISTS { ?c ckg:max ?open }',
    "10 Shahed drones": '?e a ckg:Interception . ?r ckg:about ?e ; ckg:role ckg:target ; ckg:mention/oa:exact ?x . ?c ckg:about ?e ; ckg:stance ckg:Asserts ; ckg:attributedTo/rdfs:label ?who FILTER(CONTAINS(?x, "10 Iranian-made Shahed drones") && CONTAINS(?who, "Armed Forces"))',
    "airspace over Poland": '?e a ckg:Incursion ; ckg:place/rdfs:label "Poland" ; ckg:trigger/oa:exact ?x . FILTER(CONTAINS(?x, "airspace"))',
    "Zakharova": '?c a ckg:EventClaim ; ckg:stance ckg:Accuses ; ckg:attributedTo/rdfs:label "Maria Zakharova" ; ckg:evidence/oa:exact ?x FILTER(CONTAINS(?x, "Britain, the United States, and EU countries"))',
}


@pytest.mark.parametrize("name", OTHERS)
def test_others(graph: ox.Store, name: str) -> None:
    assert graph.query(f"{PREFIXES} ASK {{ {OTHERS[name]} }}")


def test_the_article_says_that_a_machine_read_it(graph: ox.Store) -> None:
    assert graph.query(f"{PREFIXES} ASK {{ ?a a ckg:Article ; ckg:extractionMethod ckg:MachineExtracted }}")
