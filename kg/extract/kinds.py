"""The type of an event, where its trigger alone does not tell it: from its weapons, its actors and what it hit."""

from collections.abc import Iterator, Sequence

from kg.extract.frame import Bounds, Frame
from kg.extract.tokens import Span, Token
from kg.records import Role, VictimCategory

Roles = Sequence[tuple[Role, Bounds]]
_FROM_THE_AIR = frozenset({"Attack", "Bombing", "Shelling", "AirStrike"})
_FLYING = frozenset({"Drone", "Missile"})
"""To destroy these is to shoot them down."""
_GIVEN = frozenset({"AntiTankMissile", "Firearm", "ExplosiveWeapon", "Grenade"})
"""Who sends these to somebody gives them to him, but goes along with tanks and ships."""
_GIVING = frozenset({"send", "dispatch", "ship", "supply", "provide"})
_FIREFIGHT = frozenset({"Shooting", "GrenadeAttack"})
"""What is done at once with guns and grenades is a fight."""
_UNTOLD = frozenset({"Attack", "ArmedClash"})
_CROSSINGS = frozenset({"Displacement", "Incursion"})


def kind_of(frame: Frame, span: Span, roles: Roles, clause: Sequence[int]) -> str:
    """Return the event type of the trigger at `span` with these participants.

    A generic attack word gets its type from its weapons; who crosses a border under arms intrudes, other people flee.
    `clause` holds the tokens that tell of the event.
    """
    kind = refined(frame, span, roles, clause) if is_generic(frame, span) else span.label_
    if kind in _CROSSINGS and span[0].lemma_.lower() in frame.words("CrossingVerbs"):
        return _crossing(frame, span, roles)
    if _destroys(span) and _hits(frame, roles, _FLYING):
        return "Interception"
    if kind == "Mobilisation" and span[0].lemma_.lower() in _GIVING and _hits(frame, roles, _GIVEN):
        return "AidDelivery"
    if kind == "Attack" and _targets(frame, roles, "ProtectedProperty") and _destroys(span):
        return "PropertyDestruction"
    return _by_who(frame, span, kind, roles)


def _by_who(frame: Frame, span: Span, kind: str, roles: Roles) -> str:
    """Return what an event of type `kind` is where who did it, or to whom, tells that it is of another one."""
    lemma = span[0].lemma_.lower()
    if kind == "AirStrike" and lemma == "bomb" and _are_irregular(frame, roles):
        return "Bombing"
    if kind == "Protest" and lemma == "march" and _is_done_under_arms(frame, roles):
        return "Mobilisation"
    if kind == "Attack" and _is_fought(frame, roles):
        return "ArmedClash"
    if kind == "Assassination" and span[0].lower_.startswith("murder") and _hits_many(frame, roles):
        return "Attack"
    if kind == "Abduction" and _hits_ground(frame, roles):
        return "TerritorialTakeover"
    return kind


def is_generic(frame: Frame, span: Span) -> bool:
    """Tell whether a trigger may name several kinds of attack; words that the ontology does not know may as well."""
    words = frame.words("GenericAttackWords")
    lower = span[0].lower_ if span.kb_id_ == "verb" else span[-1].lower_
    parent = frame.vocab.event_types[span.label_].parent
    if span.start not in frame.known and (parent == "RemoteViolence" or span.label_ in _UNTOLD):
        return True
    return len(span) == 1 and any(lower.startswith(word[:4]) and abs(len(word) - len(lower)) <= 4 for word in words)


def refined(frame: Frame, span: Span, roles: Roles, clause: Sequence[int]) -> str:
    """Return the most specific type that a generic attack word gets from its weapons ("drone attack" → DroneStrike)."""
    kinds = [kind for name in _weapon_classes(frame, roles) if (kind := suggested(frame, name)) is not None]
    if "DroneStrike" in kinds and any(role is Role.WEAPON and _is_beside_jets(frame, b[0]) for role, b in roles):
        return "AirStrike"
    if set(kinds) >= _FIREFIGHT:
        return "ArmedClash"  # "machine gun and rocket-propelled grenade fire"
    if kinds:
        return kinds[0]
    hit = {i for role, bounds in roles if role is Role.TARGET for i in range(*bounds)}
    in_the_air = any(frame.doc[i].lower_ in frame.words("AircraftWords") for i in clause if i not in hit)
    return "AirStrike" if in_the_air and span.label_ in _FROM_THE_AIR else span.label_


def _is_beside_jets(frame: Frame, start: int) -> bool:
    """Tell whether a weapon is the last of several aircraft: "bomber, fighter and remotely piloted aircraft"."""
    before = frame.doc[max(start - 3, 0) : start]
    joined = bool(before) and (before[-1].lower_ == "and" or before[-1].text == ",")
    flown = frame.words("AircraftWords") | {"fighter", "bomber"}
    return joined and any(token.lower_ in flown for token in before)


