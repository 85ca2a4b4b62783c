"""Which words a source is reported to say: behind the cue, or before the speaker in "…, X said"."""

from kg.extract.chunks import verb_group
from kg.extract.frame import Bounds, Frame
from kg.extract.tokens import Span
from kg.records import Stance

QUOTES = frozenset({'"', "“", "”"})
_LONGEST_ANSWER = 10
"""How many tokens a clause like ", an accusation the foreign ministry rejected" may have before its verb."""
_SAYING = frozenset({"saying", "telling"})
_NOMINAL = frozenset("DT PRP$ POS JJ NN NNS NNP NNPS HYPH GW".split())


def find_content(frame: Frame, cue: Span, source: Bounds, stance: Stance) -> Bounds | None:
    """Return the words said: behind the cue, or before the speaker in "…, X said"; `source` are the speaker's own words."""
    doc, sentence = frame.doc, cue.sent
    end = last_word(frame, sentence)
    named = stance is Stance.CLAIMS_RESPONSIBILITY and cue[-1].pos_ == "NOUN" and cue[-1].i in frame.triggers
    part = stance is Stance.DENIES and cue[-1].lemma_.lower() in frame.words("OwnPartNouns")
    start = cue.start + 1 if named or part else cue.end  # "claimed the attack on …", "denied involvement in …"
    while start < end and (
        doc[start].lower_ in {"that", "on", "of", "for"} or doc[start].text in {",", ":"} or doc[start].is_space
    ):
        start += 1
    start = behind_setting(frame, cue, _behind_aside(frame, start, end), end)
    quoted = next((i for i in range(start, end - 2) if _is_as_saying(frame, i)), None)
    if quoted is not None:
        return quoted + 2 + (doc[quoted + 2].lower_ == "that"), end  # "quoted an official as saying that …"
    if cue[0].tag_ == "VBG" and doc[start - 1].text == "," and start in frame.cues:
        return None  # "the mayor, writing on Facebook, said …"
    if start == cue.end < end - 1 and doc[start].tag_ == "CC" and doc[start + 1].tag_ == cue[0].tag_:
        return None  # "advising and assisting the army"
    if cue[0].lemma_ == "put" and len(cue) > 1:
        start = cue.start + 1  # "put the toll at 54"
    rest = doc[start:end]
    bare = all(token.lower_ in frame.words("TimeWords") or token.tag_ in {"IN", "DT", "RB", "PRP"} for token in rest)
    quoted_before = _quote_before(frame, sentence) if bare and source[0] - sentence.start <= 1 else None
    if quoted_before is not None:
        return quoted_before
    comma = any(
        token.text == "," for token in doc[cue.end : min(start + 1, end)]
    )  # "said, killing two", "said on Monday, but"
    aside = cue.end < end and comma and _is_told_before(frame, cue, source)
    bound = doc[sentence.start].lower_ in frame.words("ConditionWords")  # "if talks fail, they warn, war will go on"
    postposed = (
        cue.start > sentence.start
        and not (aside and bound)
        and (bare or aside or source[0] >= cue.end or _tail_of_quote(frame, cue, source))
    )
    if postposed:
        stop = min(source[0], verb_group(cue[0])[0])
        while stop > sentence.start and (doc[stop - 1].tag_ in _NOMINAL or doc[stop - 1].ent_type_ == "Person"):
            stop -= 1
        stop = _quote_end(frame, sentence.start, stop)
        first, last = _quote_start(frame, sentence.start, stop), frame.trim(sentence.start, stop)[1]
        before = next((i for i in range(first, last) if not (doc[i].is_punct or doc[i].is_space)), first), last
        if _is_aside(frame, *before):
            return None
        if stop - sentence.start >= 3 and doc[stop - 1].text in {",", *QUOTES, "—", "–"}:
            return before
    if end > start:
        return start, _until_next_cue(frame, start, end)
    return (cue.start + 1, cue.end) if len(cue) > 1 else None  # "deny responsibility" holds its own content


def _is_aside(frame: Frame, start: int, end: int) -> bool:
    """Tell whether words before a speaker are not said: his office, "The minister, Ivan Petrov, said:", what he answers, "Commenting on"."""
    words = frame.doc[start:end]
    if not words or words[0].text in QUOTES or frame.doc[start - 1 : start].text in QUOTES:
        return False
    answers = words[0].tag_ == "VBG" and words[0].lemma_.lower() in frame.words("ReplyingVerbs")
    return answers or all(token.tag_[:2] in {"NN", "IN", "DT", "JJ"} for token in words)


