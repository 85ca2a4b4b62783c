"""Noun phrases, subjects, objects and prepositional phrases, from tags; subjects from the dependency parse first."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.extract.syntax import named, subject
from kg.extract.tokens import Doc, Span, Token

_INSIDE = frozenset("DT PDT PRP$ CD JJ JJR JJS NN NNS NNP NNPS POS $ # FW HYPH AFX".split())
_HEADS = frozenset("NN NNS NNP NNPS CD PRP FW".split())
_GROUP = frozenset("MD VB VBD VBG VBN VBP VBZ RB RBR TO".split())
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_CLAUSE_ENDS = frozenset({";", ":", "—", "–"})
_BE = frozenset("be is are was were been being 's 're get gets got".split())
_SOME = frozenset("several some many most others few both".split())
"""Words that stand for some of those named before."""
_CONJUNCTIONS = frozenset("while that because although though if whether unless whereas".split())


_WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_TIMES_OF_DAY = frozenset("morning afternoon evening night nights".split())


class Chunk(NamedTuple):
    """A noun phrase: tokens `start` up to `end`, head noun at `head`; `preposition` is the word right before, if one."""

    start: int
    end: int
    head: int
    preposition: str | None


_COUNT_MODIFIERS = {
    "no": ("more", "than"), "at": ("least",), "more": ("than",), "fewer": ("than",), "less": ("than",), "up": ("to",),
    "as": ("many", "as"), "about": (), "around": (), "nearly": (), "almost": (), "over": (), "approximately": (), "some": (),
    "roughly": (),
}  # fmt: skip
"""First word of what modifies a count → the words behind it."""


def noun_phrases(doc: Doc) -> list[Chunk]:
    """Return the base noun phrases of `doc`; a recognised name is never split."""
    names = {token.i: name for name in doc.ents for token in name}
    found: list[Chunk] = []
    words = list(doc)  # quicker to index than the document
    for sentence in doc.sents:
        index = sentence.start
        while index < sentence.end:
            end = _phrase_end(words, index, sentence.end, names)
            if end == index:
                index += 1
                continue
            heads = [i for i in range(index, end) if words[i].tag_ in _HEADS]
            if heads:
                found.append(Chunk(index, end, heads[-1], _preposition(words, index, sentence.start)))
            index = end
    return found


def _phrase_end(doc: Sequence[Token], start: int, limit: int, names: dict[int, Span]) -> int:
    if doc[start].tag_ == "PRP" or doc[start].lower_ in {"there", "those"}:
        return start + 1
    index = start + _count_modifier(doc, start, limit)
    while index < limit:
        token = doc[index]
        name = names.get(index)
        if _is_day(doc, start, index):
            break
        if name is not None and name.start == index:
            index = min(name.end, limit)
            continue
        if index > start and _count_modifier(doc, index, limit):
            break
        fresh = index > start and token.tag_ in {"DT", "PRP$", "PDT"} and doc[index - 1].tag_ not in {"PDT", "POS"}
        fresh = fresh or (index > start and _counts_others(doc, index))
        if fresh or (index > start and _ends_date(doc, index - 1)):
            break
        if token.tag_ in _INSIDE or _modifies(doc, index, limit, inside=index > start):
            index += 1
            continue
        break
    while (
        index > start
        and doc[index - 1].tag_ in {"DT", "POS", "PDT", "PRP$", "HYPH", "RB", "VBG"}
        and names.get(index - 1) is None
    ):
        index -= 1
    return index


def _counts_others(doc: Sequence[Token], index: int) -> bool:
    """Tell whether a number at `index` begins another phrase than the noun before it: "under the deal 33 hostages would go"."""
    token, before = doc[index], doc[index - 1]
    counts = token.dep_ == "nummod" and token.head.i > index and token.head.dep_.startswith("nsubj")
    return counts and before.tag_ in {"NN", "NNS"} and before.head.i not in {token.head.i, index}


def _ends_date(doc: Sequence[Token], index: int) -> bool:
    """Tell whether the token at `index` is a month behind its day: "on 27 July gunmen opened fire"."""
    return doc[index].dep_ == "nmod:unmarked" and doc[index].head.i == index - 1 and doc[index - 1].tag_ == "CD"


def _is_day(doc: Sequence[Token], start: int, index: int) -> bool:
    """Tell whether a phrase is a day that ends before token `index`: "on Monday artillery hit", not "on Monday night"."""
    day = index == start + 1 and start > 0 and doc[start].lower_ in _WEEKDAYS and doc[start - 1].lower_ == "on"
    return day and doc[index].tag_ in {"NNS", "NN", "JJ", "NNP"} and doc[index].lower_ not in _TIMES_OF_DAY


def _count_modifier(doc: Sequence[Token], start: int, limit: int) -> int:
    """Return how many tokens at `start` modify a count ("at least 21"), 0 when none do."""
    words = _COUNT_MODIFIERS.get(doc[start].lower_)
    if words is None:
        return 0
    end = start + 1 + len(words)
    if end >= limit or any(doc[start + i].lower_ != word for i, word in enumerate(words, 1)):
        return 0
    following = doc[end]
    vague = following.tag_ in {"NN", "NNS"} and following.lower_.endswith(("dozen", "scores", "hundreds", "thousands"))
    return end - start if vague or following.tag_ == "CD" else 0


def _modifies(doc: Sequence[Token], index: int, limit: int, *, inside: bool) -> bool:
    """Tell whether a participle, adverb, hyphen or quote stands inside a noun phrase ("at least 21", "armed men")."""
    token = doc[index]
    following = doc[index + 1] if index + 1 < limit else None
    if following is None:
        return False
    nominal = following.tag_ in _INSIDE and following.tag_ not in {"DT", "PRP$", "PDT"}
    if token.tag_ in {"VBN", "VBG"} and token.lower_ != "using":  # "attacks the airport using missiles"
        if inside and doc[index - 1].text == "-":
            return nominal
        before = doc[index - 1].tag_ if inside else ""
        second = not inside and token.dep_ in {"conj", "root", "ccomp"}  # "killed and injured civilians"
        return (
            nominal
            and not second
            and following.tag_ != "CD"
            and (before in {"DT", "JJ", "PRP$", "CD", "POS", "NN", "NNP", "HYPH"} or not inside)
            and (inside or token.tag_ == "VBN")
            and before != "NN"
        )
    if token.tag_ == "CC":
        modifiers = inside and doc[index - 1].tag_ in {"JJ", "VBN"} and index + 2 < limit
        return modifiers and following.tag_ in {"JJ", "NN"} and doc[index + 2].tag_ in {"NN", "NNS"}
    if token.tag_ in {"RB", "RBR", "JJR"}:
        more = token.lower_ == "more" and following.tag_ in {"JJ", "NNS"}  # "injured more innocent civilians"
        return following.tag_ in {"JJ", "VBN", "CD"} if inside else more
    if token.text in {"-", "–"}:
        return inside and not token.whitespace_
    if token.text in {'"', "“", "”", "'"}:
        return inside and nominal
    return False


def _preposition(doc: Sequence[Token], start: int, limit: int) -> str | None:
    if start == limit:
        return None
    before = doc[start - 1]
    if before.lower_ in _CONJUNCTIONS:
        return None
    return (
        before.lower_
        if before.tag_ in {"IN", "TO"} or (before.tag_ == "RP" and before.lower_ in {"off", "over"})
        else None
    )


def between(chunks: Sequence[Chunk], start: int, end: int) -> range:
    """Return the positions of the noun phrases that lie within tokens `start` up to `end`."""
    first, last = bisect_left(chunks, (start,)), bisect_left(chunks, (end,))
    if last > first and chunks[last - 1].end > end:
        last -= 1
    return range(first, max(first, last))


def extend(chunks: Sequence[Chunk], position: int) -> tuple[int, int]:
    """Return token bounds of the phrase at `position` with its "of" complements ("the city of Sartana")."""
    start, end = chunks[position].start, chunks[position].end
    for following in chunks[position + 1 : position + 3]:
        if following.preposition == "of" and following.start == end + 1:
            end = following.end
        else:
            break
    return start, end


def verb_group(token: Token) -> tuple[int, int]:
    """Return token bounds of the verb group that ends with `token` ("were attempting to enter")."""
    doc, start = token.doc.tokens, token.i
    limit = token.sent.start
    while start > limit and doc[start - 1].tag_ in _GROUP:
        start -= 1
    while start < token.i and doc[start].tag_ in {"RB", "RBR"}:
        start += 1
    return start, token.i + 1


_NO_OBJECT = frozenset({"IN", "TO", "RB", ",", "."})
"""Tags behind a participle that has no object."""


def is_passive(token: Token) -> bool:
    """Tell whether the verb at `token` is passive ("was shelled", "gunned down by")."""
    if token.tag_ not in {"VBN", "VBD"}:
        return False
    start, _ = verb_group(token)
    group = [word.lower_ for word in token.doc[start : token.i]]
    if any(word in _BE for word in group):
        return True
    if any(word in {"have", "has", "had", "having"} for word in group):
        return False
    bare = token.i + 1 == token.sent.end or token.doc[token.i + 1].tag_ in _NO_OBJECT
    if token.tag_ == "VBN" and token.dep_ in {"acl", "xcomp"} and start == token.i and bare:
        return True  # "civilians besieged in the city"
    for following in token.doc[token.i + 1 : min(token.i + 4, token.sent.end)]:
        if following.lower_ == "by":
            return True
        if following.tag_ not in {"RP", "RB", "IN", "NN", "NNP"}:
            break
    return False


def clause_end(doc: Doc, start: int, limit: int) -> int:
    """Return where the clause that holds token `start` ends: at a break mark, a subordinator after a comma, or `limit`."""
    for index, token in enumerate(doc.tokens[start + 1 : limit], start + 1):
        if token.text in _CLAUSE_ENDS:
            return index
        if token.lower_ in {"but", "while", "whereas", "however", "although"}:
            return index
        if token.lower_ in {"after", "before", "because", "since", "when"} and _finite_verb_after(doc, index, limit):
            return index
        if token.tag_ == "CC" and _finite_verb_follows(doc, index + 1, limit):
            return index
    return limit


def _finite_verb_follows(doc: Doc, index: int, limit: int) -> bool:
    while index < limit and doc[index].tag_ in {"RB", "RBR"}:
        index += 1
    return index < limit and doc[index].tag_ in {"VBZ", "VBD", "VBP", "MD"}


def _finite_verb_after(doc: Doc, index: int, limit: int) -> bool:
    return any(token.tag_ in {"VBZ", "VBD", "VBP", "MD"} for token in doc[index + 1 : min(limit, index + 12)])


def subject_of(token: Token, chunks: Sequence[Chunk]) -> int | None:
    """Return the position in `chunks` of the subject of the verb at `token`, or `None`.

    The parse decides; where it finds no subject, or one outside of all phrases, the order of tags does, and so it does in
    "with eighteen people being killed". "Several" of those named before are nobody else, nor is "fighting in the town".
    """
    start, _ = verb_group(token)
    if token.doc[start].lower_ == "being":
        attached = _holding(chunks, start - 1)
        if attached is not None:
            return attached
    found = subject(token)
    if found is not None and (_is_some(found, start) or (found.tag_ == "VBG" and found.dep_ == "nsubj")):
        return _holding(chunks, found.i)
    position = None if found is None else _holding(chunks, named(found).i)
    return position if position is not None else _subject_by_tags(token, chunks)


def _is_some(word: Token, limit: int) -> bool:
    """Tell whether a word before token `limit` stands for some of those named before: "several", but not "most of the men"."""
    return word.i < limit and word.lower_ in _SOME and word.doc[word.i + 1].lower_ != "of"


def _holding(chunks: Sequence[Chunk], index: int) -> int | None:
    """Return the position of the phrase that holds token `index`."""
    position = bisect_left(chunks, (index + 1,)) - 1
    return position if position >= 0 and index < chunks[position].end else None


def _subject_by_tags(token: Token, chunks: Sequence[Chunk], depth: int = 0) -> int | None:
    doc, limit = token.doc, token.sent.start
    start, _ = verb_group(token)
    before = start - 1
    while before >= limit and doc[before].tag_ in {"RB", "RBR"}:
        before -= 1
    if before < limit:
        return None
    attached = next((i for i in between(chunks, limit, start) if chunks[i].end == start), None)
    if doc[start].tag_ == "VBG" and attached is not None:
        return attached
    joined = doc[before].tag_ == "CC" or doc[before].text == "," or doc[start].tag_ in {"VBG", "TO"}
    if joined and depth < 3 and not (doc[before].text == "," and _interrupted(doc, before, limit)):
        earlier = _verb_before(doc, before, limit)
        if earlier is not None:
            return _subject_by_tags(earlier, chunks, depth + 1)
    positions = list(between(chunks, limit, start))
    if doc[before].lower_ in {"who", "which", "that"} and positions:
        before -= 2 if doc[before - 1].text == "," else 1
        return next((i for i in reversed(positions) if chunks[i].end == before + 1), None)
    if doc[before].text == ",":
        opened = _opening_comma(doc, before, limit)
        if opened is not None:
            named = [i for i in positions if chunks[i].start > opened and _is_person(doc, chunks[i])]
            if named:
                return named[-1]
            positions = [i for i in positions if chunks[i].end <= opened]
    for i in reversed(positions):
        if chunks[i].preposition is None:
            return i
        if _verb_before(doc, start - 1, chunks[i].end) is not None:
            return None
    return positions[0] if positions else None


def _is_person(doc: Doc, chunk: Chunk) -> bool:
    return any(token.ent_type_ == "Person" for token in doc[chunk.start : chunk.end])


def _interrupted(doc: Doc, comma: int, limit: int) -> bool:
    opened = _opening_comma(doc, comma, limit)
    return opened is not None and _verb_before(doc, comma, opened) is None and doc[opened + 1].tag_ != "CC"


def _opening_comma(doc: Doc, comma: int, limit: int) -> int | None:
    return next((i for i in range(comma - 1, limit, -1) if doc[i].text == ","), None)


def _verb_before(doc: Doc, index: int, limit: int) -> Token | None:
    for i in range(index, limit - 1, -1):
        if doc[i].tag_ in {"VBZ", "VBD", "VBP"} or (
            doc[i].tag_ == "VBN" and i > limit and doc[i - 1].lower_ in _BE | {"has", "have", "had"}
        ):
            return doc[i]
    return None


def objects_of(end: int, doc: Doc, chunks: Sequence[Chunk], limit: int) -> Iterator[int]:
    """Yield the positions in `chunks` of the direct objects after a verb that ends before token `end`."""
    index, held = end, False
    inside = between(chunks, end, limit)
    starts = {chunks[i].start for i in inside}
    while index < limit and index not in starts and doc[index].tag_ in {"RP", "RB"}:
        index += 1
    expected = index
    for i in inside:
        chunk = chunks[i]
        if chunk.start < index:
            continue
        gap = list(doc[expected : chunk.start])
        allowed = all(
            token.text in {",", '"', "“"} or (token.tag_ == "CC" and token.lower_ != "but") or token.lower_ == "both"
            for token in gap
        )
        if not allowed or (expected == index and gap and gap[0].text == ","):
            of_phrase = expected > index and len(gap) == 1 and gap[0].lower_ == "of"
            if of_phrase:
                expected, held = chunk.end, True
                continue
            return
        if held and not gap:
            return  # "accused the rebels of bombing it"
        if gap and gap[0].text == "," and not _ends_in_conjunction(doc, chunks, i, inside):
            return  # "injuring eight tenants, regional head Andrei Kalugin reported": the next clause begins
        if gap and chunk.end < limit and doc[chunk.end].tag_ in _FINITE:
            return  # "shelled the town, and the army denied it"
        if gap and doc[chunk.head].dep_ == "nsubj" and doc[chunk.head].head.i > chunk.end:
            return  # "killing 15 civilians, residents and rescuers known as the White Helmets said"
        yield i
        expected = chunk.end


def _ends_in_conjunction(doc: Doc, chunks: Sequence[Chunk], position: int, inside: range) -> bool:
    """Tell whether the list that the phrase at `position` continues after a comma has its "and" or "or"."""
    for i in range(position, inside.stop):
        gap = doc[chunks[i - 1].end : chunks[i].start]
        if any(token.tag_ == "CC" for token in gap):
            return True
        if not all(token.text == "," for token in gap):
            return False
    return False


def prepositional(start: int, end: int, chunks: Sequence[Chunk]) -> Iterator[tuple[str, int]]:
    """Yield (preposition, position in `chunks`) of the prepositional phrases within tokens `start` up to `end`."""
    for i in between(chunks, start, end):
        preposition = chunks[i].preposition
        if preposition:
            yield preposition, i
