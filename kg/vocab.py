"""Reads `ontology/*.ttl` once into one frozen `Vocab`: event types, weapon classes, cues, words."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

import msgspec
import pyoxigraph as ox

from kg import resources
from kg.errors import VocabError
from kg.records import Harm, Stance, VictimCategory

NAMESPACE = "https://w3id.org/conflict-kg/ontology#"
"""The IRI that all terms of the ontology start with; prefix `ckg:`."""

_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_CODES = ("acled", "ucdp", "plover", "cameo")


class EventType(msgspec.Struct, frozen=True, kw_only=True):
    """A leaf class of events; `codes` maps "acled", "ucdp", "plover" and "cameo" to their codes."""

    name: str
    parent: str
    label: str
    comment: str
    verbs: tuple[str, ...]
    nouns: tuple[str, ...]
    codes: dict[str, tuple[str, ...]]


class WeaponClass(msgspec.Struct, frozen=True, kw_only=True):
    """A class of weapons; `suggests` is the event type that an attack word gets with such a weapon."""

    name: str
    label: str
    broader: str | None
    names: tuple[str, ...]
    models: tuple[str, ...]
    suggests: str | None


class Cues(msgspec.Struct, frozen=True, kw_only=True):
    """The words that introduce speech in one stance."""

    verbs: tuple[str, ...]
    phrases: tuple[str, ...]


class HarmWords(msgspec.Struct, frozen=True, kw_only=True):
    """The words that tell one kind of harm."""

    verbs: tuple[str, ...]
    nouns: tuple[str, ...]
    adjectives: tuple[str, ...]


class Vocab(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """Everything that the stages know of the domain."""

    event_types: Mapping[str, EventType]
    weapon_classes: Mapping[str, WeaponClass]
    stances: Mapping[Stance, Cues]
    harms: Mapping[Harm, HarmWords]
    categories: Mapping[VictimCategory, tuple[str, ...]]
    words: Mapping[str, tuple[str, ...]]
    irregular: Mapping[str, tuple[str, ...]]
    version: str

    def iri(self, local: str) -> str:
        """Return the IRI of the ontology term `local`."""
        return NAMESPACE + local

    @property
    def parents(self) -> Mapping[str, str]:
        """Leaf class → parent class."""
        return {name: kind.parent for name, kind in self.event_types.items()}

    def weapon_class_of(self, name: str) -> WeaponClass | None:
        """Return the class of the weapon that the words `name` stand for, by the longest model, else common name, in them."""
        words = tuple(name.lower().replace("’", "'").split())
        runs = [words[i : i + size] for size in range(len(words), 0, -1) for i in range(len(words) - size, -1, -1)]
        for table in self._weapon_names:
            for run in runs:
                for ending in ("", "s", "es"):
                    found = table.get((*run[:-1], run[-1].removesuffix(ending)))
                    if found is not None:
                        return self.weapon_classes[found]
        return None

    @cached_property
    def _weapon_names(self) -> tuple[dict[tuple[str, ...], str], ...]:
        weapons = list(reversed(self.weapon_classes.values()))
        return tuple({tuple(n.lower().split()): weapon.name for weapon in weapons for n in getattr(weapon, kind)} for kind in ("models", "names"))


class _Graph:
    """The parsed ontology with the few look-ups that a `Vocab` needs."""

    def __init__(self, folder: Path) -> None:
        self._values: dict[tuple[str, str], list[str]] = {}
        self._instances: dict[str, list[str]] = {}
        files = sorted(path for path in folder.glob("*.ttl") if path.name != "shapes.ttl")
        if not files:
            msg = f"{folder} holds no ontology (*.ttl)"
            raise VocabError(msg)
        for path in files:
            try:
                for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
                    self._add(quad)
            except SyntaxError as error:
                msg = f"{path}: {error}"
                raise VocabError(msg) from error

    def _add(self, quad: ox.Quad) -> None:
        if not isinstance(quad.subject, ox.NamedNode) or isinstance(quad.object, (ox.BlankNode, ox.Triple)):
            return
        subject, value = _local(quad.subject.value), quad.object.value
        if quad.predicate == _TYPE:
            self._instances.setdefault(_local(value), []).append(subject)
        self._values.setdefault((subject, _local(quad.predicate.value)), []).append(value)

    def instances(self, kind: str) -> Iterator[str]:
        """Yield the local names of the instances of `kind`, as they stand in the files."""
        yield from dict.fromkeys(self._instances.get(kind, ()))

    def all(self, subject: str, predicate: str) -> tuple[str, ...]:
        """Return all values in file order, without doubles."""
        return tuple(dict.fromkeys(self._values.get((subject, predicate), ())))

    def one(self, subject: str, predicate: str) -> str:
        """Return the only value.

        Raises:
            VocabError: there is none, or more than one.
        """
        found = self.all(subject, predicate)
        if len(found) != 1:
            msg = f"ontology: ckg:{subject} must have one {predicate}, it has {len(found)}: add or remove it in ontology/*.ttl"
            raise VocabError(msg)
        return found[0]

    def local(self, subject: str, predicate: str) -> str | None:
        """Return the local name of the first IRI value, or `None`."""
        found = self.all(subject, predicate)
        return _local(found[0]) if found else None


def _local(iri: str) -> str:
    return iri.removeprefix(NAMESPACE) if iri.startswith(NAMESPACE) else iri.rpartition("#")[2].rpartition("/")[2]


def load_vocab(folder: Path | None = None) -> Vocab:
    """Read the ontology.

    Args:
        folder: where the `*.ttl` files are; the ontology that ships with the project when left out.

    Raises:
        VocabError: a file does not parse, or a block lacks what its kind needs.
    """
    graph = _Graph(folder or resources.folder("ontology"))
    return Vocab(
        event_types={kind.name: kind for kind in _event_types(graph)},
        weapon_classes={weapon.name: weapon for weapon in _weapon_classes(graph)},
        stances={s: Cues(verbs=graph.all(s, "cueVerb"), phrases=graph.all(s, "cuePhrase")) for s in Stance},
        harms={
            h: HarmWords(verbs=graph.all(h, "harmVerb"), nouns=graph.all(h, "harmNoun"), adjectives=graph.all(h, "harmAdjective"))
            for h in Harm
        },
        categories={category: graph.all(category, "groupNoun") for category in VictimCategory},
        words={name: graph.all(name, "word") + graph.all(name, "number") for name in graph.instances("WordList")},
        irregular={forms.split()[0]: tuple(forms.split()) for forms in graph.all("IrregularForms", "word")},
        version=graph.all("ontology", "versionInfo")[0] if graph.all("ontology", "versionInfo") else "0",
    )


def _event_types(graph: _Graph) -> Iterator[EventType]:
    for name in graph.instances("Class"):
        parent = graph.local(name, "subClassOf")
        if parent is None or graph.local(parent, "subClassOf") != "Event":
            continue
        yield EventType(
            name=name,
            parent=parent,
            label=graph.one(name, "label"),
            comment=graph.one(name, "comment"),
            verbs=graph.all(name, "triggerVerb"),
            nouns=graph.all(name, "triggerNoun"),
            codes={scheme: graph.all(name, f"{scheme}Code") for scheme in _CODES if graph.all(name, f"{scheme}Code")},
        )


def _weapon_classes(graph: _Graph) -> Iterator[WeaponClass]:
    for name in graph.instances("WeaponClass"):
        yield WeaponClass(
            name=name,
            label=graph.one(name, "label"),
            broader=graph.local(name, "broader"),
            names=graph.all(name, "weaponName"),
            models=graph.all(name, "weaponModel"),
            suggests=graph.local(name, "suggests"),
        )
