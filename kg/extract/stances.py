"""In which stance a source speaks, where its verb alone does not tell: "claimed the attack", "said it would withdraw"."""

from collections.abc import Callable

from kg.extract.antecedents import antecedent
from kg.extract.chunks import is_passive, objects_of, subject_of
from kg.extract.frame import Bounds, Frame
from kg.extract.tokens import Span
from kg.extract.verbs import verb_of
from kg.records import Stance

_FIRST = 6
"""Within so many words of where it begins a sentence tells that it doubts, or judges."""
_NEGATIVE = frozenset({"not", "n't", "n’t", "nothing", "never"})
_STEM = 4
"""So many letters make "Germany" and "German" one."""
_BE = frozenset({"am", "'m", "’m", "is", "are", "was", "were", "'s", "’s"})


def find_stance(frame: Frame, cue: Span) -> Stance:
    """Return the stance of a cue; who "claimed dual attacks" takes responsibility, who "claimed that" or "to have" asserts."""
    position = next(iter(objects_of(cue.end, frame.doc, frame.chunks, cue.sent.end)), None)
    if cue[0].lemma_ == "claim" and _claims_deed(frame, cue):
        return Stance.CLAIMS_RESPONSIBILITY
    return Stance(cue.label_) if position is None else claimed(frame, cue, frame.chunks[position].head)


def _claims_deed(frame: Frame, cue: Span) -> bool:
    """Tell whether somebody claims to have killed: "claimed to have killed ten soldiers", not "to have shot down a drone"."""
    doc, start = frame.doc, cue.end
    if doc[start : start + 2].text.lower() != "to have":
        return False
    deed = frame.triggers.get(start + 2)
    return start + 2 in frame.harms or (deed is not None and frame.is_violent(deed.label_))


def claimed(frame: Frame, cue: Span, head: int) -> Stance:
    """Return the stance of a cue with the thing at token `head`: violence that is claimed is owned up to."""
    trigger = frame.triggers.get(head)
    known = trigger is not None and frame.is_violent(trigger.label_)
    violent = known or frame.doc[head].lemma_.lower() in frame.words("GenericAttackWords")
    follows = frame.doc[head + 1 : head + 2]
    clause = any(token.tag_ in {"VBD", "VBZ", "VBP", "MD"} for token in follows)  # "claimed the attack was staged"
    if cue[0].lemma_ == "claim" and len(cue) == 1 and violent and not clause:
        return Stance.CLAIMS_RESPONSIBILITY
    return Stance(cue.label_)


def weighed(frame: Frame, cue: Span, stance: Stance, source: Bounds, content: Bounds) -> Stance:
    """Return the stance that the words said show where their cue only tells that they are said.

    "Said it would withdraw" promises, "said there was no evidence of an attack" doubts, "said the attack was barbaric"
    condemns, "said the army must leave" and "warned residents to leave" demand.
    """
    if stance is Stance.THREATENS and cue[0].lemma_ == "warn" and _is_addressed(frame, cue):
        return Stance.DEMANDS
    if stance is not Stance.ASSERTS:
        return stance
    shown: tuple[tuple[Stance, Callable[[], bool]], ...] = (
        (Stance.DOUBTS, lambda: _is_doubt(frame, content)),
        (Stance.CLAIMS_RESPONSIBILITY, lambda: _is_confession(frame, source, content)),
        (Stance.PROMISES, lambda: _is_promise(frame, source, content)),
        (Stance.DENIES, lambda: _is_denial(frame, source, content)),
        (Stance.ACCUSES, lambda: _is_charge(frame, cue, source, content)),
        (Stance.DEMANDS, lambda: _is_demand(frame, content)),
        (Stance.CONDEMNS, lambda: _is_verdict(frame, content)),
    )
    return next((found for found, is_shown in shown if is_shown()), stance)


def _is_addressed(frame: Frame, cue: Span) -> bool:
    """Tell whether people are told what to do: "warned residents to leave"."""
    position = next(iter(objects_of(cue.end, frame.doc, frame.chunks, cue.sent.end)), None)
    if position is None or not frame.is_people(*frame.phrase(position)):
        return False
    _, end = frame.phrase(position)
    for token in frame.doc[end : cue.sent.end - 1]:
        if token.tag_ in {"VBD", "VBZ", "VBP", "MD"}:
            return False
        if token.tag_ == "TO" and token.nbor().tag_ == "VB":
            return True
    return False


def _is_doubt(frame: Frame, content: Bounds) -> bool:
    """Tell whether words say that nothing shows it: "there is no evidence that", "no indication of"."""
    words = [token.lower_ for token in frame.doc[slice(*content)][:_FIRST]]
    none = next((i for i, word in enumerate(words) if word == "no"), None)
    return (
        none is not None
        and not frame.words("EvidenceNouns").isdisjoint(words[none:])
        and (none == 0 or words[0] == "there")
    )


def _own_verb(frame: Frame, source: Bounds, content: Bounds) -> int | None:
    """Return the token behind the subject of the words said, if that is the source itself: "we", "it", "Germany"."""
    doc = frame.doc
    position = next(iter(frame.between(*content)), None)
    if position is None or frame.chunks[position].start > content[0] + 1:
        return None
    start, end = frame.phrase(position)
    if end >= content[1]:
        return None
    if doc[start].lower_ in {"we", "i"}:
        return end
    if doc[start].tag_ == "PRP":
        meant = antecedent(frame, start)
        return end if meant is not None and meant[0] < source[1] and source[0] < meant[1] else None
    own = doc[end - 1].lower_[:_STEM]
    named = bool(doc[end - 1].ent_type_) and any(token.lower_.startswith(own) for token in doc[slice(*source)])
    return end if named else None


