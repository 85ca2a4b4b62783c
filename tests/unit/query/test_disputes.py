"""Numbers and denials that the canned queries set side by side, and those that they leave apart."""

import pyoxigraph as ox
import pytest

from tests.queries import QUERIES, select

PREFIXES = """
@prefix ckg: <https://w3id.org/conflict-kg/ontology#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix x: <https://example.org/> .
x:army rdfs:label "army" . x:rebels rdfs:label "rebels" . x:event rdfs:label "Attack" .
x:words oa:exact "words" .
"""


def rows(data: str, name: str) -> int:
    store = ox.Store()
    store.load(PREFIXES + data, format=ox.RdfFormat.TURTLE)
    return len(list(select(store, QUERIES[name].text)))


@pytest.mark.parametrize(
    ("category", "first", "second", "expected"),
    [
        ("Combatants", "soldiers", "soldiers", 2),
        ("Combatants", "soldiers", "militants", 0),
        ("Civilians", "civilians", "villagers", 2),
        ("AnyPerson", "people", "men", 2),
    ],
)
def test_armed_people_are_compared_with_their_own_side(category: str, first: str, second: str, expected: int) -> None:
    counts = "\n".join(
        f"x:c{source} a ckg:CasualtyClaim ; ckg:about x:event ; ckg:harm ckg:Killed ;"
        f" ckg:victimCategory ckg:{category} ; ckg:victimGroup '{group}' ; ckg:attributedTo x:{source} ;"
        f" ckg:min {number} ; ckg:max {number} ; ckg:evidence x:words ."
        for source, group, number in (("army", first, 5), ("rebels", second, 45))
    )
    assert rows(counts, "casualty-disputes") == expected


DENIAL = """
x:denial ckg:stance ckg:Denies ; ckg:about x:event ; ckg:accused x:army ; ckg:attributedTo x:army ; ckg:content "did not" .
"""
CHARGE = """
x:charge ckg:stance ckg:Accuses ; ckg:about x:event ; ckg:accused x:army ; ckg:attributedTo x:rebels ; ckg:content "did" .
"""


@pytest.mark.parametrize("data", [DENIAL, DENIAL + CHARGE])
def test_who_denies_his_own_deed_is_found_once(data: str) -> None:
    assert rows(data, "denied-by-accused") == 1


def test_who_denies_the_deed_of_others_is_no_accused() -> None:
    assert rows(DENIAL.replace("ckg:accused x:army ;", ""), "denied-by-accused") == 0
