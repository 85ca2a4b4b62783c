"""Named entities by gazetteer and by the shape of names, until the language model sets `doc.ents`.

Labels are the values of `EntityKind`. `doc.spans["demonyms"]` holds nationality words ("Russian", "Iraqis").
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from spacy.language import Language
from spacy.tokens import Doc, Span, Token
from spacy.util import filter_spans

from kg.gazetteer import Gazetteer
from kg.records import EntityKind
from kg.vocab import Vocab

LONGEST_NAME = 8
"""The most tokens that a name in the gazetteer is tried with."""

_PREFERENCE = (EntityKind.PLACE, EntityKind.ORGANISATION, EntityKind.PERSON, EntityKind.WEAPON, EntityKind.GROUP)
_LINKERS = frozenset(
    {
        "of",
        "al",
        "bin",
        "ibn",
        "abu",
        "de",
        "la",
        "el",
        "del",
        "van",
        "von",
        "the",
        "for",
        "and",
        "on",
        "du",
        "’s",
        "'s",
        "-",
    }
)
_OPEN_LINKERS = frozenset({"of", "for"})
_PLACE_PREPOSITIONS = frozenset("in at near from outside towards toward around across inside into over off".split())
_NAME_TAGS = frozenset({"NNP", "NNPS"})
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec. gmt utc am pm".split()
)


class NameFinder:
    """spaCy component; knows no name until it learns a vocabulary's word lists and a gazetteer."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self._kinds: Callable[[str], frozenset[EntityKind]] = lambda _: frozenset()

    def learn(self, vocab: Vocab, gazetteer: Gazetteer) -> None:
        """Take up the word lists of `vocab` and the names of `gazetteer`."""
        self._kinds = gazetteer.kinds
        words = vocab.words
        self._demonyms = {word.lower(): word for word in gazetteer.demonyms}
        self._org_heads = _lower(words, "OrganisationHeads")
        self._titles = _lower(words, "PersonTitles")
        self._facilities = _lower(words, "FacilityNouns")
        self._place_heads = _lower(words, "PlaceHeads") | self._facilities
        self._weapon_nouns = {
            word
            for weapon in vocab.weapon_classes.values()
            for name in weapon.names
            for word in (name.split()[-1], name.split()[-1] + "s")
        }

    def __call__(self, doc: Doc) -> Doc:
        """Set `doc.ents` and `doc.spans["demonyms"]`; needs tags and `doc.spans["weapons"]`."""
        found = list(self._weapons(doc))
        taken = {token.i for span in found for token in span}
        found += self._names(doc, taken)
        doc.ents = filter_spans(found)
        doc.ents = filter_spans([*doc.ents, *self._repeated(doc)])
        doc.spans["demonyms"] = [
            doc[token.i : token.i + 1]
            for token in doc
            if not token.ent_type_ and token.lower_ in self._demonyms and token.text[0].isupper()
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

    def _names(self, doc: Doc, taken: set[int]) -> Iterator[Span]:
        for start, end in self._sequences(doc, taken):
            known = self._look_up(doc, start, end)
            start = min([start, *(span.start for span in known.values())])  # noqa: PLW2901 - a known name may begin earlier
            end = max([end, *(span.end for span in known.values())])  # noqa: PLW2901
            yield from self._classify(doc, start, end, known)

    def _look_up(self, doc: Doc, start: int, end: int) -> dict[int, Span]:
        """Return the names in tokens `start` up to `end` that the gazetteer knows, longest first, by token."""
        found: dict[int, Span] = {}
        limit = doc[start].sent.end
        index = start
        while index < end:
            index = self._longest(doc, index, limit, found)
        return found

    def _longest(self, doc: Doc, index: int, limit: int, found: dict[int, Span]) -> int:
        if not _capital(doc[index]) or doc[index].lower_ in _CALENDAR:
            return index + 1
        for stop in range(min(limit, index + LONGEST_NAME), index, -1):
            if not (_capital(doc[stop - 1]) or doc[stop - 1].is_digit):
                continue
            kinds = self._kinds(doc[index:stop].text)
            if kinds:
                label = next(kind for kind in _PREFERENCE if kind in kinds)
                span = Span(doc, index, stop, label=label.value)
                found.update(dict.fromkeys(range(index, stop), span))
                return stop
        return index + 1

    def _sequences(self, doc: Doc, taken: set[int]) -> Iterator[tuple[int, int]]:
        """Yield token bounds of runs of capitalised words, joined by linking words between them."""
        for sentence in doc.sents:
            index = sentence.start
            while index < sentence.end:
                if index in taken or not self._starts_name(doc[index], sentence):
                    index += 1
                    continue
                end = index + 1
                while end < sentence.end and end not in taken:
                    if _capital(doc[end]) and doc[end].lower_ not in _CALENDAR:
                        end += 1
                        continue
                    reach = end
                    while reach < sentence.end and doc[reach].lower_ in _LINKERS and reach - end < 2:
                        reach += 1
                    joins = reach > end and reach < sentence.end and reach not in taken and _capital(doc[reach])
                    if joins and self._links(doc, index, end, reach):
                        end = reach + 1
                        continue
                    break
                yield index, end
                index = end

    def _links(self, doc: Doc, start: int, end: int, reach: int) -> bool:
        words = [token.lower_ for token in doc[end:reach]]
        if words[0] in {"'s", "’s"}:
            return False
        before = {token.lower_ for token in doc[start:end]}
        if words[0] in _OPEN_LINKERS:
            return (
                bool(before & self._org_heads)
                or bool(before & self._place_heads)
                or doc[end - 1].lower_ in {"islamic", "republic", "sea", "gulf"}
            )
        if words[0] in {"and", "on"}:
            return bool(before & self._org_heads) and doc[reach].lower_ in self._org_heads | {
                "coordination",
                "rights",
                "security",
            }
        return words[0] != "the"

    def _starts_name(self, token: Token, sentence: Span) -> bool:
        if not _capital(token) or token.lower_ in _CALENDAR or token.is_punct:
            return False
        first = token.i == sentence.start or doc_before_is_quote(token)
        if first and token.tag_ not in _NAME_TAGS:
            following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
            return bool(
                token.lower_ in self._demonyms or (following is not None and _capital(following) and not token.is_stop)
            )
        return not (token.is_stop and token.lower_ != "us" and token.tag_ not in _NAME_TAGS)

    def _classify(  # noqa: C901, PLR0912 - one decision list, read from top to bottom
        self, doc: Doc, start: int, end: int, known: Mapping[int, Span]
    ) -> Iterator[Span]:
        words = [token.lower_ for token in doc[start:end]]
        while start < end and words and words[0] in {"the", "a", "an"}:
            start, words = start + 1, words[1:]
        if start >= end:
            return
        whole = known.get(start)
        if whole is not None and whole.start == start and whole.end == end:
            yield Span(doc, start, end, label=whole.label_)
            return
        if (
            words[-1] in self._org_heads
            or (any(word in self._org_heads for word in words[:-1]) and "of" in words)
            or (len(words) > 1 and words[0] in self._org_heads)
        ):
            head = max(i for i, word in enumerate(words) if word in self._org_heads)
            title = next((i for i in range(len(words) - 1, head, -1) if words[i] in self._titles), None)
            stop = start + title if title is not None else end
            if (
                title is None
                and head < len(words) - 1
                and "of" not in words
                and not words[head + 1].isupper()
                and len(words) - head > 2
            ):
                stop = start + head + 1
            first = start
            while first < stop - 1 and doc[first].lower_ in self._titles and words[0] not in self._org_heads:
                first += 1
            if stop - first > 1 or doc[first].lower_ not in {"army", "police", "government", "parliament", "state"}:
                yield Span(doc, first, stop, label=EntityKind.ORGANISATION.value)
            if stop < end:
                yield from self._classify(doc, stop, end, known)
            return
        titles = [i for i, word in enumerate(words) if word in self._titles]
        if titles:
            before, after = start + titles[0], start + titles[-1] + 1
            if before > start:
                yield from self._classify(doc, start, before, known)
            if after < end:
                if doc[after].lower_ in _OPEN_LINKERS:
                    yield from self._classify(doc, after + 1, end, known)
                else:
                    yield from self._person(doc, after, end, known)
            return
        if words[0] in self._demonyms:
            if len(words) > 1 and whole is None:
                yield from self._classify(doc, start + 1, end, known)
            elif whole is not None and whole.end - whole.start > 1:
                yield Span(doc, whole.start, whole.end, label=whole.label_)
            return
        if (words[-1] in self._place_heads and len(words) > 1) or (
            words[0] in {"lake", "mount", "camp", "port", "fort"} and len(words) > 1
        ):
            yield Span(doc, start, end, label=EntityKind.PLACE.value)
            return
        yield from self._guess(doc, start, end, known)

    def _person(self, doc: Doc, start: int, end: int, known: Mapping[int, Span]) -> Iterator[Span]:
        covered = known.get(start)
        if (
            covered is not None
            and covered.label_ == EntityKind.PLACE.value
            and covered.end == end
            and covered.end - covered.start == 1
            and (doc[start - 1].lower_ not in self._titles)
        ):
            yield Span(doc, start, end, label=EntityKind.PLACE.value)
            return
        yield Span(doc, start, end, label=EntityKind.PERSON.value)

    def _guess(self, doc: Doc, start: int, end: int, known: Mapping[int, Span]) -> Iterator[Span]:
        spans = list(
            dict.fromkeys(
                known[i] for i in range(start, end) if i in known and known[i].start >= start and known[i].end <= end
            )
        )
        best = max(spans, key=len, default=None)
        length = end - start
        if best is not None and (
            len(best) * 2 > length
            or (
                best.label_ != EntityKind.PERSON.value
                and best.end == end
                and length <= 2
                and (
                    doc[start].lower_
                    in {
                        "eastern",
                        "western",
                        "northern",
                        "southern",
                        "central",
                        "north",
                        "south",
                        "east",
                        "west",
                        "northwest",
                        "northeast",
                        "southwest",
                        "southeast",
                        "greater",
                    }
                )
            )
        ):
            wide = best.label_ == EntityKind.PLACE.value and doc[start].lower_[:4] in {
                "nort",
                "sout",
                "east",
                "west",
                "cent",
                "grea",
            }
            yield Span(doc, start if wide else best.start, best.end, label=best.label_)
            return
        before = doc[start - 1] if start else None
        text = doc[start:end].text
        if length == 1 and text.isupper() and 2 <= len(text) <= 7 and text.isalpha():
            if doc[start].tag_ in _NAME_TAGS or not doc[start].is_stop:
                yield Span(doc, start, end, label=EntityKind.ORGANISATION.value)
            return
        previous = before.lower_ if before is not None else ""
        if (previous in _PLACE_PREPOSITIONS and length <= 3) or (
            previous == "of" and start > 1 and doc[start - 2].lower_ in self._place_heads
        ):
            yield Span(doc, start, end, label=EntityKind.PLACE.value)
        elif previous in self._titles or (length in {2, 3} and previous not in {"the", "a", "an"}):
            yield Span(doc, start, end, label=EntityKind.PERSON.value)
        elif previous == "the" and doc[start].tag_ in _NAME_TAGS:
            plural = doc[end - 1].tag_ in {"NNPS", "NNS"}
            yield Span(
                doc, start, end, label=(EntityKind.ORGANISATION if plural or length > 1 else EntityKind.PLACE).value
            )
        elif doc[start].tag_ in _NAME_TAGS and length == 1 and doc[start].i != doc[start].sent.start:
            yield Span(doc, start, end, label=EntityKind.PLACE.value)

    def _repeated(self, doc: Doc) -> Iterator[Span]:
        """Yield later bare last names of persons already named in full."""
        last = {ent[-1].text: ent.start for ent in doc.ents if ent.label_ == EntityKind.PERSON.value and len(ent) > 1}
        for token in doc:
            if token.text in last and token.i > last[token.text] and token.ent_type_ != EntityKind.PERSON.value:
                yield Span(doc, token.i, token.i + 1, label=EntityKind.PERSON.value)


@Language.factory("kg_names")
def make_names(nlp: Language, name: str) -> NameFinder:  # noqa: ARG001 - spaCy's signature
    """Make an empty name finder; `kg.nlp.load` fills it."""
    return NameFinder(nlp)


def doc_before_is_quote(token: Token) -> bool:
    """Tell whether `token` stands right behind an opening quote, where a capital says nothing."""
    return token.i > 0 and token.doc[token.i - 1].text in {'"', "“", "«"}


def _capital(token: Token) -> bool:
    text = token.text
    if text[0].isupper():
        return True
    return (
        "-" in text
        and any(part[:1].isupper() for part in text.split("-")[1:])
        and text.split("-")[0] in {"al", "el", "ar", "as", "an"}
    )


def _lower(words: Mapping[str, Sequence[str]], name: str) -> frozenset[str]:
    return frozenset(word.lower() for word in words.get(name, ()))
