"""HermiT on the ontology: consistent as it stands, and planted contradictions are found."""

import os
import shutil
from pathlib import Path

import pytest

from kg.validate.owl import check_consistency

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(
        shutil.which("java") is None and os.environ.get("CI") != "true",
        reason="HermiT needs Java, which is not on the PATH",
    ),
]

HEAD = """
@prefix ckg: <https://w3id.org/conflict-kg/ontology#> .
@prefix ex: <https://example.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
SOUND = """
ex:e a ckg:Shelling, ckg:RemoteViolence, ckg:Event ; ckg:status ckg:Occurred ; ckg:place ex:p ; ckg:allegedPerpetrator ex:o ;
    ckg:startDate "2023-12-30"^^xsd:date ; ckg:endDate "2023-12-30"^^xsd:date ; ckg:killedLow 21 ; ckg:trigger ex:s .
ex:p a ckg:Place ; ckg:lat 50.6 ; ckg:mentionedIn ex:a .
ex:o a ckg:Organisation ; ckg:mentionedIn ex:a .
ex:a a ckg:Article .
ex:s a ckg:TextSpan .
ex:c a ckg:CasualtyClaim ; ckg:about ex:e ; ckg:harm ckg:Killed ; ckg:min 21 ; ckg:max 21 ; ckg:victimCategory ckg:AnyPerson ;
    ckg:attributedTo ex:a ; ckg:reportedIn ex:a ; ckg:evidence ex:s ; ckg:confidence 0.9 .
ex:r a ckg:RoleClaim ; ckg:about ex:e ; ckg:role ckg:perpetrator ; ckg:value ex:o ; ckg:stance ckg:Accuses ; ckg:attributedTo ex:p .
"""
CONTRADICTIONS = {
    "a place is no person": "ex:p a ckg:Place, ckg:Person .",
    "an event is no claim": "ex:e a ckg:Event, ckg:EventClaim .",
    "battles are no demonstrations": "ex:e a ckg:ArmedClash, ckg:Protest .",
    "a role claim counts nobody": "ex:r a ckg:RoleClaim ; ckg:harm ckg:Killed .",
    "one status each": "ex:e ckg:status ckg:Occurred, ckg:Denied .",
    "one start date each": 'ex:e ckg:startDate "2023-12-30"^^xsd:date, "2023-12-31"^^xsd:date .',
    "dates are dates": 'ex:e ckg:startDate "last week" .',
    "an event takes place at a place": "ex:e ckg:place ex:w . ex:w a ckg:Weapon .",
    "claims are attributed to a source": "ex:c ckg:attributedTo ex:e . ex:e a ckg:Event .",
}


def sample(folder: Path, text: str) -> Path:
    path = folder / "sample.ttl"
    path.write_text(HEAD + text, encoding="utf-8")
    return path


def test_ontology_is_consistent() -> None:
    assert check_consistency() == []


def test_sound_data_is_consistent(tmp_path: Path) -> None:
    assert check_consistency([sample(tmp_path, SOUND)]) == []


@pytest.mark.parametrize("planted", CONTRADICTIONS.values(), ids=CONTRADICTIONS.keys())
def test_planted_contradiction_is_found(tmp_path: Path, planted: str) -> None:
    (found,) = check_consistency([sample(tmp_path, planted)])
    assert found.startswith("sample.ttl contradicts the ontology")


def test_class_without_possible_instances_is_named(tmp_path: Path) -> None:
    path = sample(
        tmp_path,
        "ex:Both a <http://www.w3.org/2002/07/owl#Class> ; <http://www.w3.org/2000/01/rdf-schema#subClassOf> ckg:Place, ckg:Person .",
    )
    assert check_consistency([path]) == ["<https://example.org/Both> can have no instances"]
