"""Whether a trigger names an event that is told already."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from kg.extract.drafts import Draft
from kg.extract.frame import Bounds, Frame
from kg.extract.nesting import innermost
from kg.extract.reference import DEFINITE, told_before
from kg.extract.triggers import Trigger
from kg.records import Role, Status

_OF_ONE_OBJECT = frozenset({"Interception", "Arrest", "Abduction", "TerritorialTakeover"})
"""Events that are as many as the things taken by different verbs."""
_DEEDS = frozenset({"TerritorialTakeover", "Abduction", "SexualViolence", "PropertyDestruction"})
"""What an attack leads to is another event than the attack: "captured a base in an attack"."""
_TRIED = frozenset({"ArmedClash", "TerritorialTakeover"})
"""What is tried and then done is one event: "attempted to seize the hospital … after seizing it"."""
_UNTOLD = frozenset({"Attack", "ArmedClash"})
"""Types that a weapon or an actor told elsewhere may make more specific."""
_LASTING = frozenset({"Blockade"})
"""What goes on for days is told of several."""
_OTHER = frozenset({"another", "second", "third", "separate", "other", "also"})


def is_same(frame: Frame, draft: Draft, trigger: Trigger) -> bool:
    """Tell whether `trigger` names the event of `draft` once more."""
    first, second = draft.type, trigger.type
    both_violent = frame.is_violent(first) and frame.is_violent(second)
    same_sentence = trigger.span.sent.start in draft.sentences
    if _is_another(frame, draft, trigger) or _other_in_sentence(frame, draft, trigger):
        return False
    word = any(known.span[0].lemma_ == trigger.span[0].lemma_ for known in draft.compared)
    if word and {first, second} == _TRIED:
        return fits_place(frame, draft, trigger)
    repeated = first == second and (trigger.definite or trigger.span.kb_id_ == "verb") and word
    if (
        not repeated
        and draft.main.status is not trigger.status
        and {draft.main.status, trigger.status}
        & {
            Status.PLANNED,
            Status.HYPOTHETICAL,
            Status.THREATENED,
        }
    ):
        return False
    apart = any(other(frame, draft, trigger) for other in (_other_actor, _other_day, _other_object))
    if apart or _other_count(draft, trigger) or not fits_place(frame, draft, trigger):
        return False
    if trigger.definite and both_violent and (trigger.generic or first == second):
        return True
    if first == second:
        return True
    generic = trigger.generic or draft.main.generic
    return (
        both_violent
        and generic
        and _DEEDS.isdisjoint({first, second})
        and (same_sentence or ("Attack" in {first, second} and trigger.generic and not trigger.places))
    )


def _other_in_sentence(frame: Frame, draft: Draft, trigger: Trigger) -> bool:
    """Tell whether one came before the other in a sentence: "shelled the town in retaliation for the strike"."""
    before = told_before(frame, trigger.span) is not None
    beside = draft.sentences.get(trigger.span.sent.start, ())
    return bool(beside) and all((told_before(frame, known.span) is not None) is not before for known in beside)


def may_be_same(frame: Frame, draft: Draft, trigger: Trigger) -> bool:
    """Tell whether harm may be that of an event: "a roadside bomb killed a constable" is none of a shooting in another town."""
    named = trigger.span.kb_id_ == "noun"
    if named and trigger.type != draft.type and not {trigger.type, draft.type} & _UNTOLD:
        return False
    return (
        not _other_day(frame, draft, trigger)
        and not _other_actor(frame, draft, trigger)
        and not _is_another(frame, draft, trigger)
        and fits_place(frame, draft, trigger)
    )


def fits_place(frame: Frame, draft: Draft, trigger: Trigger) -> bool:
    """Tell whether the places of an event and a trigger may be one, as far as both have any."""
    place = draft.place
    if place is None or not trigger.places:
        return True
    names = {frame.doc[slice(*found.places[0])].text for found in draft.compared if found.places} | {
        frame.doc[slice(*place)].text
    }
    start, end = trigger.places[0]
    own = frame.doc[start:end].text
    wider = _wider(frame, trigger)
    return any(own == name or name in wider or (trigger.definite and (own in name or name in own)) for name in names)


def _wider(frame: Frame, trigger: Trigger) -> set[str]:
    """Return the places that hold the one of a trigger: Baghdad in "in the Karrada district of Baghdad"."""
    start = trigger.places[0][0]
    return {ent.text for ent in frame.places(trigger.span.sent) if ent.start != start == innermost(frame, ent).start}


def is_finer(frame: Frame, draft: Draft, trigger: Trigger) -> bool:
    """Tell whether a trigger tells more precisely where the event took place."""
    place = draft.place
    return place is not None and bool(trigger.places) and frame.doc[slice(*place)].text in _wider(frame, trigger)


def _other_day(frame: Frame, draft: Draft, trigger: Trigger) -> bool:
    """Tell whether a trigger that does not point back is told of another day: "On Monday, attacks … Today, more attacks"."""
    if trigger.definite or trigger.type in _LASTING:
        return False
    first = {day for known in draft.compared for day in _days(frame, known)}
    second = set(_days(frame, trigger))
    return bool(first and second) and first.isdisjoint(second)


def _other_count(draft: Draft, trigger: Trigger) -> bool:
    """Tell whether a noun tells of another number of events: "five air strikes near Mosul … ten air strikes"."""
    first = {count for known in draft.compared for count in _counts(known)}
    return not trigger.definite and bool(first) and not first.issuperset(_counts(trigger))


def _counts(trigger: Trigger) -> set[str]:
    noun = trigger.span.kb_id_ == "noun"
    return {child.lower_ for child in trigger.span.root.children if noun and child.dep_ == "nummod"}


def _is_another(frame: Frame, draft: Draft, trigger: Trigger) -> bool:
    """Tell whether a trigger names one more event: "a second attack", "also strikes", but not "a second blast went off".

    A sentence may do so for all that it tells: "In a separate operation, jets bombed a camp".
    """
    span = trigger.span
    opening = frame.doc[span.sent.start : min(span.sent.start + 3, span.start)]
    if span.sent.start not in draft.sentences and opening and opening[0].tag_ == "IN" and opening[-1].lower_ in _OTHER:
        return True
    words = frame.doc[max(span.sent.start, span.start - 3) : span.start]
    adverbs = span.kb_id_ == "verb"
    return any(token.lower_ in _OTHER and (token.tag_ == "RB" or not adverbs) for token in words)


def _other_object(frame: Frame, draft: Draft, trigger: Trigger) -> bool:
    """Tell whether a verb tells of another thing taken or shot down: "shot down two drones … a missile was shot down".

    What is definite may be the same, "shot down a jet … the plane was shot down".
    """
    known = [found for found in draft.compared if found.span.kb_id_ == "verb"]
    if trigger.type not in _OF_ONE_OBJECT or trigger.span.kb_id_ != "verb" or not known:
        return False
    second = [bounds for role, bounds in trigger.roles if role is Role.TARGET]
    first = [bounds for found in known for role, bounds in found.roles if role is Role.TARGET]
    if not first or not second or any(_is_definite(frame, bounds) for bounds in second):
        return False
    heads = {frame.head(*bounds).lemma_.lower() for bounds in first}
    names = {frame.doc[slice(*bounds)].text for bounds in first}
    return all(frame.head(*b).lemma_.lower() not in heads and frame.doc[slice(*b)].text not in names for b in second)


def _is_definite(frame: Frame, bounds: Bounds) -> bool:
    """Tell whether a phrase points back: "the town", "its base", "them"; a name with "the" does not."""
    start, head = bounds[0], frame.head(*bounds)
    before = frame.doc[start - 1].lower_ if start else ""
    pointing = before in DEFINITE or before in {"its", "their", "his", "her"}
    return head.tag_ == "PRP" or (pointing and head.ent_type_ == "")


def _days(frame: Frame, trigger: Trigger) -> Iterator[str]:
    """Yield the words for days in the sentence of a trigger, but for those of other people's speech: "said on Monday"."""
    own, sentence = trigger.span.root.head.i, trigger.span.sent
    first, last = (bisect_left(frame.days, (offset, "")) for offset in (sentence.start, sentence.end))
    for index, day in frame.days[first:last]:
        above = frame.doc[index].head.i
        if above == own or above not in frame.cue_tokens:
            yield day


def _other_actor(frame: Frame, draft: Draft, trigger: Trigger) -> bool:
    """Tell whether a trigger names another nation or body as its actor than the event does."""
    first, second = (
        _names(frame, {bounds for known in triggers for role, bounds in known.roles if role is Role.PERPETRATOR})
        for triggers in (draft.compared, [trigger])
    )
    return bool(first and second) and first.isdisjoint(second)


def _names(frame: Frame, phrases: Iterable[Bounds]) -> set[str]:
    """Return the words that name nations and bodies; initials are left out, which may stand for any, and words like "forces"."""
    common = frame.words("GroupHeads") | frame.words("OrganisationHeads")
    return {
        token.lower_.replace("’", "").replace("'", "")
        for bounds in phrases
        for token in frame.doc[slice(*bounds)]
        if (token.i in frame.demonyms or token.ent_type_ == "Organisation")
        and not token.is_upper
        and token.lower_ not in common
    }
