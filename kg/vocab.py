"""Reads `ontology/*.ttl` once into one frozen `Vocab`: event types, weapon classes, cues, words."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import msgspec
import pyoxigraph as ox

from kg import resources
from kg.errors import VocabError
from kg.records import Harm, Stance, VictimCategory

NAMESPACE = "https://w3id.org/conflict-kg/ontology#"
"""The IRI that all terms of the ontology start with; prefix `ckg:`."""

CODES = ("acled", "ucdp", "plover", "cameo")
"""The event data sets whose codes an event type may carry."""

_ONTOLOGY = NAMESPACE.rstrip("#")
_OWL = "http://www.w3.org/2002/07/owl#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


class EventType(msgspec.Struct, frozen=True, kw_only=True):
    """A leaf class of events; `codes` maps "acled", "ucdp", "plover" and "cameo" to its codes there, if any."""

    name: str
    parent: str
    label: str
    comment: str
    verbs: tuple[str, ...]
    nouns: tuple[str, ...]
    codes: Mapping[str, tuple[str, ...]]


class WeaponClass(msgspec.Struct, frozen=True, kw_only=True):
    """A class of weapons; `suggests` is the event type that an attack word gets with such a weapon, if any."""

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
    """Everything that the stages know of the domain, in the order of the files."""

    namespace: str
    event_types: Mapping[str, EventType]
    parents: Mapping[str, str]
    weapon_classes: Mapping[str, WeaponClass]
    stances: Mapping[Stance, Cues]
    harms: Mapping[Harm, HarmWords]
    categories: Mapping[VictimCategory, tuple[str, ...]]
    words: Mapping[str, tuple[str, ...]]
    irregular: Mapping[str, tuple[str, ...]]
    version: str

    def iri(self, local: str) -> str:
        """Return the IRI of the ontology term `local`.

        >>> load_vocab().iri("Shelling")
        'https://w3id.org/conflict-kg/ontology#Shelling'
        """
        return self.namespace + local

    def weapon_class_of(self, name: str) -> WeaponClass | None:
        """Return the class of the weapon that the words `name` stand for.

        The longest name or model within them decides; of equally long ones a model goes before a common noun, then the
        last one wins, which is the head of an English phrase. Case, accents and plurals do not count.

        >>> load_vocab().weapon_class_of("Czech-made Vampire rockets").name
        'RocketArtillery'
        """
        words = _fold(name)
        for length in range(min(len(words), self._longest_name), 0, -1):
            pieces = [words[start : start + length] for start in range(len(words) - length, -1, -1)]
            for table in self._weapon_names:
                for form in (form for piece in pieces for form in _singulars(piece)):
                    if form in table:
                        return self.weapon_classes[table[form]]
        return None

    @cached_property
    def _weapon_names(self) -> tuple[dict[tuple[str, ...], str], dict[tuple[str, ...], str]]:
        classes = list(self.weapon_classes.values())
        models = {_fold(name): weapon.name for weapon in classes for name in weapon.models}
        return models, {_fold(name): weapon.name for weapon in classes for name in weapon.names}

    @cached_property
    def _longest_name(self) -> int:
        return max((len(name) for table in self._weapon_names for name in table), default=0)


class _Terms:
    """The parsed ontology with the look-ups that a `Vocab` needs.

    Subjects and objects are full IRIs or literal values, so that `sem:Event` is never taken for `ckg:Event`.
    """

    def __init__(self, folder: Path) -> None:
        self._values: dict[tuple[str, str], list[str]] = {}
        self._instances: dict[str, list[str]] = {}
        for path in files(folder):
            try:
                for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
                    self._add(quad)
            except SyntaxError as error:
                raise VocabError(f"{path} is no valid Turtle: {error}") from error

    def _add(self, quad: ox.Quad) -> None:
        subject, value = quad.subject, quad.object
        if not isinstance(subject, ox.NamedNode) or not isinstance(value, ox.NamedNode | ox.Literal):
            return
        if quad.predicate.value == _TYPE:
            self._instances.setdefault(value.value, []).append(subject.value)
        self._values.setdefault((subject.value, quad.predicate.value), []).append(value.value)

    def instances(self, kind: str) -> Iterator[str]:
        """Yield the local names of our own instances of the class `kind`."""
        for iri in dict.fromkeys(self._instances.get(kind, ())):
            if iri.startswith(NAMESPACE):
                yield iri.removeprefix(NAMESPACE)

    def all(self, subject: str, predicate: str, namespace: str = NAMESPACE) -> tuple[str, ...]:
        """Return all values in file order, without doubles."""
        return tuple(dict.fromkeys(self._values.get((NAMESPACE + subject, namespace + predicate), ())))

    def text(self, subject: str, predicate: str) -> str:
        """Return the only `rdfs:label` or `rdfs:comment`.

        Raises:
            VocabError: there is none, or more than one.
        """
        found = self.all(subject, predicate, _RDFS)
        if len(found) != 1:
            msg = f"ckg:{subject} has {len(found)} values of rdfs:{predicate}: give it exactly one in ontology/*.ttl"
            raise VocabError(msg)
        return found[0]

    def term(self, subject: str, predicate: str, namespace: str = NAMESPACE) -> str | None:
        """Return the local name of the first value that is a term of ours, if any."""
        found = (value for value in self.all(subject, predicate, namespace) if value.startswith(NAMESPACE))
        return next((value.removeprefix(NAMESPACE) for value in found), None)

    def version(self) -> str:
        """Return `owl:versionInfo` of the ontology.

        Raises:
            VocabError: there is none.
        """
        found = self._values.get((_ONTOLOGY, _OWL + "versionInfo"))
        if not found:
            raise VocabError(f"no file of the ontology gives <{_ONTOLOGY}> an owl:versionInfo: add it to conflict.ttl")
        return found[0]


def files(folder: Path | None = None) -> Sequence[Path]:
    """Return the files of the ontology, the SHACL shapes left out, sorted by name.

    Args:
        folder: where they are; the ontology that ships with the project when left out.

    Raises:
        VocabError: there are none.
    """
    place = folder or resources.folder("ontology")
    found = sorted(path for path in place.glob("*.ttl") if path.name != "shapes.ttl")
    if not found:
        raise VocabError(f"{place} holds no ontology: it must have conflict.ttl and its sister files")
    return found


def load_vocab(folder: Path | None = None) -> Vocab:
    """Read the ontology.

    Args:
        folder: where the `*.ttl` files are; the ontology that ships with the project when left out.

    Raises:
        VocabError: a file does not parse, or a block lacks what its kind needs.
    """
    terms = _Terms(folder or resources.folder("ontology"))
    types = {kind.name: kind for kind in _event_types(terms)}
    return Vocab(
        namespace=NAMESPACE,
        event_types=types,
        parents={name: kind.parent for name, kind in types.items()},
        weapon_classes={weapon.name: weapon for weapon in _weapon_classes(terms)},
        stances={s: Cues(verbs=terms.all(s, "cueVerb"), phrases=terms.all(s, "cuePhrase")) for s in Stance},
        harms={harm: _harm_words(terms, harm) for harm in Harm},
        categories={category: terms.all(category, "groupNoun") for category in VictimCategory},
        words={
            name: terms.all(name, "word") + terms.all(name, "number")
            for name in terms.instances(NAMESPACE + "WordList")
        },
        irregular={forms.split()[0]: tuple(forms.split()) for forms in terms.all("IrregularForms", "word")},
        version=terms.version(),
    )


def _event_types(terms: _Terms) -> Iterator[EventType]:
    for name in terms.instances(_OWL + "Class"):
        parent = terms.term(name, "subClassOf", _RDFS)
        if parent is None or terms.term(parent, "subClassOf", _RDFS) != "Event":
            continue
        codes = {scheme: terms.all(name, f"{scheme}Code") for scheme in CODES}
        yield EventType(
            name=name,
            parent=parent,
            label=terms.text(name, "label"),
            comment=terms.text(name, "comment"),
            verbs=terms.all(name, "triggerVerb"),
            nouns=terms.all(name, "triggerNoun"),
            codes={scheme: found for scheme, found in codes.items() if found},
        )


def _weapon_classes(terms: _Terms) -> Iterator[WeaponClass]:
    for name in terms.instances(NAMESPACE + "WeaponClass"):
        yield WeaponClass(
            name=name,
            label=terms.text(name, "label"),
            broader=terms.term(name, "broader", _SKOS),
            names=terms.all(name, "weaponName"),
            models=terms.all(name, "weaponModel"),
            suggests=terms.term(name, "suggests"),
        )


def _harm_words(terms: _Terms, harm: Harm) -> HarmWords:
    return HarmWords(
        verbs=terms.all(harm, "harmVerb"),
        nouns=terms.all(harm, "harmNoun"),
        adjectives=terms.all(harm, "harmAdjective"),
    )


def _fold(name: str) -> tuple[str, ...]:
    """Return the words of `name` without case and accents."""
    letters = unicodedata.normalize("NFKD", name.replace("’", "'")).casefold()
    return tuple("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


def _singulars(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield `words` as they are and with the last one in the forms that its singular may have."""
    *rest, last = words
    yield words
    for ending, singular in (("s", ""), ("es", ""), ("ies", "y"), ("men", "man"), ("'s", "")):
        if last.endswith(ending) and len(last) > len(ending) + 1:
            yield (*rest, last.removesuffix(ending) + singular)
