"""Named entities: what the language model reads, what the gazetteer knows and the ontology's weapon systems, in one `doc.ents`.

Labels are the values of `EntityKind`. `doc.spans["demonyms"]` holds nationality words ("Russian", "Iraqis"),
`doc.spans["countries"]` the names that are countries'.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from spacy.attrs import SENT_START, SPACY, TAG
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
_WHERE = frozenset("in at near from to around outside of".split())
"""Behind these a name that a person and a town share is the town's."""
_BODILESS = frozenset({"Operation", "Exercise"})
"""What bodies are named after, but no body by itself."""
_PREFIXES = frozenset({"al", "el", "ash", "an", "ar", "as", "at", "az"})
"""Articles of Arabic names, in small letters."""
Kinds = Mapping[int, str]
"""Token of a name → label of the name."""


class NameFinder:
    """spaCy component; knows no name until it learns a vocabulary's weapons and a gazetteer."""

    def __init__(self) -> None:
        self._kinds: Callable[[str], frozenset[EntityKind]] = lambda _: frozenset()
        self._demonyms: frozenset[str] = frozenset()
        self._countries: frozenset[str] = frozenset()
        self._weapon_nouns: frozenset[str] = frozenset()
        self._site_nouns: frozenset[str] = frozenset()
        self._vessel_nouns: frozenset[str] = frozenset()

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
        self._vessel_nouns = frozenset(vocab.words.get("VesselNouns", ()))

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
        found = [
            ent for ent in _whole(filter_spans([*weapons, *known, *read.values()])) if not self._is_vessel(ent, words)
        ]
        kinds = _kinds(found)
        last_names = list(self._repeated(doc, words, found, kinds))
        names = filter_spans([*last_names, *found, *self._sites(doc, words, found, kinds)])
        doc.ents = names
        kinds = _kinds(names)
        doc.spans["demonyms"] = [
            doc[index : index + 1]
            for index, word in enumerate(words)
            if word[0].isupper() and word.lower() in self._demonyms and index not in kinds
        ]
        doc.spans["countries"] = [
            ent
            for ent in names
            if ent.label_ == EntityKind.PLACE.value
            and not self._countries.isdisjoint({ent.text, ent.text.replace(".", "")})
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

    def _is_vessel(self, ent: Span, words: Sequence[str]) -> bool:
        """Tell a ship from the town that it is called after: "the landing ship Orsk"."""
        return ent.label_ == EntityKind.PLACE.value and ent.start > 0 and words[ent.start - 1] in self._vessel_nouns

    def _sites(self, doc: Doc, words: Sequence[str], names: Sequence[Span], kinds: Kinds) -> Iterator[Span]:
        """Yield places and facilities named after a place: "Kupiansk Rail Station" where only "Kupiansk" was found."""
        for ent in names:
            if ent.label_ != EntityKind.PLACE.value:
                continue
            end = ent.end
            while end < len(words) and words[end][0].isupper() and _continues(doc[end]):
                end += 1
            last = end - 1
            if end > ent.end and words[last].lower() in self._site_nouns and kinds.get(last) != EntityKind.PERSON.value:
                yield Span(doc, ent.start, end, label=EntityKind.PLACE.value)

    def _repeated(self, doc: Doc, words: Sequence[str], names: Sequence[Span], kinds: Kinds) -> Iterator[Span]:
        """Yield later bare last names of persons already named in full, even where they are a town's too: "Dayton said"."""
        last: dict[str, int] = {}
        for ent in names:
            if ent.label_ == EntityKind.PERSON.value and len(ent) > 1 and words[ent.end - 1] not in self._countries:
                last.setdefault(words[ent.end - 1], ent.start)
        for index, word in enumerate(words if last else ()):
            if word not in last or index <= last[word] or kinds.get(index) == EntityKind.PERSON.value:
                continue
            if not (index in kinds and words[index - 1].lower() in _WHERE):
                yield Span(doc, index, index + 1, label=EntityKind.PERSON.value)

    def _known(self, doc: Doc, words: Sequence[str], taken: set[int]) -> Iterator[Span]:
        """Yield the names that the gazetteer knows, the longest from each word on."""
        proper = {doc.vocab.strings[tag] for tag in _NAME_TAGS}
        spaces, tags, begins = doc.to_array([SPACY, TAG, SENT_START]).T.tolist()
        spaced = [word + " " * space for word, space in zip(words, spaces, strict=True)]
        starts = [index for index, begin in enumerate(begins) if begin == 1]
        ends = [end for start, end in pairwise([*starts, len(words)]) for _ in range(start, end)]
        behind = 0
        for index, word in enumerate(words):
            joined = word in _PREFIXES and words[index + 1 : index + 2] == ["-"]  # "al-Qaida"
            if index < behind or index in taken or not (word[0].isupper() or joined) or word.lower() in _CALENDAR:
                continue
            named = tags[index] in proper
            if named or word == "US" or not doc[index].is_stop:
                single = named and word.lower() not in self._demonyms
                span = self._longest(doc, spaced, index, ends[index], single=single)
                if span is not None:
                    yield span
                    behind = span.end

    def _longest(self, doc: Doc, spaced: Sequence[str], index: int, end: int, *, single: bool) -> Span | None:
        for stop in range(min(end, index + LONGEST_NAME), index, -1):
            if not (spaced[stop - 1][0].isupper() or spaced[stop - 1].rstrip().isdigit()):
                continue
            if stop == index + 1 and not single:
                return None
            kinds = self._kinds("".join(spaced[index:stop]).rstrip())
            if kinds:
                return Span(doc, index, stop, label=next(kind for kind in _PREFERENCE if kind in kinds).value)
        return None


@Language.factory("kg_names")
def make_names(nlp: Language, name: str) -> NameFinder:  # noqa: ARG001 - spaCy's signature
    """Make an empty name finder; `kg.nlp.load` fills it."""
    return NameFinder()


def _continues(token: Token) -> bool:
    return token.tag_[:2] == "NN" and not token.is_sent_start


def _kinds(names: Sequence[Span]) -> Kinds:
    return {token: ent.label_ for ent in names for token in range(ent.start, ent.end)}


def _whole(names: Sequence[Span]) -> Iterator[Span]:
    """Yield names of bodies with the place that their last preposition waits for, "al Qaeda in Iraq", and no bare "Operation"."""
    starts = {ent.start: ent for ent in names}
    taken: set[int] = set()
    for ent in names:
        if ent.start in taken or (ent.label_ == EntityKind.ORGANISATION.value and ent.text in _BODILESS):
            continue
        if ent.label_ != EntityKind.ORGANISATION.value or ent[-1].tag_ != "IN" or len(ent) == 1:
            yield ent
            continue
        behind = starts.get(ent.end)
        taken.add(ent.end)
        yield Span(ent.doc, ent.start, ent.end - 1 if behind is None else behind.end, label=ent.label_)