def _is_as_saying(frame: Frame, index: int) -> bool:
    return frame.tokens[index].lower_ == "as" and frame.tokens[index + 1].lower_ in _SAYING


def last_word(frame: Frame, sentence: Span) -> int:
    """Return where the words of a sentence end, before its closing punctuation."""
    end = sentence.end
    words = frame.tokens
    while end > sentence.start + 1 and (words[end - 1].is_space or words[end - 1].text in {".", ",", "!", "?"}):
        end -= 1
    return end


def answered(frame: Frame, cue: Span) -> tuple[int, Bounds] | None:
    """Return where the words end that a cue answers, and who answers, in ", which Israel denied", ", a charge Israel denied"."""
    doc, stop = frame.doc, verb_group(cue[0])[0]
    comma = next(
        (i for i in range(stop - 1, max(cue.sent.start, stop - _LONGEST_ANSWER), -1) if doc[i].text == ","), None
    )
    if comma is None or cue.kb_id_ != "verb":
        return None
    start = comma + 2
    if doc[comma + 1].tag_ == "DT" and doc[comma + 2].lower_ in frame.words("AccusationNouns"):
        start = comma + 3 + (doc[comma + 3].lower_ in {"that", "which"})
    elif doc[comma + 1 : comma + 3].text.lower() == "for which":
        start = comma + 3
    elif doc[comma + 1].lower_ not in {"which", "something"}:
        return None
    if start >= stop or not frame.is_people(*frame.trim(start, stop)):
        return None
    return comma, frame.trim(start, stop)


def _quote_before(frame: Frame, sentence: Span) -> Bounds | None:
    """Return the quote that ends right before a sentence which only tells who speaks: "We will fight." the general said."""
    doc, end = frame.doc, sentence.start
    while end > 1 and doc[end - 1].is_space:
        end -= 1
    if end < 2 or doc[end - 1].text not in QUOTES:
        return None
    before = doc[end - 2].sent
    start = next((token.i for token in before if token.text not in QUOTES and not token.is_space), before.start)
    return (start, end - 1) if start < end - 1 else None


def _is_told_before(frame: Frame, cue: Span, source: Bounds) -> bool:
    """Tell whether a clause is told before a speaker between commas: "shells hit the market, medics said, killing two"."""
    start = min(source[0], cue.start)
    words = frame.doc[cue.sent.start : start]
    comma = any(token.text in {",", *QUOTES} for token in frame.doc[max(cue.sent.start, start - 2) : start])
    return comma and any(token.tag_ in {"VBD", "VBZ", "VBP", "MD"} for token in words)


def _quote_end(frame: Frame, start: int, stop: int) -> int:
    """Return where a quote ends before a speaker named with his office: "… that day,” a military spokesman, Nabil Osman, said"."""
    for index in range(stop - 1, start, -1):
        token = frame.doc[index]
        if token.text in QUOTES:
            return index + 1
        if token.text != "," and token.tag_ not in _NOMINAL:
            break
    return stop


def _quote_start(frame: Frame, start: int, stop: int) -> int:
    """Return where a quote that ends at token `stop` opens behind another sentence, `start` if it does not."""
    doc = frame.doc
    if doc[stop - 1].text not in QUOTES:
        return start
    opening = next((i for i in range(stop - 2, start, -1) if doc[i].text in QUOTES), None)
    return start if opening is None or not (doc[opening - 1].is_space or doc[opening - 1].is_sent_end) else opening


def _behind_aside(frame: Frame, start: int, end: int) -> int:
    """Return where the words begin behind another source: "reported, citing two officials, that …"."""
    aside = frame.cues.get(start)
    if aside is None or aside.kb_id_ != "phrase":
        return start
    comma = next((token.i for token in frame.doc[start:end] if token.text == ","), None)
    if comma is None or comma + 2 >= end:
        return start
    return comma + 2 if frame.doc[comma + 1].lower_ == "that" else comma + 1


