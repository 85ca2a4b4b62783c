"""Reads `ontology/*.ttl` once into one frozen `Vocab`: event types, weapon classes, cues, words."""

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

import msgspec

from kg.records import EntityKind, Harm, Stance, Status, VictimCategory
from kg.terms import NAMESPACE, OWL, RDFS, SKOS, Terms

__all__ = ["CODES", "NAMESPACE", "Cues", "EventType", "HarmWords", "Vocab", "WeaponClass", "load_vocab"]

CODES = ("acled", "ucdp", "plover", "cameo")
"""The event data sets whose codes an event type may carry."""


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
    """Everything that the stages know of the domain, in the order of the files.

    `covers` maps an event type to those that it is a less exact word for, `resembles` to those that it is mixed up with,
    both ways round; every type has an entry. `meanings` maps the values of the closed sets of `kg.records` ("Occurred", "Asserts", "Place") to their comments.
    """

    namespace: str
    event_types: Mapping[str, EventType]
    parents: Mapping[str, str]
    covers: Mapping[str, frozenset[str]]
    resembles: Mapping[str, frozenset[str]]
    weapon_classes: Mapping[str, WeaponClass]
    stances: Mapping[Stance, Cues]
    harms: Mapping[Harm, HarmWords]
    categories: Mapping[VictimCategory, tuple[str, ...]]
    words: Mapping[str, tuple[str, ...]]
    irregular: Mapping[str, tuple[str, ...]]
    meanings: Mapping[str, str]
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
    def word_lists(self) -> Mapping[str, frozenset[str]]:
        """The word lists in lower case, to look words up in."""
        return {name: frozenset(word.lower() for word in words) for name, words in self.words.items()}

    @cached_property
    def numbers(self) -> Mapping[str, Mapping[str, int]]:
        """The word lists whose entries read "word=value", as mappings in lower case.

        >>> load_vocab().numbers["NumberWords"]["dozen"]
        12
        """
        pairs = {name: [word.rpartition("=") for word in words] for name, words in self.words.items()}
        return {
            name: {word.lower(): int(value) for word, _, value in entries}
            for name, entries in pairs.items()
            if all(sign and value.isdecimal() for _, sign, value in entries)
        }

    @cached_property
    def actor_nouns(self) -> frozenset[str]:
        """Nouns for people and bodies that can act or speak."""
        names = ("PersonNouns", "GroupHeads", "OrganisationHeads", "PersonTitles")
        lists = {word for name in names for word in self.word_lists.get(name, ())}
        return frozenset(lists | {word for words in self.categories.values() for word in words})

    @cached_property
    def _weapon_names(self) -> tuple[dict[tuple[str, ...], str], dict[tuple[str, ...], str]]:
        classes = list(self.weapon_classes.values())
        models = {_fold(name): weapon.name for weapon in classes for name in weapon.models}
        return models, {_fold(name): weapon.name for weapon in classes for name in weapon.names}

    @cached_property
    def _longest_name(self) -> int:
        return max((len(name) for table in self._weapon_names for name in table), default=0)


def load_vocab(folder: Path | None = None) -> Vocab:
    """Read the ontology.

    Args:
        folder: where the `*.ttl` files are; the ontology that ships with the project when left out.

    Raises:
        VocabError: a file does not parse, or a block lacks what its kind needs.
    """
    terms = Terms(folder)
    types = {kind.name: kind for kind in _event_types(terms)}
    return Vocab(
        namespace=NAMESPACE,
        event_types=types,
        parents={name: kind.parent for name, kind in types.items()},
        covers={name: frozenset(terms.locals(name, "covers")) for name in types},
        resembles=_both_ways({name: terms.locals(name, "resembles") for name in types}),
        weapon_classes={weapon.name: weapon for weapon in _weapon_classes(terms)},
        stances={s: Cues(verbs=terms.all(s, "cueVerb"), phrases=terms.all(s, "cuePhrase")) for s in Stance},
        harms={harm: _harm_words(terms, harm) for harm in Harm},
        categories={category: terms.all(category, "groupNoun") for category in VictimCategory},
        words={
            name: terms.all(name, "word") + terms.all(name, "number")
            for name in terms.instances(NAMESPACE + "WordList")
        },
        irregular={forms.split()[0]: tuple(forms.split()) for forms in terms.all("IrregularForms", "word")},
        meanings={
            term: text
            for kind in (EntityKind, Status, Stance, Harm, VictimCategory)
            for term in kind
            for text in terms.all(term, "comment", RDFS)[:1]
        },
        version=terms.version(),
    )


def _both_ways(pairs: Mapping[str, tuple[str, ...]]) -> dict[str, frozenset[str]]:
    """Return the relation with each pair turned round as well.

    >>> _both_ways({"Riot": ("Protest",), "Protest": ()})["Protest"]
    frozenset({'Riot'})
    """
    back = {name: {other for other, named in pairs.items() if name in named} for name in pairs}
    return {name: frozenset(back[name] | set(named)) for name, named in pairs.items()}


def _event_types(terms: Terms) -> Iterator[EventType]:
    for name in terms.instances(OWL + "Class"):
        parent = terms.term(name, "subClassOf", RDFS)
        if parent is None or terms.term(parent, "subClassOf", RDFS) != "Event":
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


def _weapon_classes(terms: Terms) -> Iterator[WeaponClass]:
    for name in terms.instances(NAMESPACE + "WeaponClass"):
        yield WeaponClass(
            name=name,
            label=terms.text(name, "label"),
            broader=terms.term(name, "broader", SKOS),
            names=terms.all(name, "weaponName"),
            models=terms.all(name, "weaponModel"),
            suggests=terms.term(name, "suggests"),
        )


def _harm_words(terms: Terms, harm: Harm) -> HarmWords:
    return HarmWords(
        verbs=terms.all(harm, "harmVerb"),
        nouns=terms.all(harm, "harmNoun"),
        adjectives=terms.all(harm, "harmAdjective"),
    )


def _fold(name: str) -> tuple[str, ...]:
    """Return the words of `name` without case and accents."""
    letters = unicodedata.normalize("NFKD", name.replace("\u2019", "'")).casefold()
    return tuple("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


def _singulars(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield `words` as they are and with the last one in the forms that its singular may have."""
    *rest, last = words
    yield words
    for ending, singular in (("s", ""), ("es", ""), ("ies", "y"), ("men", "man"), ("'s", "")):
        if last.endswith(ending) and len(last) > len(ending) + 1:
            yield (*rest, last.removesuffix(ending) + singular)
