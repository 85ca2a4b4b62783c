"""What the extractors share while they read one `Doc`: phrases, counts, word lists and a book of mentions."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from kg import records
from kg.extract.chunks import Chunk, between, extend, noun_phrases
from kg.extract.counts import MONTHS, Count, CountReader
from kg.extract.leads import find_lead
from kg.extract.spotting import find_arguments, find_trigger_words, trigger_scores
from kg.extract.tokens import Doc, Span, Token
from kg.records import EntityKind, Mention, Stance
from kg.vocab import Vocab

ARTICLES = frozenset(
    {"the", "a", "an", "this", "that", "these", "those", "some", "another", "its", "their", "his", "her"}
)
Bounds = tuple[int, int]
"""Token offsets of a phrase: start, and the end that no longer belongs to it."""

_VIOLENT = frozenset({"Battle", "RemoteViolence", "DirectViolence"})
LOCATIVE = frozenset("in at near around outside within inside off over across on along throughout into".split())


_LONGEST_INITIALS = 3
"""A longer place in capitals is no actor like "USA"."""
_PERIODS = frozenset({"day", "week", "month", "year"})
_NOBODY = frozenset({"no", "nobody", "none", "neither"})
_BRACKETED = 3
"""Tokens of "(RSF)" behind a name."""
_NIGHT = frozenset({"overnight", "tonight"})
_LATER = frozenset({"later", "earlier"})


class Frame:
    """One document under extraction.

    Args:
        doc: the document.
        vocab: the ontology.
    """

    def __init__(self, doc: Doc, vocab: Vocab) -> None:
        self.doc = doc
        self.text = doc.text
        self.tokens = doc.tokens
        self.vocab = vocab
        self.chunks: Sequence[Chunk] = noun_phrases(doc)
        self._chunk_at = {
            i: position for position, chunk in enumerate(self.chunks) for i in range(chunk.start, chunk.end)
        }
        self.ents = {token.i: ent for ent in doc.ents for token in ent}
        self._heads: dict[tuple[int, int], Token] = {}
        self.trigger_spans = find_trigger_words(doc)
        self.triggers = {token.i: span for span in self.trigger_spans for token in span}
        self.arguments = find_arguments(doc)
        self.known = {token.i for span in doc.spans["trigger_words"] for token in span}
        self.scores = trigger_scores(doc)
        self.read_kinds = {token.i: span.label_ for span in doc.spans["triggers"] for token in span}
        self.weapons = {token.i: span for span in doc.spans["weapons"] for token in span}
        self.demonyms = {span.start for span in doc.spans["demonyms"]}
        self.countries = {span.start for span in doc.spans["countries"]}

    def words(self, name: str) -> frozenset[str]:
        """Return the word list `name` of the vocabulary in lower case."""
        return self.vocab.word_lists.get(name, frozenset())

    @cached_property
    def counts(self) -> Sequence[Count]:
        """All counts of the document."""
        numbers = self.vocab.numbers
        return list(CountReader(numbers.get("NumberWords", {}), numbers.get("VagueCounts", {})).read(self.doc))

    @cached_property
    def lead(self) -> tuple[int, int] | None:
        """Where the first sentence below a headline begins and ends, `None` without a headline."""
        return find_lead(self.doc)

    @cached_property
    def days(self) -> Sequence[tuple[int, str]]:
        """Tokens that name a day, or a time that is told from days, with its name, in order: "Monday", "Jan. 3", "last week"."""
        names = self.words("DayWords")
        found = ((index, self._day(token, names)) for index, token in enumerate(self.tokens))
        return [(index, day) for index, day in found if day is not None]

    def _day(self, token: Token, names: frozenset[str]) -> str | None:
        word = token.lower_
        if word in names:
            return word
        is_month = word.rstrip(".") in MONTHS
        if not is_month and word not in _PERIODS:
            return None
        before = token.nbor(-1) if token.i else token
        if not is_month:
            return f"{before.lower_} {word}" if before.lower_ in {"last", "previous", "next", "following"} else None
        after = token.nbor() if token.i + 1 < len(self.doc) else token
        number = next((other.text for other in (after, before) if other.text[:1].isdigit() and len(other) < 5), None)
        return None if number is None else f"{word[:3]} {number.rstrip('stndrh')}"

    @cached_property
    def read_tolls(self) -> Mapping[int, Span]:
        """Token → the casualty that the model reads there."""
        return {token.i: span for span in self.doc.spans["casualties"] for token in span}

    @cached_property
    def read_cues(self) -> Mapping[int, Sequence[str]]:
        """First token of the words that introduce speech, as the model reads them → their stances."""
        found: dict[int, list[str]] = {}
        for span in self.doc.spans["cues"]:
            found.setdefault(span.start, []).append(span.label_)
        return found

    @cached_property
    def harms(self) -> frozenset[int]:
        """Tokens of words of harm."""
        return frozenset(token.i for span in self.doc.spans["harms"] for token in span)

    @cached_property
    def harmed(self) -> Mapping[int, str]:
        """First tokens of words of harm → the harm."""
        return {span.start: span.label_ for span in self.doc.spans["harms"]}

    @cached_property
    def speakers(self) -> frozenset[int]:
        """Tokens of the sources of reported speech, as the model reads them, and heads of the subjects of its verbs."""
        read = {token.i for span in self.doc.spans["speech"] if span.label_ == "source" for token in span}
        verbs = (cue[0] for cue in self.cues.values() if cue.kb_id_ == "verb")
        return frozenset(read | {child.i for verb in verbs for child in verb.children if child.dep_ == "nsubj"})

    def is_medium(self, start: int, end: int) -> bool:
        """Tell whether a phrase is where something is written: "on Telegram", "on X"."""
        position = self.chunk_at(start)
        on = position is not None and self.chunks[position].preposition in {"on", "via", "through"}
        return on and self.head(start, end).lower_ in self.words("MediaNames")

    def is_violent(self, kind: str) -> bool:
        """Tell whether the event type `kind` is of a family of violence."""
        return self.vocab.event_types[kind].parent in _VIOLENT

    def between(self, start: int, end: int) -> range:
        """Return the positions of the noun phrases within tokens `start` up to `end`."""
        return between(self.chunks, start, end)

    def places(self, sentence: Span) -> Sequence[Span]:
        """Return the named places of a sentence."""
        return self._places.get(sentence.start, ())

    def names_scene(self, index: int) -> bool:
        """Tell whether the name at token `index` tells where the event of its phrase was: "the Nabatieh strike".

        Countries before such a noun act, "Israel strikes"; a name with a possessive does too.
        """
        ent = self.ents.get(index)
        if ent is None or ent.label_ != EntityKind.PLACE.value or ent.start in self.countries:
            return False
        named = self.named_at(ent)
        return named is not None and self.doc[ent.end].tag_ not in {"POS", "HYPH"}

    def named_at(self, ent: Span) -> Span | None:
        """Return the noun behind a name in its phrase if that names an event."""
        position = self.chunk_at(ent.start)
        named = None if position is None else self.triggers.get(max(self.chunks[position].head, ent.end))
        return named if named is not None and named.kb_id_ == "noun" and named.start >= ent.end else None

    def last_place(self, before: int, sentence: int) -> Iterator[tuple[int, int]]:
        """Yield the place that "the city" at token `before` means: the first of the last sentence that names one.

        Sentences that begin before token `sentence` come first; the sentence itself is tried last.
        """
        starts = sorted(self._places)
        for start in [*reversed(starts[: bisect_left(starts, sentence)]), sentence]:
            for ent in self._places.get(start, ()):
                if ent.end <= before:
                    yield ent.start, ent.end
                    return

    def last_called(self, word: str, before: int) -> Span | None:
        """Return the name before token `before` that ended last in the noun `word`: "Donetsk Airport" for "airport"."""
        found = self._called.get(word, ())
        position = bisect_right(found, before, key=lambda ent: ent.end)
        return found[position - 1] if position else None

    @cached_property
    def _called(self) -> dict[str, list[Span]]:
        found: dict[str, list[Span]] = {}
        for ent in self.doc.ents:
            found.setdefault(ent[-1].lower_, []).append(ent)
        return found

    def full_name(self, start: int, end: int) -> tuple[int, int]:
        """Return the name that initials stand for, else the words themselves: "Iraqi Security Forces" for "ISF"."""
        return self._initials.get(self.doc[start].text, (start, end)) if end == start + 1 else (start, end)

    @cached_property
    def _initials(self) -> dict[str, tuple[int, int]]:
        """Initials of names of two words or more, and what stands in brackets behind a name → the first such name."""
        found: dict[str, tuple[int, int]] = {}
        for ent in self.doc.ents:
            behind = self.tokens[ent.end : ent.end + 3]
            if len(ent) > 1 and len(behind) == _BRACKETED and behind[0].text == "(" and behind[2].text == ")":
                short = behind[1].text
                if short.isupper() and short.isalpha() and 1 < len(short) < len(ent.text):
                    found.setdefault(short, (ent.start, ent.end))
        for chunk in self.chunks:
            start, end = self.trim(chunk.start, chunk.end)
            words = [token for token in self.doc[start:end] if token.lower_ not in {"of", "the", "and"}]
            if len(words) > 1 and all(word.text[:1].isupper() for word in words):
                found.setdefault("".join(word.text[0] for word in words), (start, end))
        return found

    def last_person(self, before: int) -> tuple[int, int] | None:
        """Return the person named last before token `before`, whom "he" or "she" there means."""
        position = bisect_right(self._persons, before, key=lambda ent: ent.end)
        return (self._persons[position - 1].start, self._persons[position - 1].end) if position else None

    @cached_property
    def _persons(self) -> list[Span]:
        return [ent for ent in self.doc.ents if ent.label_ == EntityKind.PERSON.value]

    @cached_property
    def _places(self) -> dict[int, list[Span]]:
        found: dict[int, list[Span]] = {}
        for ent in self.doc.ents:
            if ent.label_ == EntityKind.PLACE.value and not is_compound(ent):
                found.setdefault(ent.sent.start, []).append(ent)
        return found

    def chunk_at(self, index: int) -> int | None:
        """Return the position of the noun phrase that holds token `index`."""
        return self._chunk_at.get(index)

    def phrase(self, position: int) -> tuple[int, int]:
        """Return token bounds of a noun phrase with its "of" complements and without leading articles.

        What somebody is accused "of bombing" is no complement.
        """
        start, end = extend(self.chunks, position)
        own = self.chunks[position].end
        deeds = (i for i in range(own + 1, end) if i in self.triggers and self.doc[i].lower_.endswith("ing"))
        deed = next((i for i in deeds if self.doc[i - 1].lower_ == "of"), None)
        start, end = self.trim(start, end if deed is None else deed - 1)
        later = (i for i in range(start + 1, end - 1) if self.doc[i].lower_ in _LATER)
        when = next((i for i in later if self.doc[i - 1].lower_ in self.words("TimeWords")), None)
        start = start if when is None else when + 1  # "hours later armed men entered the town"
        last = self.tokens[end - 1]
        day = end > start + 1 and last.dep_ == "obl:unmarked" and last.lower_ in self.words("DayWords") | _NIGHT
        return (start, end - 1) if day else (start, end)  # "the minister today met"

    def trim(self, start: int, end: int) -> tuple[int, int]:
        """Drop leading articles and surrounding punctuation and space of the tokens `start` up to `end`."""
        doc = self.tokens
        while start < end - 1 and (
            doc[start].lower_ in ARTICLES or doc[start].is_space or doc[start].text in {",", "-", '"', "“"}
        ):
            start += 1
        while end > start + 1 and (
            doc[end - 1].is_space or doc[end - 1].text in {",", ".", ";", "'", "’", ":"} or doc[end - 1].tag_ == "POS"
        ):
            end -= 1
        return start, end

    def kind(self, start: int, end: int) -> EntityKind:
        """Return what the phrase of tokens `start` up to `end` stands for."""
        doc = self.doc
        head = self.head(start, end)
        label = head.ent_type_
        if label and (head.ent_iob_ == "B" or doc[start].ent_type_ == label):
            return EntityKind(label)
        if head.i in self.weapons:
            return EntityKind.WEAPON
        if self.place_of(start, end) is not None:
            return EntityKind.PLACE
        if head.i in self.demonyms and end - start == 1:
            return EntityKind.PLACE if head.tag_.startswith("JJ") or head.tag_ == "NNP" else EntityKind.GROUP
        return EntityKind(label) if label else EntityKind.GROUP

    def place_of(self, start: int, end: int) -> Span | None:
        """Return the place that a phrase names together with what it is: Raqqa for "the city of Raqqa"."""
        head = self.head(start, end)
        ent = self.ents.get(end - 1)
        if ent is None or ent.label_ != EntityKind.PLACE.value or ent.start != head.i + 2 or ent.end != end:
            return None
        of_it = self.doc[head.i + 1].lower_ == "of" and head.lower_ in self.words("NamedPlaceNouns")
        return ent if of_it else None

    def head(self, start: int, end: int) -> Token:
        """Return the head noun of tokens `start` up to `end`: the last noun before an "of" or another preposition."""
        known = self._heads.get((start, end))
        if known is None:
            known = self._heads[start, end] = self._find_head(start, end)
        return known

    def _find_head(self, start: int, end: int) -> Token:
        doc = self.tokens
        vague = self.vocab.numbers.get("VagueCounts", {})
        while start + 2 < end and doc[start].lower_ in vague and doc[start + 1].lower_ == "of":
            start += 2  # "thousands of protesters"
        ends = (i for i in range(start + 1, end) if doc[i].tag_ in {"IN", "TO"} and not doc[i].ent_type_)
        counted = (i for i in ends if i + 1 == end or doc[i + 1].tag_ != "CD")  # not "more than 40 fighters"
        stop = next(counted, end)
        nouns = [i for i in range(start, stop) if doc[i].tag_[:2] in {"NN", "CD", "PR"}]
        return doc[nouns[-1] if nouns else stop - 1]

    def is_people(self, start: int, end: int) -> bool:
        """Tell whether a phrase stands for people or bodies that can act or speak."""
        doc, head = self.doc, self.head(start, end)
        if head.ent_type_ in {"Person", "Organisation", "Place"} or head.i in self.demonyms:
            return True
        return (
            head.lower_ in self.vocab.actor_nouns
            or head.lower_.rstrip("s") in self.vocab.actor_nouns
            or doc[start].lower_ in {"he", "she", "they", "it", "we", "i"}
        )

    def is_place(self, word: Token) -> bool:
        """Tell whether a word names a place, or a kind of place: "Goma", "the province"."""
        return word.ent_type_ == "Place" or word.lower_ in self.words("PlaceHeads")

    def is_dateline(self, start: int, end: int) -> bool:
        """Tell whether a phrase is a place in capitals, where the news was written: "MOSUL, Iraq (AP)"."""
        head = self.head(start, end)
        return head.ent_type_ == "Place" and head.is_upper and head.text.isalpha() and len(head) > _LONGEST_INITIALS

    def is_of(self, word: Token, category: records.VictimCategory) -> bool:
        """Tell whether a common noun stands for victims of `category`."""
        nouns = self.vocab.categories.get(category, ())
        return word.ent_type_ == "" and (word.lower_ in nouns or word.lower_.rstrip("s") in nouns)

    def is_combatant(self, word: Token) -> bool:
        """Tell whether a common noun stands for people who fight."""
        return self.is_of(word, records.VictimCategory.COMBATANTS)

    def is_nobody(self, start: int) -> bool:
        """Tell whether the phrase that begins at token `start` stands for nobody: "no group has claimed the attack"."""
        return not _NOBODY.isdisjoint(token.lower_ for token in self.doc[max(start - 1, 0) : start + 1])

    @cached_property
    def cues(self) -> dict[int, Span]:
        """First token → words that introduce speech."""
        return {span.start: span for span in self.doc.spans["cue_words"]}

    @cached_property
    def cue_words(self) -> frozenset[str]:
        """Words that introduce speech in this document."""
        return frozenset(token.lower_ for span in self.doc.spans["cue_words"] for token in span)

    @cached_property
    def cue_tokens(self) -> dict[int, Stance]:
        """First tokens of the words that introduce speech → the stance that these show."""
        return {span.start: Stance(span.label_) for span in self.doc.spans["cue_words"]}

    def span(self, start: int, end: int) -> records.Span:
        """Return tokens `start` up to `end` as code point offsets."""
        first, last = self.tokens[start], self.tokens[end - 1]
        return records.Span(start=first.idx, end=last.idx + len(last.text))


class MentionBook:
    """Collects mentions; asking twice for the same words gives the same mention."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._found: dict[tuple[int, int], tuple[EntityKind, int]] = {}

    def note(self, start: int, end: int, kind: EntityKind | None = None) -> tuple[int, int]:
        """Remember the mention of tokens `start` up to `end`; return its key."""
        key = (start, end)
        if key not in self._found:
            self._found[key] = (kind or self._frame.kind(start, end), self._frame.head(start, end).i)
        return key

    def mentions(self) -> Iterator[tuple[tuple[int, int], Mention]]:
        """Yield key and finished mention in text order, with ids m1, m2, …."""
        for number, (key, (kind, head)) in enumerate(sorted(self._found.items()), 1):
            span = self._frame.span(*key)
            yield key, Mention(id=f"m{number}", span=span, kind=kind, head=self._frame.span(head, head + 1))


def is_name(ent: Span) -> bool:
    """Tell a proper name from a common noun, which weapons may bear: "Grad rockets", "mortars"."""
    text = ent.text[1:] if ent.start == ent.sent.start else ent.text
    return ent.label_ != EntityKind.WEAPON.value or any(not letter.islower() for letter in text if letter.isalnum())


def is_compound(words: Span) -> bool:
    """Tell whether a name is the first part of a participle: "Iran-backed militias" are not in Iran, nor is "Czech-made" who acts."""
    after = words.doc[words.end : words.end + 2]
    joined = len(after) == 2 and after[0].text == "-" and not words[-1].whitespace_
    return joined and after[1].tag_ in {"VBN", "VBD", "JJ"}


def to_span(span: Span) -> records.Span:
    """Return a spaCy span as code point offsets."""
    return records.Span(start=span.start_char, end=span.end_char)
