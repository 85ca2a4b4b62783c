"""What every block of the ontology must have, and what no two blocks may share."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from kg.cli import cli
from kg.nlp.inflect import noun_forms, verb_forms
from kg.records import Harm, Role, Stance, Status, VictimCategory
from kg.terms import NAMESPACE, OWL, RDFS, files
from kg.vocab import EventType, WeaponClass, load_vocab

PARENTS = {
    "Battle": "ArmedClash TerritorialTakeover",
    "RemoteViolence": "Shelling MissileStrike AirStrike DroneStrike Bombing SuicideBombing GrenadeAttack ChemicalAttack",
    "DirectViolence": "Shooting MeleeAttack Assassination Execution Abduction SexualViolence PropertyDestruction Attack",
    "Demonstration": "Protest Riot",
    "StrategicDevelopment": "Interception Incursion WeaponsTest CyberAttack Arrest LegalAction Displacement Blockade Mobilisation "
    "Withdrawal Ceasefire Agreement Negotiation DiplomaticAction Sanction AidDelivery PrisonerRelease",
}
PLOVER = set(
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT".split()
)
PROPERTIES = """
    trigger status startDate endDate datePrecision place placePrecision perpetrator weapon allegedPerpetrator allegedWeapon target
    mentionedIn subEventOf before killedLow killedHigh injuredLow injuredHigh about stance attributedTo reportedIn evidence confidence
    accused content mention cue role value harm min max victimGroup victimCategory conflictsWith geonames countryCode lat long
    weaponClass entity candidate linkScore rank outcome sha256 sentence invented describedIn softwareVersion configurationHash
    extractionMethod actsFor mergedBecause replaces copyOf
""".split()
CLASSES = "Event Claim EventClaim RoleClaim CasualtyClaim Place Person Organisation Weapon Group Article TextSpan EntityLink".split()
VOCAB = load_vocab()
TYPES = list(VOCAB.event_types.values())
WEAPONS = list(VOCAB.weapon_classes.values())


@pytest.fixture(scope="module")
def store() -> ox.Store:
    store = ox.Store()
    for path in files():
        store.load(path=str(path), format=ox.RdfFormat.TURTLE)
    return store


def shared(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    owners = defaultdict(set)
    for owner, form in pairs:
        owners[form.lower()].add(owner)
    return {form: found for form, found in owners.items() if len(found) > 1}


def forms(verbs: Iterable[str], nouns: Iterable[str]) -> Iterator[str]:
    for verb in verbs:
        yield from verb_forms(verb, VOCAB.irregular)
    for noun in nouns:
        yield from noun_forms(noun)


def test_the_37_types_stand_under_their_parents() -> None:
    assert dict(VOCAB.parents) == {leaf: parent for parent, leaves in PARENTS.items() for leaf in leaves.split()}
    assert len(VOCAB.parents) == 37


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.name)
def test_event_type_is_complete(kind: EventType) -> None:
    assert kind.label
    assert kind.comment.endswith(".")
    assert len(kind.verbs) + len(kind.nouns) >= 8
    assert kind.nouns
    assert kind.codes
    assert set(kind.codes.get("plover", ())) <= PLOVER
    assert set(kind.codes.get("ucdp", ())) <= {"1", "2", "3"}
    assert all(code.isdigit() for code in kind.codes.get("cameo", ()))


def test_a_trigger_form_belongs_to_one_type() -> None:
    assert shared((kind.name, form) for kind in TYPES for form in forms(kind.verbs, kind.nouns)) == {}


def test_a_cue_form_belongs_to_one_stance() -> None:
    cues = VOCAB.stances.items()
    assert shared((stance, form) for stance, words in cues for form in [*forms(words.verbs, ()), *words.phrases]) == {}


def test_a_harm_form_belongs_to_one_harm() -> None:
    harms = VOCAB.harms.items()
    assert (
        shared((harm, form) for harm, words in harms for form in [*forms(words.verbs, words.nouns), *words.adjectives])
        == {}
    )


def test_a_victim_noun_belongs_to_one_category() -> None:
    assert shared((category, noun) for category, nouns in VOCAB.categories.items() for noun in nouns) == {}


def test_a_weapon_name_belongs_to_one_class() -> None:
    assert shared((weapon.name, name) for weapon in WEAPONS for name in (*weapon.names, *weapon.models)) == {}


@pytest.mark.parametrize("weapon", WEAPONS, ids=lambda weapon: weapon.name)
def test_weapon_class_is_complete(weapon: WeaponClass) -> None:
    assert weapon.label
    assert weapon.names
    assert weapon.suggests is None or weapon.suggests in VOCAB.event_types
    assert all(any(letter.isupper() for letter in model) for model in weapon.models)
    seen, broader = {weapon.name}, weapon.broader
    while broader is not None:
        assert broader not in seen
        seen.add(broader)
        broader = VOCAB.weapon_classes[broader].broader


def test_every_stance_harm_and_category_has_words() -> None:
    assert all(words.verbs for words in VOCAB.stances.values())
    assert all(words.verbs for words in VOCAB.harms.values())
    assert all(VOCAB.categories.values())


def test_word_lists_have_words_and_number_lists_have_values() -> None:
    assert all(VOCAB.words.values())
    for name in ("NumberWords", "VagueCounts"):
        assert all(entry.rpartition("=")[2].isdigit() for entry in VOCAB.words[name])


def test_irregular_entries_hold_single_words_and_one_base_each() -> None:
    assert len(VOCAB.irregular) == len(VOCAB.words["IrregularForms"])
    assert all(len(found) >= 3 for found in VOCAB.irregular.values())


@pytest.mark.parametrize("name", [*CLASSES, *PROPERTIES, *PARENTS, *Status, *Stance, *Harm, *VictimCategory, *Role])
def test_term_has_one_label_and_one_comment(store: ox.Store, name: str) -> None:
    for predicate in ("label", "comment"):
        found = list(store.quads_for_pattern(ox.NamedNode(NAMESPACE + name), ox.NamedNode(RDFS + predicate), None))
        assert len(found) == 1, predicate
        assert isinstance(found[0].object, ox.Literal)
        assert found[0].object.language == "en"


def test_whatever_is_used_is_defined(store: ox.Store) -> None:
    defined = {quad.subject for quad in store.quads_for_pattern(None, ox.NamedNode(RDFS + "label"), None)}
    used = {
        term
        for quad in store
        for term in (quad.subject, quad.predicate, quad.object)
        if isinstance(term, ox.NamedNode) and term.value.startswith(NAMESPACE)
    }
    assert used - defined == set()


def test_nothing_is_imported_and_nothing_the_same(store: ox.Store) -> None:
    for name in ("imports", "sameAs"):
        assert not list(store.quads_for_pattern(None, ox.NamedNode(OWL + name), None))


def test_ontology_command_prints_one_turtle_document(store: ox.Store) -> None:
    result = CliRunner().invoke(cli, ["ontology"])
    assert result.exit_code == 0
    printed = {str(quad.triple) for quad in ox.parse(result.output, format=ox.RdfFormat.TURTLE)}
    assert len(printed) == len(store)


@pytest.mark.parametrize(("name", "rows"), [("events", len(TYPES)), ("weapons", len(WEAPONS))])
def test_list_has_one_row_each(name: str, rows: int) -> None:
    result = CliRunner().invoke(cli, ["ontology", "--list", name])
    lines = result.output.splitlines()
    assert len(lines) == rows + 1
    assert {line.count("\t") for line in lines} == {lines[0].count("\t")}
