"""Trigger words → typed triggers with arguments and status."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from spacy.tokens import Span

from kg.extract.background import is_background
from kg.extract.chunks import is_passive, objects_of, subject_of
from kg.extract.frame import Bounds, Frame
from kg.extract.kinds import is_generic, kind_of, refined, suggested
from kg.extract.means import find_weapons, is_means, own_tokens, wields
from kg.extract.places import find_places, is_definite
from kg.extract.reference import points_back, told_before
from kg.extract.roles import BOTH_SIDES, is_time, read_noun, read_verb
from kg.extract.status import find_status, is_ruled_out
from kg.extract.verbs import verb_of
from kg.records import Role, Status

_MOVING = frozenset({"Displacement", "Mobilisation", "Withdrawal"})
"""Where people and forces go to, or leave, is no target: "advanced towards Kyiv", "fled the city"."""
_LONGEST_INITIALS = 3
"""A longer place in capitals is where the news was written, not an actor like "USA": "MOSUL, Iraq (AP)"."""


@dataclass(frozen=True, kw_only=True)
class Trigger:
    """A trigger with what its own sentence tells; bounds are token offsets."""

    span: Span
    type: str
    status: Status
    generic: bool
    definite: bool
    points_back: bool = False
    roles: tuple[tuple[Role, Bounds], ...] = ()
    places: tuple[Bounds, ...] = ()
    window: Bounds = field(default=(0, 0))


def find_triggers(frame: Frame) -> Iterator[Trigger]:
    """Yield the triggers of a document in text order; background wars, sport and business are left out."""
    for span in frame.trigger_spans:
        if is_background(frame, span) or _is_support(frame, span) or is_ruled_out(frame, verb_of(span)):
            continue
        found = _read(frame, span)
        if not _lacks_weapon(frame, found):
            yield found


def _is_support(frame: Frame, span: Span) -> bool:
    """Tell whether a verb that the ontology does not know only carries the noun that names the event: "conducted a strike"."""
    if span.start in frame.known or verb_of(span) is None:
        return False
    carried = next(objects_of(span.end, frame.doc, frame.chunks, span.sent.end), None)
    return carried is not None and frame.chunks[carried].head in frame.triggers


def _lacks_weapon(frame: Frame, trigger: Trigger) -> bool:
    """Tell whether a verb that tells of an attack only together with a weapon has none: "launched a campaign"."""
    span = trigger.span
    needs = len(span) == 1 and span[0].lemma_.lower() in frame.words("WeaponVerbs") and frame.is_violent(span.label_)
    return needs and all(role is not Role.WEAPON for role, _ in trigger.roles)


def from_harm(frame: Frame, cue: Span) -> Trigger:
    """Read a verb of harm as the trigger of the event that caused it ("killed by unknown gunmen").

    What does the harm names the event, if the ontology knows its words, "a grenade attack wounded six people", or if it is
    a weapon, "a car bomb kills six people".
    """
    position = subject_of(cue[0], frame.chunks)
    named = None if position is None else _named_event(frame, position)
    if named is not None:
        return _read(frame, named)
    head = None if position is None else frame.head(*frame.phrase(position))
    weapon = None if head is None or is_passive(cue[0]) else frame.weapons.get(head.i)
    kind = None if weapon is None else suggested(frame, weapon.label_)
    if weapon is not None and kind is not None:
        return _read(frame, Span(frame.doc, weapon.start, weapon.end, label=kind, kb_id="noun"))
    gunmen = any(token.lower_ in frame.words("ShooterNouns") for token in cue.sent)
    found = _read(frame, Span(frame.doc, cue.start, cue.end, label="Shooting" if gunmen else "Attack", kb_id="verb"))
    return replace(found, type=found.type if gunmen else refined(frame, found.span, found.roles, range(*found.window)))


def _named_event(frame: Frame, position: int) -> Span | None:
    """Return the violent event that the head of a phrase names in the ontology's words."""
    head = frame.chunks[position].head
    spans = (span for span in frame.doc.spans["trigger_words"] if span.kb_id_ == "noun" and span.end - 1 == head)
    return next((span for span in spans if frame.is_violent(span.label_)), None)


