"""Triggers that name no event of their type because of who or what takes part: "seized ammunition" is no takeover of ground."""

from collections.abc import Callable, Mapping, Sequence

from kg.extract.chunks import clause_end, is_passive, objects_of, subject_of
from kg.extract.frame import Bounds, Frame
from kg.extract.tokens import Span, Token
from kg.records import EntityKind, Role, VictimCategory

Roles = Sequence[tuple[Role, Bounds]]


def is_misread(frame: Frame, span: Span, kind: str, roles: Roles) -> bool:
    """Tell whether the trigger at `span` names no event of type `kind` with these participants."""
    targets = [frame.head(*bounds) for role, bounds in roles if role is Role.TARGET]
    if kind == "Displacement":
        if span[0].lemma_ == "take" and any(word.lower_ == "shelter" for word in frame.doc[span.start : span.end + 2]):
            return True
        fleeing = targets or [frame.head(*bounds) for role, bounds in roles if role is Role.PERPETRATOR]
        return bool(fleeing) and all(frame.is_combatant(word) for word in fleeing)
    if kind == "PrisonerRelease":
        return _is_news(frame, span) or _is_eased(frame, span, targets)
    if kind == "Execution" and span[0].lemma_.lower() == "execute":
        return _is_of_deed(frame, span)
    if kind in _BY_TARGET:
        return bool(targets) and _BY_TARGET[kind](frame, span, targets)
    if targets and span[0].lemma_.lower() == "destroy" and span[0].tag_ == "VB":
        return all(_is_body(frame, word) for word in targets)
    return _lacks_weapon(frame, span, roles)


def _is_of_things(frame: Frame, _: Span, targets: Sequence[Token]) -> bool:
    """Tell that no ground is taken: "captured three soldiers and two tanks"."""
    return all(_is_movable(frame, word) or _is_person(frame, word) for word in targets)


def _is_of_people(frame: Frame, _: Span, targets: Sequence[Token]) -> bool:
    """Tell that nothing is shot down: "police intercepted the refugees", "gunmen intercepted a car"."""
    roads = frame.words("RoadVehicles")
    return all(_is_person(frame, word) or word.lemma_.lower() in roads for word in targets)


def _is_strengthened(frame: Frame, span: Span, targets: Sequence[Token]) -> bool:
    """Tell that no troops are sent: "the visit will reinforce our bonds"."""
    return span[0].lemma_.lower() == "reinforce" and not any(_is_held(frame, word) for word in targets)


def _is_severed(frame: Frame, span: Span, targets: Sequence[Token]) -> bool:
    """Tell that nobody is besieged: "cutting off their finance"."""
    cut = span[0].lemma_.lower() in {"cut", "sever"}
    return cut and targets[0].lemma_.lower() in frame.words("SeveredNouns")


def _is_dealt(frame: Frame, span: Span, targets: Sequence[Token]) -> bool:
    """Tell that nobody is aided: "delivered a speech", "struck the depot, delivering 40 bombs"."""
    dealt = any(word.lemma_.lower() in frame.words("DealtNouns") for word in targets)
    return dealt or _is_dropped(frame, span, targets)


_BY_TARGET: Mapping[str, Callable[[Frame, Span, Sequence[Token]], bool]] = {
    "TerritorialTakeover": _is_of_things,
    "Interception": _is_of_people,
    "Mobilisation": _is_strengthened,
    "Blockade": _is_severed,
    "AidDelivery": _is_dealt,
}
"""Event type → tells from what is hit that it is none."""


def _is_news(frame: Frame, span: Span) -> bool:
    """Tell a text from people who are let go: "a news release", "the release said"."""
    before = frame.doc[span.start - 1].lower_ if span.start else ""
    named = before in frame.words("MediumWords") | {"news", "press", "media"}
    return named or span.root.i in frame.speakers or (span.kb_id_ == "noun" and span.end in frame.cues)


def _is_eased(frame: Frame, span: Span, targets: Sequence[Token]) -> bool:
    """Tell whether people are only made able to do something: "free the people to return to their lives"."""
    behind = frame.doc[targets[-1].i + 1 : targets[-1].i + 3] if targets else ()
    return span[0].lemma_.lower() == "free" and [token.tag_ for token in behind] == ["TO", "VB"]


def _is_of_deed(frame: Frame, span: Span) -> bool:
    """Tell whether something is carried out, and nobody put to death: "an operation executed by the army", "executed the plan"."""
    verb = span[0]
    end = clause_end(frame.doc, verb.i, verb.sent.end)
    if not is_passive(verb):
        position = next(objects_of(span.end, frame.doc, frame.chunks, end), None)
    elif verb.dep_.startswith("acl"):
        position = frame.chunk_at(verb.head.i)
    else:
        position = subject_of(verb, frame.chunks)
    if position is None:
        return False
    word = frame.doc[frame.chunks[position].head]
    named = frame.triggers.get(word.i)
    deeds = frame.words("DoneNouns") | frame.words("EffortNouns")
    return word.lemma_.lower() in deeds or (named is not None and named.kb_id_ == "noun")


def _lacks_weapon(frame: Frame, span: Span, roles: Roles) -> bool:
    """Tell whether a verb that tells of an attack only together with a weapon has none: "launched a campaign"."""
    needs = len(span) == 1 and span[0].lemma_.lower() in frame.words("WeaponVerbs") and frame.is_violent(span.label_)
    return needs and all(role is not Role.WEAPON for role, _ in roles)


def _is_dropped(frame: Frame, span: Span, targets: Sequence[Token]) -> bool:
    """Tell whether munitions are delivered by an attack: "four strikes delivered 40 bombs", "struck the depot, delivering bombs".

    "Delivering weapons against" somebody aids nobody.
    """
    subject = subject_of(span[0], frame.chunks)
    by = None if subject is None else frame.triggers.get(frame.chunks[subject].head)
    if by is not None and frame.is_violent(by.label_):
        return True
    told = (frame.triggers[i] for i in range(span.sent.start, span.start) if i in frame.triggers)
    armed = any(word.i in frame.weapons for word in targets)
    behind = frame.doc[span.end : clause_end(frame.doc, span.end, span.sent.end)]
    if armed and any(word.lower_ == "against" for word in behind):
        return True
    return span[0].tag_ == "VBG" and armed and any(frame.is_violent(other.label_) for other in told)


def _is_body(frame: Frame, word: Token) -> bool:
    """Tell a body that somebody means to do away with, "destroy the terrorist organisation", from what is destroyed."""
    nouns = frame.words("OrganisationHeads") | frame.words("GroupHeads") | frame.words("BodyNouns")
    return word.lower_ in nouns or frame.kind(word.i, word.i + 1) is EntityKind.ORGANISATION


def _is_movable(frame: Frame, word: Token) -> bool:
    """Tell whether something can be carried off: "captured two tanks", "a cache of ammunition was seized"."""
    return word.i in frame.weapons or not {word.lower_, word.lower_.rstrip("s")}.isdisjoint(frame.words("MovableNouns"))


def _is_held(frame: Frame, word: Token) -> bool:
    """Tell whether something may be reinforced with troops: "reinforced the town", not "our bonds"."""
    words = frame.words("ForceNouns") | frame.words("PlaceHeads") | frame.words("HeldGround")
    return bool(word.ent_type_) or word.lower_ in words or word.lower_.rstrip("s") in words


def _is_person(frame: Frame, word: Token) -> bool:
    """Tell whether a noun stands for people who are taken, not for what they hold: "captured three soldiers"."""
    return word.ent_type_ == "Person" or any(frame.is_of(word, category) for category in VictimCategory)
