"""Triggers that name no event of their type because of who or what takes part: "seized ammunition" is no takeover of ground."""

from collections.abc import Sequence

from spacy.tokens import Span, Token

from kg.extract.frame import Bounds, Frame
from kg.records import Role, VictimCategory

Roles = Sequence[tuple[Role, Bounds]]


def is_misread(frame: Frame, span: Span, kind: str, roles: Roles) -> bool:
    """Tell whether the trigger at `span` names no event of type `kind` with these participants."""
    targets = [frame.head(*bounds) for role, bounds in roles if role is Role.TARGET]
    if kind == "TerritorialTakeover":
        return bool(targets) and all(_is_movable(frame, word) or _is_person(frame, word) for word in targets)
    if kind == "Displacement":
        fleeing = targets or [frame.head(*bounds) for role, bounds in roles if role is Role.PERPETRATOR]
        return bool(fleeing) and all(frame.is_combatant(word) for word in fleeing)
    if kind == "Interception":
        return bool(targets) and all(word.ent_type_ == "Person" or _is_person(frame, word) for word in targets)
    return _lacks_weapon(frame, span, roles)


def _lacks_weapon(frame: Frame, span: Span, roles: Roles) -> bool:
    """Tell whether a verb that tells of an attack only together with a weapon has none: "launched a campaign"."""
    needs = len(span) == 1 and span[0].lemma_.lower() in frame.words("WeaponVerbs") and frame.is_violent(span.label_)
    return needs and all(role is not Role.WEAPON for role, _ in roles)


def _is_movable(frame: Frame, word: Token) -> bool:
    """Tell whether something can be carried off: "captured two tanks", "a cache of ammunition was seized"."""
    return word.i in frame.weapons or not {word.lower_, word.lower_.rstrip("s")}.isdisjoint(frame.words("MovableNouns"))


def _is_person(frame: Frame, word: Token) -> bool:
    """Tell whether a noun stands for people who are taken, not for what they hold: "captured three soldiers"."""
    return any(frame.is_of(word, category) for category in VictimCategory)
