"""The SHACL shapes: silent on a good graph, a target for every class, and each planted fault is found."""

import sys

import pyoxigraph as ox
import pytest

from kg import resources
from kg.config import BASE
from kg.errors import MissingExtraError
from kg.rdf.namespaces import prefixes
from kg.validate.shacl import validate_shapes

INSTANCES = {
    "ckg:Event",
    "ckg:EventClaim",
    "ckg:RoleClaim",
    "ckg:CasualtyClaim",
    "ckg:Place",
    "ckg:Person",
    "ckg:Organisation",
    "ckg:Weapon",
    "ckg:Group",
    "ckg:EntityLink",
    "ckg:Article",
    "ckg:TextSpan",
    "prov:Activity",
    "sf:Point",
}
"""Every class that has instances in the data."""

EVENT = "event:belgorod-shelling"
FAULTS = [
    ("event status", f"DELETE WHERE {{ {EVENT} ckg:status ?x }}", "shacl-status"),
    ("event dates", f"DELETE WHERE {{ {EVENT} ckg:endDate ?x }}", "shacl-Event"),
    (
        "event killed",
        f"DELETE WHERE {{ {EVENT} ckg:killedLow ?x }} ; INSERT DATA {{ {EVENT} ckg:killedLow 99 }}",
        "shacl-killedLow",
    ),
    ("claim stance", "INSERT DATA { claim:c-deny ckg:stance ckg:Mumbles }", "shacl-stance"),
    ("claim evidence", "DELETE WHERE { claim:r-bel-perp ckg:evidence ?x }", "shacl-evidence"),
    ("speech cue", "DELETE WHERE { claim:c-deny ckg:cue ?x }", "shacl-cue"),
    ("role value", "DELETE WHERE { claim:r-bel-perp ckg:value ?x }", "shacl-value"),
    (
        "casualty bounds",
        "DELETE WHERE { casualty:k-3 ckg:min ?a ; ckg:max ?b ; ckg:victimGroup ?c }",
        "shacl-CasualtyClaim",
    ),
    ("casualty order", "INSERT DATA { casualty:k-3 ckg:min 30 }", "shacl-min"),
    ("place latitude", "INSERT DATA { place:springfield ckg:lat 91.0 ; ckg:long 0.0 }", "shacl-lat"),
    ("person label", 'INSERT DATA { person:testov rdfs:label "Other" }', "shacl-label"),
    (
        "organisation match",
        "INSERT DATA { organisation:wire skos:exactMatch <https://a.example/> }",
        "shacl-exactMatch",
    ),
    ("weapon class", "INSERT DATA { weapon:vampire ckg:weaponClass ckg:Drone }", "shacl-weaponClass"),
    ("group article", "INSERT DATA { group:officials ckg:describedIn place:kyiv }", "shacl-describedIn"),
    ("link rank", "DELETE WHERE { link:testov ckg:rank ?x }", "shacl-rank"),
    ("article hash", "DELETE WHERE { article:a1 ckg:sha256 ?x }", "shacl-sha256"),
    (
        "span order",
        "DELETE { ?s oa:end ?x } INSERT { ?s oa:end 0 } WHERE { ?s oa:exact '21 people' ; oa:end ?x }",
        "shacl-start",
    ),
    ("run version", "DELETE WHERE { run:small ckg:softwareVersion ?x }", "shacl-softwareVersion"),
    ("point", "DELETE WHERE { geometry:kyiv geo:asWKT ?x }", "shacl-asWKT"),
]

pyshacl = pytest.importorskip("pyshacl", reason="needs conflict-kg[validate]")


def test_a_good_graph_passes(small: ox.Store) -> None:
    assert validate_shapes(small) == []


def test_every_class_with_instances_has_a_shape() -> None:
    shapes = ox.Store()
    shapes.bulk_load(path=resources.folder("ontology") / "shapes.ttl")
    target = ox.NamedNode("http://www.w3.org/ns/shacl#targetClass")
    targets = {quad.object.value for quad in shapes.quads_for_pattern(None, target, None, None)}
    names = prefixes(BASE)
    assert targets == {names[prefix] + name for prefix, _, name in (known.partition(":") for known in INSTANCES)}


@pytest.mark.parametrize(("update", "check"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS])
def test_the_planted_fault_is_found(update: str, check: str, small: ox.Store) -> None:
    before = set(small)
    small.update(update, prefixes=prefixes(BASE))
    assert set(small) != before
    assert check in {finding.check for finding in validate_shapes(small)}


def test_without_pyshacl_the_extra_is_named(small: ox.Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyshacl", None)
    with pytest.raises(MissingExtraError, match=r"conflict-kg\[validate\]"):
        validate_shapes(small)
