"""The mapping of every record to triples."""

import datetime as dt

import msgspec
import pyoxigraph as ox
import pytest

from kg.errors import InputError
from kg.rdf.namespaces import VOCABULARIES
from kg.records import Candidate, Harm, Participant, Role, Stance, VictimCategory
from tests.samples import ARTICLE, CLAIMS, EXTRACTION, LINKED, RUN, SHELLING, quads

HEAD = "".join(f"PREFIX {prefix}: <{iri}> " for prefix, iri in VOCABULARIES.items())


def ask(where: str, graph: list[ox.Quad]) -> bool:
    store = ox.Store()
    store.extend(graph)
    return bool(store.query(f"{HEAD} ASK {{ {where} }}"))


def with_event(**changes: object) -> list[ox.Quad]:
    event = msgspec.structs.replace(SHELLING, **changes)
    return quads(msgspec.structs.replace(LINKED, extraction=msgspec.structs.replace(EXTRACTION, events=(event,))))


@pytest.mark.parametrize(
    "where",
    [
        (
            '?a a ckg:Article; dct:identifier "a1"; dct:title "Shelling in Belgorod"; dct:issued "2024-01-01"^^xsd:date; '
            'dct:source <https://example.org/1>; dct:language "en"; ckg:invented "yes"; ckg:sha256 ?h; '
            "ckg:extractionMethod ckg:MachineExtracted; dct:publisher ?p . ?p a ckg:Organisation; rdfs:label 'Example Wire'"
        ),
        (
            "?e a ckg:Shelling, ckg:RemoteViolence, ckg:Event; rdfs:label 'Shelling in Belgorod, 2023-12-30'; "
            "ckg:status ckg:Occurred; ckg:trigger/oa:exact 'Shelling'; ckg:mentionedIn/dct:identifier 'a1'"
        ),
        "?e ckg:startDate '2023-12-30'^^xsd:date; ckg:endDate '2023-12-30'^^xsd:date; ckg:datePrecision 'day'",
        "?e ckg:place/rdfs:label 'Belgorod'; ckg:placePrecision 'settlement'",
        "?e ckg:allegedPerpetrator/rdfs:label 'Kyiv'; ckg:allegedWeapon/ckg:weaponClass ?w",
        (
            "?c a ckg:RoleClaim; ckg:role ckg:perpetrator; ckg:value/rdfs:label 'Kyiv'; ckg:stance ckg:Accuses; "
            "ckg:attributedTo/rdfs:label 'Gen. Ivanov'; ckg:mention/oa:exact 'Kyiv'; ckg:evidence/oa:exact 'Kyiv'"
        ),
        "?c a ckg:RoleClaim; ckg:role ckg:place; ckg:stance ckg:Asserts; ckg:attributedTo/rdfs:label 'Example Wire'",
        (
            "?c a ckg:CasualtyClaim; ckg:harm ckg:Killed; ckg:min 21; ckg:max 21; ckg:victimCategory ckg:AnyPerson; "
            "ckg:victimGroup 'people'; ckg:mention/oa:exact '21 people'; ckg:attributedTo/rdfs:label 'Example Wire'"
        ),
        "?c ckg:min 21; ckg:conflictsWith ?d . ?d ckg:min 25; ckg:conflictsWith ?c",
        "?e ckg:killedLow 21",
        (
            "?c a ckg:EventClaim; ckg:about ?e; ckg:stance ckg:Accuses; ckg:accused/rdfs:label 'Kyiv'; "
            "ckg:content 'firing rockets'; ckg:cue/oa:exact 'accused'; ckg:mention/oa:exact 'Gen. Ivanov'; "
            "ckg:evidence/oa:exact 'accused Kyiv of firing rockets'; prov:wasGeneratedBy/a prov:Activity; ckg:confidence 0.8"
        ),
        (
            "?p a ckg:Place; skos:exactMatch wd:Q3329; ckg:geonames <https://sws.geonames.org/578072/>; "
            "ckg:countryCode 'RU'; ckg:lat 50.6; ckg:long 36.58333; "
            "geo:hasGeometry/geo:asWKT 'POINT(36.58333 50.6)'^^geo:wktLiteral; ckg:mentionedIn ?a"
        ),
        (
            "?l a ckg:EntityLink; ckg:entity/rdfs:label 'Belgorod'; ckg:candidate wd:Q3329; ckg:rank 1; "
            "ckg:linkScore 0.9123; ckg:outcome 'LINKED'"
        ),
        "?l ckg:candidate <https://sws.geonames.org/1/>; ckg:rank 2; ckg:outcome 'LINKED'",
        "?g a ckg:Group; rdfs:label 'Two gunmen'; ckg:describedIn ?a FILTER NOT EXISTS {?g ckg:mentionedIn ?b}",
        "?s a ckg:TextSpan; oa:exact 'Gen. Ivanov'; ckg:sentence \"Russia's Gen. Ivanov accused Kyiv of firing rockets.\"",
        "?r a prov:Activity; ckg:softwareVersion 'conflict-kg 0'; ckg:configurationHash 'c0'",
    ],
)
def test_the_graph_says(where: str) -> None:
    assert ask(where.replace("/a prov", "/rdf:type prov"), quads())


@pytest.mark.parametrize(
    "where",
    [
        "?e ckg:killedHigh ?n",
        "?e ckg:perpetrator ?x",
        "?e ckg:weapon ?x",
        "?r prov:endedAtTime ?t",
        "?p rdfs:label 'Kyiv'; skos:exactMatch ?m",
        "?w ckg:weaponClass ?c; ckg:mentionedIn ?a",
        "?l ckg:outcome 'NIL'; ckg:candidate ?c",
        "?x owl:sameAs ?y",
    ],
)
def test_the_graph_does_not_say(where: str) -> None:
    assert not ask(where, quads())


