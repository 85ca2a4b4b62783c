import msgspec
import pyoxigraph as ox

from kg.serve.explorer.columns import Columns, columns
from kg.vocab import load_vocab


def read(store: ox.Store) -> Columns:
    return columns(store, load_vocab())


def test_every_event_is_a_row(small: ox.Store) -> None:
    found = read(small)
    row = found.events.iri.index("belgorod-shelling")
    assert found.events.prefix == "https://w3id.org/conflict-kg/id/event/"
    assert found.types.id[found.events.type[row]] == "Shelling"
    assert found.types.parent[found.events.type[row]] == "RemoteViolence"
    assert found.events.status[row] == "Occurred"
    assert (found.events.low[row], found.events.high[row]) == (21, 25)


def test_rows_point_at_entities(small: ox.Store) -> None:
    found = read(small)
    row = found.events.iri.index("belgorod-shelling")
    (place,) = found.events.place[row]
    assert found.entities.label[place] == "Belgorod"
    assert found.entities.kind[place] == "Place"
    assert found.entities.country[place] == "RU"
    assert found.entities.lat[place] == 50.5977
    assert found.events.source[row]


def test_columns_are_of_one_length_and_the_same_each_time(small: ox.Store) -> None:
    found = read(small)
    for part in (found.events, found.entities, found.types):
        lengths = {len(value) for value in msgspec.structs.asdict(part).values() if isinstance(value, list)}
        assert len(lengths) == 1
    assert msgspec.json.encode(found) == msgspec.json.encode(read(small))


def test_all_graphs_count(small: ox.Store) -> None:
    named = ox.Store()
    graph = ox.NamedNode("https://example.org/graph")
    named.extend(ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in small)
    assert msgspec.json.encode(read(named)) == msgspec.json.encode(read(small))


def test_an_empty_store_has_no_rows() -> None:
    found = read(ox.Store())
    assert found.events.iri == []
    assert found.entities.iri == []


def test_values_that_are_no_days_or_numbers_are_unknown(small: ox.Store) -> None:
    small.update("""
        PREFIX ckg: <https://w3id.org/conflict-kg/ontology#>
        PREFIX event: <https://w3id.org/conflict-kg/id/event/>
        DELETE WHERE { event:belgorod-shelling ckg:startDate ?d ; ckg:killedLow ?n };
        INSERT DATA { event:belgorod-shelling ckg:startDate "soon" ; ckg:killedLow "many" }""")
    found = read(small)
    row = found.events.iri.index("belgorod-shelling")
    assert found.events.start[row] is None
    assert found.events.low[row] is None


def test_things_without_an_iri_hide_nothing(small: ox.Store) -> None:
    before = msgspec.json.encode(read(small))
    small.update("""
        PREFIX ckg: <https://w3id.org/conflict-kg/ontology#>
        PREFIX event: <https://w3id.org/conflict-kg/id/event/>
        INSERT { [] ckg:status ?status ; ckg:place ?place }
        WHERE { event:belgorod-shelling ckg:status ?status ; ckg:place ?place }""")
    assert msgspec.json.encode(read(small)) == before
