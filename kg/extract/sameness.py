"""Whether a trigger names an event that is told already."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from kg.extract.chunks import subject_of
from kg.extract.drafts import Draft
from kg.extract.frame import Bounds, Frame
from kg.extract.nesting import innermost
from kg.extract.reference import DEFINITE, told_before
from kg.extract.triggers import Trigger
from kg.records import Harm, Role, Status

_OF_ONE_OBJECT = frozenset({"Interception", "Arrest", "Abduction", "TerritorialTakeover"})
"""Events that are as many as the things taken by different verbs."""
_DEEDS = frozenset({"TerritorialTakeover", "Abduction", "SexualViolence", "PropertyDestruction"})
"""What an attack leads to is another event than the attack: "captured a base in an attack"."""
_TRIED = frozenset({"ArmedClash", "TerritorialTakeover"})
"""What is tried and then done is one event: "attempted to seize the hospital … after seizing it"."""
_TO_COME = frozenset({Status.PLANNED, Status.HYPOTHETICAL, Status.THREATENED})
_UNTOLD = frozenset({"Attack", "ArmedClash"})
"""Types that a weapon or an actor told elsewhere may make more specific."""
_DAMAGE = frozenset({"Attack", "PropertyDestruction"})
"""What an attack does to things is no event beside it."""
_WITHOUT_BLAST = frozenset({"Shooting", "MeleeAttack", "Abduction", "ArmedClash", "TerritorialTakeover", "Execution"})
"""No "explosion" told later is one of these."""
_RANKS = {
    "district": 1,
    "county": 1,
    "municipality": 1,
    "province": 2,
    "region": 2,
    "governorate": 2,
    "oblast": 2,
    "state": 2,
}
"""Nouns behind the name of a place, from narrow to wide."""
_LASTING = frozenset({"Blockade"})
"""What goes on for days is told of several."""
_OTHER = frozenset({"another", "second", "third", "separate", "other", "also"})


def is_same(frame: Frame, draft: Draft, trigger: Trigger) -> bool:
    """Tell whether `trigger` names the event of `draft` once more."""
    first, second = draft.type, trigger.type
    both_violent = frame.is_violent(first) and frame.is_violent(second)
    same_sentence = trigger.span.sent.start in draft.sentences
    if same_sentence and _is_done_by(frame, draft, trigger):
        return True
    if _is_another(frame, draft, trigger) or _other_in_sentence(frame, draft, trigger):
        return False
    if same_sentence and both_violent and (_is_moment(frame, draft, trigger) or _is_said_of(frame, draft, trigger)):
        return True
    word = any(known.span[0].lemma_ == trigger.span[0].lemma_ for known in draft.compared)
    if (word and {first, second} == _TRIED) or _is_same_blast(draft, trigger):
        return fits_place(frame, draft, trigger)
    repeated = first == second and (trigger.definite or trigger.span.kb_id_ == "verb") and word
    statuses = {draft.main.status, trigger.status}
    apart = not repeated and len(statuses) > 1 and not _TO_COME.isdisjoint(statuses)
    apart = apart or any(
        other(frame, draft, trigger) for other in (_other_kind, _other_actor, _other_day, _other_object)
    )
    if apart or _other_count(draft, trigger):
        return False
    hit = both_violent and _same_target(frame, draft, trigger) and (first == second or bool(_UNTOLD & {first, second}))
    generic = trigger.generic or draft.main.generic
    hit = hit or (both_violent and (first == second or generic) and _is_headed(frame, draft, trigger))
    if not hit and not fits_place(frame, draft, trigger):
        return False
    if first == second or hit or (trigger.definite and both_violent and trigger.generic):
        return True
    return (
        both_violent
        and generic
        and _DEEDS.isdisjoint({first, second})
        and (same_sentence or ("Attack" in {first, second} and trigger.generic and not trigger.places))
    )


def _is_same_blast(draft: Draft, trigger: Trigger) -> bool:
    """Tell whether "the blast" is the explosion told before, whatever is said to have caused it."""
    blasts = (known.span for known in draft.compared if known.span.kb_id_ == "noun")
    noun = trigger.definite and trigger.span.kb_id_ == "noun" and trigger.span.label_ == "Bombing"
    return noun and any(span.label_ == "Bombing" for span in blasts)


def _is_done_by(frame: Frame, draft: Draft, trigger: Trigger) -> bool:
    """Tell whether a verb tells what an event did: "two strikes hit a convoy, destroyed a bridge and damaged a road"."""
    if trigger.span.kb_id_ != "verb" or trigger.type not in _DAMAGE or not frame.is_violent(draft.type):
        return False
    position = subject_of(trigger.span[0], frame.chunks)
    doer = None if position is None else frame.triggers.get(frame.chunks[position].head)
    return doer is not None and any(known.span.start == doer.start for known in draft.compared)


def _is_moment(frame: Frame, draft: Draft, trigger: Trigger) -> bool:
    """Tell whether a clause tells in what somebody was harmed: "was shot dead when gunmen ambushed his convoy"."""
    verb = trigger.span[0]
    if verb.dep_ != "advcl" or not any(child.lower_ in {"when", "as"} for child in verb.children):
        return False
    harmed = frame.harmed.get(verb.head.i) in {Harm.KILLED, Harm.INJURED}
    return harmed and any(known.span.start == verb.head.i for known in draft.compared)


def _other_kind(_: Frame, draft: Draft, trigger: Trigger) -> bool:
    """Tell whether an explosion told of in a later sentence is none of an event: "the explosion" is not the ambush before."""
    apart = trigger.span.label_ == "Bombing" and draft.type in _WITHOUT_BLAST
    return apart and trigger.span.sent.start not in draft.sentences


def _is_said_of(frame: Frame, draft: Draft, trigger: Trigger) -> bool:
    """Tell whether the subject of a verb names an event: "the blast went off"."""
    if trigger.span.kb_id_ != "verb":
        return False
    named = (frame.triggers.get(child.i) for child in trigger.span[0].children if child.dep_ == "nsubj")
    starts = {span.start for span in named if span is not None}
    return bool(starts) and any(known.span.start in starts for known in draft.sentences[trigger.span.sent.start])


def _is_headed(frame: Frame, draft: Draft, trigger: Trigger) -> bool:
    """Tell whether a headline told of an event, and the sentence below it tells more: "Drones hit Sudan market"."""
    lead = frame.lead
    if lead is None or not lead[0] <= trigger.span.start < lead[1]:
        return False
    return all(start < lead[0] for start in draft.sentences)


def _same_target(frame: Frame, draft: Draft, trigger: Trigger) -> bool:
    """Tell whether what is hit points back: "an attack on an aid convoy … the aid convoy was attacked from the air"."""
    told = (bounds for one in draft.compared for role, bounds in one.roles if role is Role.TARGET)
    known = set(_hit(frame, told, frozenset({"a", "an"})))
    aimed = (bounds for role, bounds in trigger.roles if role is Role.TARGET)
    return bool(known) and not known.isdisjoint(_hit(frame, aimed, frozenset({"the"})))


def _hit(frame: Frame, phrases: Iterable[Bounds], articles: AbstractSet[str]) -> Iterator[str]:
    """Yield what common nouns behind one of `articles` name: "village" of "the village of Tabou"."""
    for bounds in phrases:
        start, head = bounds[0], frame.head(*bounds)
        if start and frame.doc[start - 1].lower_ in articles and head.ent_type_ == "":
            yield frame.doc[start : head.i + 1].text.lower()


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
        and (_adds(frame, trigger) or not _is_another(frame, draft, trigger))
        and fits_place(frame, draft, trigger)
    )


def _adds(frame: Frame, trigger: Trigger) -> bool:
    """Tell whether further victims are told: "the army lost 16 men; eight attackers were also killed"."""
    verb = trigger.span.kb_id_ == "verb" and trigger.span.start in frame.harms
    return verb and any(child.lower_ == "also" for child in trigger.span[0].children)


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
    if trigger.definite and _rank(frame, place) > _rank(frame, trigger.places[0]) > 0:
        return True  # "struck Paktika province … the raids hit the Barmal district"
    return any(own == name or name in wider or (trigger.definite and (own in name or name in own)) for name in names)


def _rank(frame: Frame, place: Bounds) -> int:
    """Return how wide the noun behind the name of a place makes it, 0 without one: "Paktika province", "Barmal district"."""
    word = frame.doc[min(place[1], len(frame.doc) - 1)].lower_
    last = frame.doc[place[1] - 1].lower_
    return _RANKS.get(word, _RANKS.get(last, 0))


def _wider(frame: Frame, trigger: Trigger) -> set[str]:
    """Return the places that hold the one of a trigger: Baghdad in "in the Karrada district of Baghdad"."""
    start = trigger.places[0][0]
    return {ent.text for ent in frame.places(trigger.span.sent) if ent.start != start == innermost(frame, ent).start}


def is_finer(frame: Frame, draft: Draft, trigger: Trigger) -> bool:
    """Tell whether a trigger tells more precisely where the event took place."""
    place = draft.place
    if place is None or not trigger.places:
        return False
    narrower = _rank(frame, place) > _rank(frame, trigger.places[0]) > 0
    return (
        narrower
        or frame.doc[slice(*place)].text in _wider(frame, trigger)
        or (
            not fits_place(frame, draft, trigger)
            and (_same_target(frame, draft, trigger) or _is_headed(frame, draft, trigger))
        )
    )


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