def test_own_voice_is_plain() -> None:
    graph = with_event(participants=(Participant(role=Role.PERPETRATOR, mention="m2", confidence=1),))
    assert ask("?e ckg:perpetrator/rdfs:label 'Kyiv'", graph)
    assert not ask("?e ckg:allegedPerpetrator ?x", graph)


def test_a_denial_alleges_nothing() -> None:
    claims = (msgspec.structs.replace(CLAIMS[0], stance=Stance.DENIES), CLAIMS[1])
    graph = quads(msgspec.structs.replace(LINKED, extraction=msgspec.structs.replace(EXTRACTION, claims=claims)))
    assert ask("?c a ckg:RoleClaim; ckg:role ckg:perpetrator; ckg:stance ckg:Denies", graph)
    assert not ask("?e ckg:allegedPerpetrator ?x", graph)


def test_without_publisher_the_article_speaks() -> None:
    article = msgspec.structs.replace(ARTICLE, publisher=None)
    graph = quads(msgspec.structs.replace(LINKED, extraction=msgspec.structs.replace(EXTRACTION, article=article)))
    assert ask("?c a ckg:CasualtyClaim; ckg:attributedTo ?a . ?a a ckg:Article", graph)
    assert not ask("?a dct:publisher ?p", graph)


def test_categories_add_up_when_nobody_counts_all() -> None:
    parts = tuple(
        msgspec.structs.replace(SHELLING.casualties[1], category=category, harm=Harm.INJURED)
        for category in (VictimCategory.CHILDREN, VictimCategory.POLICE)
    )
    assert ask("?e ckg:injuredLow 6; ckg:injuredHigh 6", with_event(casualties=parts))


def test_a_revised_toll_bounds_nothing() -> None:
    first = SHELLING.casualties[0]
    later = msgspec.structs.replace(first, low=30, high=30, revises=True)
    graph = with_event(casualties=(first, later))
    assert ask("?e ckg:killedLow 30; ckg:killedHigh 30 . ?c ckg:min 30; ckg:replaces ?d . ?d ckg:min 21", graph)
    graph = with_event(casualties=(first, msgspec.structs.replace(later, revises=False)))
    assert ask("?e ckg:killedLow 21; ckg:killedHigh 30", graph)
    assert not ask("?c ckg:replaces ?d", graph)


def test_two_events_of_one_trigger_stay_two() -> None:
    twin = msgspec.structs.replace(SHELLING, id="e2", place=None)
    graph = quads(
        msgspec.structs.replace(LINKED, extraction=msgspec.structs.replace(EXTRACTION, events=(SHELLING, twin)))
    )
    assert ask("?e a ckg:Shelling . ?f a ckg:Shelling FILTER(?e != ?f)", graph)


def test_no_event_node_has_two_labels() -> None:
    assert not ask("?x rdfs:label ?a, ?b FILTER(?a != ?b)", quads())


def test_time_only_when_given() -> None:
    run = msgspec.structs.replace(RUN, time=dt.datetime(2024, 1, 2, 3, 4, 5, tzinfo=dt.UTC))
    assert ask("?r prov:endedAtTime '2024-01-02T03:04:05Z'^^xsd:dateTime", quads(run=run))


def test_named_graphs_hold_all_but_the_run() -> None:
    graph = quads(named_graphs=True)
    default = {quad.subject.value for quad in graph if quad.graph_name == ox.DefaultGraph()}
    assert len(default) == 1
    assert "/run/" in default.pop()
    assert {quad.graph_name.value for quad in graph if quad.graph_name != ox.DefaultGraph()} == {
        next(quad.subject.value for quad in graph if "/article/" in quad.subject.value)
    }


def test_the_same_triples_with_and_without_named_graphs() -> None:
    assert {quad.triple for quad in quads(named_graphs=True)} == {quad.triple for quad in quads()}


def test_an_unknown_type_is_refused() -> None:
    with pytest.raises(InputError, match="article a1: event e1 has the unknown type 'Sneezing'"):
        with_event(type="Sneezing")


def test_a_capital_that_speaks_acts_for_its_government() -> None:
    body = Candidate(
        target="http://www.wikidata.org/entity/Q60645", name="Council of Ministers", score=1.0, source="open"
    )
    first, *others = LINKED.links
    graph = quads(msgspec.structs.replace(LINKED, links=(msgspec.structs.replace(first, acts_for=body), *others)))
    says = (
        "?p ckg:actsFor ?b; skos:exactMatch wd:Q3329 . ?b a ckg:Organisation; skos:exactMatch wd:Q60645; rdfs:label ?l"
    )
    assert ask(says, graph)
    assert ask("?l ckg:entity ?b; ckg:candidate wd:Q60645; ckg:outcome 'LINKED' . ?p ckg:actsFor ?b", graph)
    assert not ask("?p ckg:actsFor ?b", quads())


def test_a_body_that_somebody_acts_for_is_mentioned_nowhere() -> None:
    body = Candidate(
        target="http://www.wikidata.org/entity/Q60645", name="Council of Ministers", score=1.0, source="open"
    )
    links = (msgspec.structs.replace(LINKED.links[0], acts_for=body), *LINKED.links[1:])
    assert not ask("?p ckg:actsFor/ckg:mentionedIn ?a", quads(msgspec.structs.replace(LINKED, links=links)))
