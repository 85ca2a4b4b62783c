from pathlib import Path

import pytest

from kg.errors import VocabError
from kg.records import Harm, Stance, VictimCategory
from kg.vocab import NAMESPACE, Vocab, load_vocab

HEAD = """
@prefix ckg: <https://w3id.org/conflict-kg/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> .
<https://w3id.org/conflict-kg/ontology> owl:versionInfo "1.2.3" .
ckg:Event a owl:Class ; rdfs:subClassOf sem:Event .
ckg:Battle a owl:Class ; rdfs:subClassOf ckg:Event ; rdfs:label "battle"@en ; rdfs:comment "Sides fight."@en .
"""
LEAF = 'ckg:ArmedClash a owl:Class ; rdfs:subClassOf ckg:Battle ; rdfs:comment "They clash."@en '


@pytest.fixture(scope="module")
def vocab() -> Vocab:
    return load_vocab()


def write(folder: Path, text: str) -> Path:
    (folder / "ontology.ttl").write_text(HEAD + text, encoding="utf-8")
    return folder


def test_leaf_keeps_words_in_file_order_and_codes(tmp_path: Path) -> None:
    block = '; rdfs:label "clash"@en ; ckg:triggerVerb "storm", "ambush", "storm" ; ckg:triggerNoun "raid" ; ckg:cameoCode "190" .'
    vocab = load_vocab(write(tmp_path, LEAF + block))
    kind = vocab.event_types["ArmedClash"]
    assert (kind.verbs, kind.nouns, dict(kind.codes)) == (("storm", "ambush"), ("raid",), {"cameo": ("190",)})
    assert dict(vocab.parents) == {"ArmedClash": "Battle"}
    assert vocab.version == "1.2.3"


def test_parents_and_events_of_other_vocabularies_are_no_leaves(tmp_path: Path) -> None:
    assert load_vocab(write(tmp_path, "")).event_types == {}


def test_leaf_without_label_is_named(tmp_path: Path) -> None:
    with pytest.raises(VocabError, match="ckg:ArmedClash has 0 values of rdfs:label"):
        load_vocab(write(tmp_path, LEAF + "."))


def test_broken_turtle_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(VocabError, match=r"ontology\.ttl is no valid Turtle"):
        load_vocab(write(tmp_path, "ckg:Broken a ;;; ."))


def test_folder_without_ontology(tmp_path: Path) -> None:
    with pytest.raises(VocabError, match="holds no ontology"):
        load_vocab(tmp_path)


def test_missing_version(tmp_path: Path) -> None:
    (tmp_path / "ontology.ttl").write_text(f"<{NAMESPACE}x> <{NAMESPACE}y> 1 .", encoding="utf-8")
    with pytest.raises(VocabError, match="versionInfo"):
        load_vocab(tmp_path)


def test_shapes_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "shapes.ttl").write_text("no Turtle", encoding="utf-8")
    assert load_vocab(write(tmp_path, "")).version == "1.2.3"


def test_iri(vocab: Vocab) -> None:
    assert vocab.iri("Shelling") == NAMESPACE + "Shelling"


def test_closed_sets_are_covered(vocab: Vocab) -> None:
    assert (set(vocab.stances), set(vocab.harms), set(vocab.categories)) == (
        set(Stance),
        set(Harm),
        set(VictimCategory),
    )


def test_irregular_forms_start_with_the_base_form(vocab: Vocab) -> None:
    assert vocab.irregular["shoot"] == ("shoot", "shoots", "shot", "shooting")


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Czech-made Vampire rockets", "RocketArtillery"),
        ("Olkha missiles", "RocketArtillery"),
        ("Iranian-made Shahed drones", "LoiteringMunition"),
        ("car bomb", "VehicleBomb"),
        ("VBIEDs", "VehicleBomb"),
        ("rocket-propelled grenades", "GrenadeLauncher"),
        ("F-16s", "Aircraft"),
        ("knives", "Blade"),
        ("a Russian shell", "Artillery"),
        ("torpedoes", "Torpedo"),
        ("Fırtına howitzers", "Artillery"),
    ],
)
def test_weapon_class_of(vocab: Vocab, name: str, found: str) -> None:
    weapon = vocab.weapon_class_of(name)
    assert weapon is not None
    assert weapon.name == found


@pytest.mark.parametrize("name", ["", "   ", "fighters", "a suicide note", "Taliban militants"])
def test_no_weapon_class(vocab: Vocab, name: str) -> None:
    assert vocab.weapon_class_of(name) is None


def test_a_model_goes_before_a_common_noun(vocab: Vocab) -> None:
    weapon = vocab.weapon_class_of("Grad rockets")
    assert weapon is not None
    assert weapon.name == "RocketArtillery"


def test_lists_of_numbers_are_mappings(tmp_path: Path) -> None:
    lists = 'ckg:Counts a ckg:WordList ; ckg:number "a Dozen=12", "ten=10" . ckg:Words a ckg:WordList ; ckg:word "a=b", "c" .'
    assert load_vocab(write(tmp_path, lists)).numbers == {"Counts": {"a dozen": 12, "ten": 10}}
