"""Word forms."""

import pytest

from kg.nlp.inflect import noun_forms, verb_forms, verb_lemmas
from kg.vocab import load_vocab


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("stab", {"stab", "stabs", "stabbed", "stabbing"}),
        ("seize", {"seize", "seizes", "seized", "seizing"}),
        ("besiege", {"besiege", "besieges", "besieged", "besieging"}),
        ("deploy", {"deploy", "deploys", "deployed", "deploying"}),
        ("occupy", {"occupy", "occupies", "occupied", "occupying"}),
        ("open fire", {"open fire", "opens fire", "opened fire", "opening fire"}),
    ],
)
def test_regular_verbs(verb: str, forms: set[str]) -> None:
    assert set(verb_forms(verb, {})) == forms


def test_irregular_verb() -> None:
    assert "shot down" in set(verb_forms("shoot down", {"shoot": ("shoot", "shoots", "shot", "shooting")}))


@pytest.mark.parametrize(
    ("noun", "plural"), [("air strike", "air strikes"), ("body", "bodies"), ("gunman", "gunmen"), ("blast", "blasts")]
)
def test_nouns(noun: str, plural: str) -> None:
    assert list(noun_forms(noun)) == [noun, plural]


def test_lemmas_of_the_verbs_of_the_ontology() -> None:
    lemmas = verb_lemmas(load_vocab())
    assert [lemmas[form] for form in ("shelled", "killing", "said")] == ["shell", "kill", "say"]