def behind_setting(frame: Frame, cue: Span, start: int, end: int) -> int:
    """Return where the words begin behind who listens, when and how it is said: "told Reuters on Monday in a call that …"."""
    index = start
    if cue[0].lemma_.lower() in frame.words("AddressingVerbs"):
        index = _behind_phrase(frame, start, end)
    while index < end:
        token = frame.doc[index]
        if token.lower_ == "that":
            return index + 1
        behind = index + 1
        led = token.tag_ in {"IN", "TO"}
        if led or (index == start and token.nbor(-1).lower_ == "on"):
            position = frame.chunk_at(index + led)
            told = position is not None and index > start and token.lower_ == "with"  # "in a call with the president"
            end_of = None if position is None else frame.chunks[position].end if told else _setting_end(frame, position)
            if end_of is None:
                return index
            behind = end_of
        elif token.lower_ not in frame.words("TimeWords") and token.text not in {",", ":"} and not token.is_space:
            return _behind_initials(frame, index, end)
        index = behind
    return min(index, end)


def _behind_initials(frame: Frame, start: int, end: int) -> int:
    """Return where the words begin behind initials in brackets: "told the Agence France-Presse (AFP) that"."""
    close = next((i for i in range(start, min(start + 3, end)) if frame.doc[i].text == ")"), None)
    return start if close is None or frame.doc[start].text != "(" else close + 1


def _behind_phrase(frame: Frame, start: int, end: int) -> int:
    """Return the end of the noun phrase that begins at token `start`, `start` if none does."""
    position = frame.chunk_at(start)
    if position is None or frame.chunks[position].start != start:
        return start
    return min(frame.phrase(position)[1], end)


def _setting_end(frame: Frame, position: int) -> int | None:
    """Return where the words end that tell when or by which medium something is said: "on Monday", "in a post", "on Telegram"."""
    chunk = frame.chunks[position]
    words = frame.words("TimeWords") | frame.words("MediumWords") | frame.words("MediaNames")
    last = next((i for i in range(chunk.end - 1, chunk.start - 1, -1) if frame.doc[i].lower_ in words), None)
    if last is None:
        return None
    return last + 2 if last + 1 < chunk.end and frame.doc[last + 1].tag_ == "CD" else last + 1


def _tail_of_quote(frame: Frame, cue: Span, source: Bounds) -> bool:
    """Tell whether a speaker stands behind a quote, "… in the city," the mayor said; a mark behind a space opens one."""
    first = min(source[0], verb_group(cue[0])[0])
    if first - cue.sent.start < 4 or (frame.doc[first - 1].text in QUOTES and frame.doc[first - 2].whitespace_):
        return False
    return frame.doc[first - 1].text in {",", *QUOTES} and any(
        token.text in QUOTES for token in frame.doc[cue.sent.start : first]
    )


def _until_next_cue(frame: Frame, start: int, end: int) -> int:
    """Stop the content where the same speaker goes on with another cue ("…, and says that …")."""
    for token in frame.doc[start + 1 : end]:
        if token.lower_ in {"while", "whereas"} and token.nbor(-1).text == ",":
            end = token.i - 1
            break
    for other in (frame.cues[i] for i in range(start + 1, end) if i in frame.cues):
        answer = answered(frame, other)
        if answer is not None and answer[0] > start:
            return answer[0]
        stop = _other_speaks(frame, other, start)
        if stop is not None:
            return stop
        if other.kb_id_ == "phrase" and frame.doc[other.start - 1].text == ",":
            return int(other.start) - 1
        if other[0].tag_ in {"VBZ", "VBD", "VBP"} or other[0].lower_.endswith("ed"):
            before = other.start - 1
            while before > start and frame.doc[before].tag_ == "RB":
                before -= 1
            if frame.doc[before].tag_ == "CC":
                return frame.trim(start, before)[1]
    return end


def _other_speaks(frame: Frame, cue: Span, start: int) -> int | None:
    """Return where the words end before a clause in which another one speaks: "…, but the rebels denied it"."""
    first = verb_group(cue[0])[0]
    position = frame.chunk_at(first - 1)
    if cue.kb_id_ != "verb" or position is None or frame.chunks[position].end != first:
        return None
    joint = frame.chunks[position].start - 1
    if (
        joint <= start
        or not (frame.doc[joint].tag_ == "CC" or frame.doc[joint].text == ";")
        or not frame.is_people(*frame.phrase(position))
    ):
        return None
    apart = frame.doc[joint - 1].text == ","
    return joint - apart if apart or frame.doc[joint].lower_ in {"but", ";"} else None
