"""Speech by verbs that introduce it only with certain words: "called the strike a crime", "put the losses at 53"."""

from collections.abc import Iterable, Iterator

from kg.extract.chunks import clause_end, is_passive, objects_of
from kg.extract.contents import last_word
from kg.extract.frame import Frame
from kg.extract.sources import find_source, meant
from kg.extract.speech import Speech
from kg.extract.tokens import Token
from kg.extract.toll import count_in
from kg.records import Stance


def find_verdicts(frame: Frame, speeches: Iterable[Speech]) -> Iterator[Speech]:
    """Yield what sources call something, or put a number at, in text order; `speeches` have the words of speech."""
    taken = {i for speech in speeches for i in range(speech.cue.start, speech.cue.end)}
    wanted = frame.words("NamingVerbs") | frame.words("TallyVerbs")
    for token in frame.tokens:
        if token.i in taken or token.tag_[:2] != "VB":
            continue
        lemma = token.lemma_.lower()
        if (token.tag_ != "VBG" and lemma not in wanted) or is_passive(token):
            continue
        stance = None
        if token.tag_ == "VBG":
            quoted = _quoted(frame, token)
            if quoted is not None:
                yield quoted
        elif lemma in frame.words("NamingVerbs") and _condemns(frame, token):
            stance = Stance.CONDEMNS
        elif lemma in frame.words("TallyVerbs") and _counts(frame, token):
            stance = Stance.ASSERTS
        speech = None if stance is None else _read(frame, token, stance)
        if speech is not None:
            yield speech


def _condemns(frame: Frame, verb: Token) -> bool:
    """Tell whether a verb gives its object a bad name: "called the attack a crime", "branded it barbaric"."""
    end = clause_end(frame.doc, verb.i, verb.sent.end)
    position = next(iter(objects_of(verb.i + 1, frame.doc, frame.chunks, end)), None)
    start = verb.i + 3 if position is None else frame.phrase(position)[1]
    bad = frame.words("CondemningWords") | frame.words("JudgementNouns")
    return any(token.lower_ in bad for token in frame.doc[start:end])


def _counts(frame: Frame, verb: Token) -> bool:
    """Tell whether a verb tells how many were harmed: "put the number of dead at 53", not "put the army at risk"."""
    doc, end = frame.doc, clause_end(frame.doc, verb.i, verb.sent.end)
    at = next((i for i in range(verb.i + 1, end) if doc[i].lower_ == "at"), None)
    if at is None or count_in(frame, at, end) is None:
        return False
    harmed = frame.words("TollNouns") | frame.words("LossNouns")
    return any(i in frame.harms or doc[i].lower_ in harmed for i in range(verb.i + 1, end))


def _read(frame: Frame, verb: Token, stance: Stance) -> Speech | None:
    cue = frame.doc[verb.i : verb.i + 1]
    words = find_source(frame, cue)
    source = None if words is None else meant(frame, words)
    content = frame.trim(verb.i + 1, clause_end(frame.doc, verb.i, verb.sent.end))
    if source is None or content[0] >= content[1] or source[0] >= verb.i:
        return None
    return Speech(stance=stance, cue=cue, source=source, content=content, target=None)


def _quoted(frame: Frame, verb: Token) -> Speech | None:
    """Read whom another source quotes: "quoted an official as saying that shells had hit the town"."""
    doc = frame.doc
    before = [i for i in frame.between(verb.sent.start, verb.i) if frame.chunks[i].end == verb.i - 1]
    if doc[verb.i - 1].lower_ != "as" or verb.lower_ not in frame.words("QuotedVerbs") or not before:
        return None
    source = frame.phrase(before[0])
    content = frame.trim(verb.i + 1 + (doc[verb.i + 1].lower_ == "that"), last_word(frame, verb.sent))
    if not frame.is_people(*source) or content[0] >= content[1]:
        return None
    cue = doc[verb.i : verb.i + 1]
    return Speech(stance=Stance.ASSERTS, cue=cue, source=source, content=content, target=None)


def find_pledges(frame: Frame, speeches: Iterable[Speech]) -> Iterator[Speech]:
    """Yield what the authors of a text promise in their own voice: "We will continue to support the government"."""
    if "we will" not in frame.text.lower():
        return
    said = {i for speech in speeches for i in range(*speech.content)}
    for verb in frame.tokens:
        if verb.lower_ != "will" or verb.is_sent_start or verb.nbor(-1).lower_ != "we" or verb.i in said:
            continue
        content = frame.trim(verb.i + 1, last_word(frame, verb.sent))
        cue, source = frame.doc[verb.i : verb.i + 1], (verb.i - 1, verb.i)
        if content[0] < content[1]:
            yield Speech(stance=Stance.PROMISES, cue=cue, source=source, content=content, target=None)