def _read(frame: Frame, span: Span) -> Trigger:
    verb = verb_of(span)
    roles: list[tuple[Role, Bounds]] = []
    if verb is not None:
        window, found = read_verb(frame, span, verb)
    else:
        window, found = read_noun(frame, span)
    roles += found
    aimed = [] if wields(frame, span) else [bounds for role, bounds in roles if role is Role.TARGET]
    weapons = [weapon for weapon in find_weapons(frame, span, window) if not _within(weapon, aimed)]
    roles += [(Role.WEAPON, bounds) for bounds in weapons]
    back = frame.is_violent(span.label_) and points_back(frame, span)
    roles += [] if back else _filled(frame, span, roles)
    likely = dict.fromkeys((role, bounds) for role, bounds in roles if _plausible(frame, span, role, bounds))
    aimed = [bounds for role, bounds in likely if role is Role.TARGET]
    kept = tuple(
        (role, b)
        for role, b in likely
        if role is not Role.PERPETRATOR or not (_inside(b, aimed) or frame.is_nobody(b[0]))
    )
    kind = kind_of(frame, span, kept, list(own_tokens(frame, span, window)))
    if kind == "Displacement":
        kept = tuple((Role.TARGET if _flees(frame, role, bounds) else role, bounds) for role, bounds in kept)
    plain = is_generic(frame, span) and kind == span.label_ and frame.is_violent(span.label_)
    return Trigger(
        span=span,
        type=kind,
        status=find_status(frame, span, verb),
        generic=back or plain,
        definite=is_definite(frame, span),
        points_back=back,
        roles=kept,
        places=tuple(find_places(frame, span, window, kept)),
        window=window,
    )


def _flees(frame: Frame, role: Role, bounds: Bounds) -> bool:
    """Tell who suffers a displacement, "residents left the city", from who causes it, "officials evacuated the city"."""
    head = frame.head(*bounds)
    authority = head.ent_type_ or head.lower_ in frame.words("GroupHeads") - frame.words("CivilianGroups")
    return role is Role.PERPETRATOR and not authority


def _inside(bounds: Bounds, phrases: Iterable[Bounds]) -> bool:
    return _within(bounds, (other for other in phrases if other != bounds))


def _within(bounds: Bounds, phrases: Iterable[Bounds]) -> bool:
    return any(start <= bounds[0] and bounds[1] <= end for start, end in phrases)


def _filled(frame: Frame, span: Span, roles: list[tuple[Role, Bounds]]) -> Iterator[tuple[Role, Bounds]]:
    """Yield what the model gives to the roles that the syntax leaves empty, and weapons that it does not see."""
    taken = {role for role, _ in roles if role is not Role.WEAPON}
    weapons = {i for role, bounds in roles if role is Role.WEAPON for i in range(*bounds)}
    first = told_before(frame, span) or span.sent.start
    for name, bounds in frame.arguments.get(span.start, ()):
        if not first <= bounds[0] < span.sent.end:
            continue
        role = next((role for role in Role if role.value == name), None)
        if role is Role.PERPETRATOR and bounds[0] in frame.speakers:
            continue
        if role is not None and role not in taken and not (role is Role.WEAPON and weapons & set(range(*bounds))):
            yield role, frame.trim(*bounds)


def _plausible(frame: Frame, span: Span, role: Role, bounds: Bounds) -> bool:
    start, end = bounds
    overlap = start < span.end and span.start < end
    head = frame.head(start, end)
    if role is Role.WEAPON:
        return frame.is_violent(span.label_) or (span.label_ == "Interception" and is_means(frame, span, start))
    if overlap or (head.i in frame.triggers and head.ent_type_ == ""):
        return False
    if is_time(frame, start, end) or frame.doc[start].lower_ in {"there", "which", "what"}:
        return False
    if role is Role.PERPETRATOR:
        side = span.label_ in BOTH_SIDES and head.tag_ in {"NNP", "NNPS", "NNS"}  # "clashes between Hindus and Sikhs"
        dateline = head.ent_type_ == "Place" and head.is_upper and head.text.isalpha() and len(head) > _LONGEST_INITIALS
        return (side or frame.is_people(start, end)) and head.tag_ != "PRP" and not dateline
    if span.label_ in _MOVING and (head.ent_type_ == "Place" or head.lower_ in frame.words("PlaceHeads")):
        return False
    return not (
        frame.doc[start].tag_ == "PRP"
        or (
            head.i in frame.weapons
            and wields(frame, span)
            and frame.vocab.event_types[span.label_].parent == "RemoteViolence"
        )
    )
