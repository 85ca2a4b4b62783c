"""What is known of queries by others of the same shape."""

from kg.serve.cost import MOST, QUICK, Costs, shape
from kg.serve.line import Lane


def asking(event: str, limit: int = 5) -> str:
    return f'SELECT ?c {{ ?c <urn:about> <urn:{event}> ; <urn:name> "{event}" }} LIMIT {limit}'


def test_queries_are_quick_once_one_of_their_shape_was() -> None:
    costs = Costs()
    assert costs.lane(shape(asking("a"))) is Lane.NEW
    costs.note(shape(asking("a")), 0.001)
    assert costs.lane(shape(asking("b", 9))) is Lane.QUICK
    assert costs.lane(shape("ASK {}")) is Lane.NEW


def test_a_slow_one_makes_all_of_its_shape_slow_until_several_were_quick() -> None:
    costs = Costs()
    costs.note(shape(asking("a")), 0.001)
    costs.note(shape(asking("b")), 2 * QUICK)
    costs.note(shape(asking("c")), 0.001)
    assert costs.lane(shape(asking("d"))) is Lane.SLOW
    for _ in range(5):
        costs.note(shape(asking("c")), 0.001)
    assert costs.lane(shape(asking("d"))) is Lane.QUICK


def test_no_more_shapes_are_kept_than_fit() -> None:
    costs = Costs()
    for number in range(MOST + 1):
        costs.note(shape(f"ASK {{ ?a{number} ?b ?c }}"), 0.001)
    assert costs.lane(shape("ASK { ?a0 ?b ?c }")) is Lane.NEW
    assert costs.lane(shape("ASK { ?a1 ?b ?c }")) is Lane.QUICK