def _is_confession(frame: Frame, source: Bounds, content: Bounds) -> bool:
    """Tell whether a source says that it did what is told: "said it was behind the blasts", "it was responsible for"."""
    verb = _own_verb(frame, source, content)
    words = [] if verb is None else [token.lower_ for token in frame.doc[verb : min(verb + 3, content[1])]]
    behind = words[1:2] == ["behind"] or words[1:3] == ["responsible", "for"]
    is_said = not {"was", "were", "is"}.isdisjoint(words[:1])
    return (is_said and behind) or _is_own_deed(frame, content)


def _is_own_deed(frame: Frame, content: Bounds) -> bool:
    """Tell whether the speaker's people did what is told: "says one of its fighters carried out the attack"."""
    doc = frame.doc
    verb = next((i for i in range(*content) if doc[i].tag_ in {"VBD", "VBZ", "VBP"}), None)
    if verb is None or doc[verb].lemma_.lower() not in frame.words("DoingVerbs"):
        return False
    own = any(token.lower_ in {"its", "our", "we"} for token in doc[content[0] : verb])
    done = next(iter(objects_of(verb + 1, doc, frame.chunks, content[1])), None)
    deed = None if done is None else frame.triggers.get(frame.chunks[done].head)
    definite = done is not None and doc[frame.chunks[done].start].lower_ in {"the", "this"}
    return own and definite and deed is not None and frame.is_violent(deed.label_)


def _is_promise(frame: Frame, source: Bounds, content: Bounds) -> bool:
    """Tell whether a source speaks of what it will do itself: "we will continue", "said it would not send troops"."""
    verb = _own_verb(frame, source, content)
    return verb is not None and frame.doc[verb].lower_ in frame.words("PromisingAuxiliaries")


def _is_denial(frame: Frame, source: Bounds, content: Bounds) -> bool:
    """Tell whether a source says that it does or did not: "said it had not shelled the town", "had nothing to do with"."""
    verb = _own_verb(frame, source, content)
    if verb is None or (frame.doc[verb].pos_ != "AUX" and frame.doc[verb].tag_[:2] != "VB"):
        return False
    negated = any(token.lower_ in _NEGATIVE for token in frame.doc[verb + 1 : min(verb + 3, content[1])])
    part = frame.words("OwnPartNouns") | frame.words("OwnPartWords")
    return negated and any(token.i in frame.triggers or token.lower_ in part for token in frame.doc[verb : content[1]])


def _is_charge(frame: Frame, cue: Span, source: Bounds, content: Bounds) -> bool:
    """Tell whether "claims" says that others did violence: "claims the government has used barrel bombs"."""
    if cue[0].lemma_ != "claim":
        return False
    for index in range(*content):
        trigger = frame.triggers.get(index)
        if trigger is None or trigger.start != index or not frame.is_violent(trigger.label_):
            continue
        verb = verb_of(trigger)
        subject = None if verb is None or is_passive(verb) else subject_of(verb, frame.chunks)
        if subject is not None and frame.chunks[subject].start >= content[0]:
            start, end = frame.phrase(subject)
            first = frame.doc[frame.chunks[subject].start]
            own = first.tag_ in {"PRP", "PRP$"} or frame.doc[end - 1].lower_ == frame.doc[source[1] - 1].lower_
            own = own or _is_of_state(frame, source, (start, end))
            return frame.is_people(start, end) and not own
    return False


def _is_of_state(frame: Frame, source: Bounds, actor: Bounds) -> bool:
    """Tell whether a ministry speaks of the forces of its own state: "the Russian ministry claims that Russian forces struck"."""
    speaker = {token.lower_ for token in frame.doc[slice(*source)]}
    nations = {frame.doc[i].lower_ for i in range(*actor) if i in frame.demonyms}
    return not speaker.isdisjoint(nations) and not speaker.isdisjoint(frame.words("StateNouns"))


def _is_demand(frame: Frame, content: Bounds) -> bool:
    """Tell whether words tell others what they must do: "the regime must comply", not "we must"."""
    doc = frame.doc
    position = next(iter(frame.between(*content)), None)
    if position is None or frame.chunks[position].start > content[0] + 1 or doc[content[0]].lower_ in {"we", "i"}:
        return False
    ends = (
        frame.phrase(i)[1] for i in (position, position + 1) if i < len(frame.chunks)
    )  # "the army and its allies must"
    return any(end < content[1] and doc[end].lower_ == "must" for end in ends)


def _is_verdict(frame: Frame, content: Bounds) -> bool:
    """Tell whether words call something bad: "the attack was barbaric", "this was an indefensible attack"."""
    words = frame.doc[slice(*content)]
    copulas = (token.i for token in words if token.lower_ in _BE and token.tag_ != "POS")
    bad = frame.words("CondemningWords")
    return any(token.lower_ in bad for i in copulas for token in frame.doc[i + 1 : min(i + _FIRST, content[1])])
