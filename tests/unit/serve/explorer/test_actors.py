import pyoxigraph as ox

from kg.serve.explorer.actors import actor, relations, speeches


def accusation(store: ox.Store) -> tuple[ox.NamedNode, ox.NamedNode]:
    found = relations(store)
    pair = next(pair for pair in found.pairs if pair.stance == "Accuses")
    return ox.NamedNode(found.actors[pair.source].iri), ox.NamedNode(found.actors[pair.accused].iri)


def test_relations_count_who_accuses_whom(small: ox.Store) -> None:
    source, accused = accusation(small)
    assert actor(small, source) is not None
    assert actor(small, accused) is not None


def test_speeches_hold_the_words(small: ox.Store) -> None:
    source, accused = accusation(small)
    found = speeches(small, source, accused)
    assert found.total == len(found.claims) >= 1
    assert all(claim.source.iri == source.value for claim in found.claims)
    assert all(claim.accused and claim.accused.iri == accused.value for claim in found.claims)
    assert all(claim.quote for claim in found.claims)


def test_one_side_is_enough(small: ox.Store) -> None:
    source, accused = accusation(small)
    assert speeches(small, source, None).total >= speeches(small, source, accused).total
    assert speeches(small, None, accused).total >= 1


def test_nobody_is_no_actor(small: ox.Store) -> None:
    assert actor(small, ox.NamedNode("https://w3id.org/conflict-kg/id/person/none")) is None