def suggested(frame: Frame, name: str) -> str | None:
    """Return the event type that a class of weapons suggests, or a broader class does."""
    kinds = (frame.vocab.weapon_classes[broader].suggests for broader in _broader(frame, name))
    return next((kind for kind in kinds if kind), None)


def _weapon_classes(frame: Frame, roles: Roles) -> Iterator[str]:
    for role, bounds in roles:
        if role is Role.WEAPON:
            yield from (frame.weapons[i].label_ for i in range(*bounds) if i in frame.weapons)


def _heads(frame: Frame, roles: Roles, wanted: Role) -> list[Token]:
    """Return the head nouns of those in one role."""
    return [frame.head(*bounds) for role, bounds in roles if role is wanted]


def _crossing(frame: Frame, span: Span, roles: Roles) -> str:
    """Tell an incursion from a flight by who crosses: "tanks crossed the border", "refugees crossed the border"."""
    actors = _heads(frame, roles, Role.PERPETRATOR)
    before = [frame.doc[chunk.head] for chunk in frame.chunks[slice(*_before(frame, span))]]
    if any(_is_armed(frame, word.i) for word in [*actors, *before]):
        return "Incursion"
    civilians = frame.vocab.categories[VictimCategory.CIVILIANS] + frame.vocab.categories[VictimCategory.ANY_PERSON]
    flee = any({word.lower_, word.lower_.rstrip("s")}.intersection(civilians) for word in actors)
    return "Displacement" if flee else span.label_


def _before(frame: Frame, span: Span) -> tuple[int, int]:
    phrases = frame.between(span.sent.start, span.start)
    return max(phrases.stop - 1, phrases.start), phrases.stop


def _is_armed(frame: Frame, index: int) -> bool:
    word = frame.doc[index].lower_
    names = frame.vocab.categories[VictimCategory.COMBATANTS]
    return index in frame.weapons or word in frame.words("ForceNouns") or word in names or word.rstrip("s") in names


def _targets(frame: Frame, roles: Roles, name: str) -> bool:
    """Tell whether a target is headed by a word of the list `name`: "a bridge over the river", "the Temple of Bel"."""
    for role, (start, end) in roles:
        if role is Role.TARGET:
            stop = next((i for i in range(start + 1, end) if frame.doc[i].tag_ == "IN"), end)
            word = frame.doc[stop - 1].lower_
            if {word, word.removesuffix("s"), word.removesuffix("es")} & frame.words(name):
                return True
    return False


def _hits_many(frame: Frame, roles: Roles) -> bool:
    """Tell whether several people are hit, of whom none is meant: "the murder of 70 tribesmen"."""
    return any(role is Role.TARGET and frame.head(*bounds).tag_ == "NNS" for role, bounds in roles)


def _hits_ground(frame: Frame, roles: Roles) -> bool:
    """Tell whether all that is taken is places: "the city of Mosul was taken"."""
    heads = _heads(frame, roles, Role.TARGET)
    return bool(heads) and all(map(frame.is_place, heads))


def _hits(frame: Frame, roles: Roles, classes: frozenset[str]) -> bool:
    """Tell whether the first target is a weapon of one of these classes, or of a narrower one."""
    head = next((frame.head(*bounds).i for role, bounds in roles if role is Role.TARGET), None)
    return head in frame.weapons and not classes.isdisjoint(_broader(frame, frame.weapons[head].label_))


def _broader(frame: Frame, name: str) -> Iterator[str]:
    weapon = frame.vocab.weapon_classes.get(name)
    while weapon is not None:
        yield weapon.name
        weapon = frame.vocab.weapon_classes.get(weapon.broader) if weapon.broader else None


def _destroys(span: Span) -> bool:
    return span[0].lemma_.lower() == "destroy" or span[0].lower_.startswith("destr")


def _are_irregular(frame: Frame, roles: Roles) -> bool:
    """Tell whether those who bomb have no aircraft, as far as is told: "PKK militants bomb a minibus"."""
    actors = [word.lower_ for word in _heads(frame, roles, Role.PERPETRATOR)]
    armed = any(role is Role.WEAPON for role, _ in roles)
    return bool(actors) and not armed and frame.words("IrregularNouns").issuperset(actors)


def _is_done_under_arms(frame: Frame, roles: Roles) -> bool:
    """Tell whether those who march are armed: "mercenaries march on the capital"."""
    actors = _heads(frame, roles, Role.PERPETRATOR)
    return bool(actors) and all(_is_armed(frame, word.i) for word in actors)


def _is_fought(frame: Frame, roles: Roles) -> bool:
    """Tell whether armed people attack what soldiers hold: "rebels attacked an army base"."""
    actors = [bounds for role, bounds in roles if role is Role.PERPETRATOR]
    armed = any(_is_armed(frame, frame.head(*bounds).i) or frame.kind(*bounds) == "Organisation" for bounds in actors)
    return armed and _targets(frame, roles, "HeldGround")
