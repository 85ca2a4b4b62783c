"""Named entities: what the language model reads, what the gazetteer knows and the ontology's weapon systems, in one `doc.ents`.

Labels are the values of `EntityKind`. `doc.spans["demonyms"]` holds nationality words ("Russian", "Iraqis"),
`doc.spans["countries"]` the names that are countries'.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from spacy.attrs import SPACY
from spacy.language import Language
from spacy.tokens import Doc, Span, Token
from spacy.util import filter_spans

from kg.gazetteer import Gazetteer
from kg.nlp.tokens import texts
from kg.records import EntityKind
from kg.vocab import Vocab

LONGEST_NAME = 8
"""The most tokens that a name in the gazetteer is tried with."""

_CACHED = 10_000
_PREFERENCE = (EntityKind.PLACE, EntityKind.ORGANISATION, EntityKind.PERSON, EntityKind.WEAPON, EntityKind.GROUP)
_NAME_TAGS = frozenset({"NNP", "NNPS"})
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec. gmt utc am pm".split()
)


class NameFinder:
    """spaCy component; knows no name until it learns a vocabulary's weapons and a gazetteer."""

    def __init__(self) -> None:
        self._kinds: Callable[[str], frozenset[EntityKind]] = lambda _: frozenset()
        self._demonyms: frozenset[str] = frozenset()
        self._countries: frozenset[str] = frozenset()
        self._weapon_nouns: frozenset[str] = frozenset()
        self._site_nouns: frozenset[str] = frozenset()

    def learn(self, vocab: Vocab, gazetteer: Gazetteer) -> None:
        """Take up the weapons of `vocab` and the names of `gazetteer`."""
        self._kinds = lru_cache(_CACHED)(gazetteer.kinds)
        self._demonyms = frozenset(word.lower() for word in gazetteer.demonyms)
        self._countries = frozenset(
            name for entry in gazetteer.countries.values() for name in (entry.name, *entry.aliases)
        )
        last = {name.split()[-1] for weapon in vocab.weapon_classes.values() for name in weapon.names}
        self._weapon_nouns = frozenset(last | {f"{word}s" for word in last})
        heads = (word for name in ("PlaceHeads", "FacilityHeads") for word in vocab.words.get(name, ()))
        self._site_nouns = frozenset(word.lower() for word in heads)

    def __call__(self, doc: Doc) -> Doc:
        """Set `doc.ents` and the groups of `doc.spans` named above; needs the model's names, tags and `doc.spans["weapons"]`.

        Of names that overlap, the longest counts; of equal ones the gazetteer's kind, unless it knows the model's too.
        Weapons are there by common nouns as well ("mortars").
        """
        words = texts(doc)
        weapons = list(self._weapons(doc))
        taken = {token.i for span in weapons for token in span}
        read = {(ent.start, ent.end): ent for ent in doc.ents if taken.isdisjoint(range(ent.start, ent.end))}
        known = []
        for span in self._known(doc, words, taken):
            own = read.pop((span.start, span.end), None)
            agreed = own is not None and EntityKind(own.label_) in self._kinds(span.text)
            known.append(own if own is not None and agreed else span)
        doc.ents = filter_spans([*weapons, *known, *read.values()])
        doc.ents = filter_spans([*doc.ents, *_repeated(doc, words), *self._sites(doc, words)])
        doc.spans["demonyms"] = [
            doc[index : index + 1]
            for index, word in enumerate(words)
            if word[0].isupper() and word.lower() in self._demonyms and not doc[index].ent_type_
        ]
        doc.spans["countries"] = [
            ent for ent in doc.ents if ent.label_ == EntityKind.PLACE.value and ent.text in self._countries
        ]
        return doc

    def _weapons(self, doc: Doc) -> Iterator[Span]:
        """Yield weapon systems with a proper name, with the noun that follows ("Vampire rockets")."""
        for span in doc.spans["weapons"]:
            if span.kb_id_ or not any(character.isupper() or character.isdigit() for character in span.text):
                continue
            end = span.end
            while end < len(doc) and doc[end].lower_ in self._weapon_nouns:
                end += 1
            single_word = len(span) == 1 and span.text.isalpha() and end == span.end
            if single_word and (span.start == span.sent.start or doc[span.start].tag_ not in _NAME_TAGS):
                continue
            yield Span(doc, span.start, end, label=EntityKind.WEAPON.value)

    def _sites(self, doc: Doc, words: Sequence[str]) -> Iterator[Span]:
        """Yield places and facilities named after a place: "Kupiansk Rail Station" where only "Kupiansk" was found."""
        for ent in doc.ents:
            if ent.label_ != EntityKind.PLACE.value:
                continue
            end, limit = ent.end, ent.sent.end
            while end < limit and words[end][0].isupper() and doc[end].tag_[:2] == "NN":
                end += 1
            last = end - 1
            if (
                end > ent.end
                and words[last].lower() in self._site_nouns
                and doc[last].ent_type_ != EntityKind.PERSON.value
            ):
                yield Span(doc, ent.start, end, label=EntityKind.PLACE.value)

    def _known(self, doc: Doc, words: Sequence[str], taken: set[int]) -> Iterator[Span]:
        """Yield the names that the gazetteer knows, the longest from each word on."""
        spaced = [word + " " * space for word, space in zip(words, doc.to_array(SPACY).tolist(), strict=True)]
        for sentence in doc.sents:
            index, end = sentence.start, sentence.end
            while index < end:
                span = None
                if words[index][0].isupper() and index not in taken and _begins(doc[index]):
                    span = self._longest(doc, spaced, index, end)
                if span is not None:
                    yield span
                index = span.end if span is not None else index + 1

    def _longest(self, doc: Doc, spaced: Sequence[str], index: int, end: int) -> Span | None:
        for stop in range(min(end, index + LONGEST_NAME), index, -1):
            if not (spaced[stop - 1][0].isupper() or spaced[stop - 1].rstrip().isdigit()):
                continue
            single = stop == index + 1
            if single and (doc[index].tag_ not in _NAME_TAGS or doc[index].lower_ in self._demonyms):
                return None
            kinds = self._kinds("".join(spaced[index:stop]).rstrip())
            if kinds:
                return Span(doc, index, stop, label=next(kind for kind in _PREFERENCE if kind in kinds).value)
        return None


@Language.factory("kg_names")
def make_names(nlp: Language, name: str) -> NameFinder:  # noqa: ARG001 - spaCy's signature
    """Make an empty name finder; `kg.nlp.load` fills it."""
    return NameFinder()


def _begins(capital: Token) -> bool:
    named = capital.tag_ in _NAME_TAGS
    return capital.lower_ not in _CALENDAR and (named or not capital.is_stop or capital.text == "US")


def _repeated(doc: Doc, words: Sequence[str]) -> Iterator[Span]:
    """Yield later bare last names of persons already named in full."""
    last: dict[str, int] = {}
    for ent in doc.ents:
        if ent.label_ == EntityKind.PERSON.value and len(ent) > 1:
            last.setdefault(ent[-1].text, ent.start)
    for index, word in enumerate(words):
        if word in last and index > last[word] and doc[index].ent_type_ != EntityKind.PERSON.value:
            yield Span(doc, index, index + 1, label=EntityKind.PERSON.value)
