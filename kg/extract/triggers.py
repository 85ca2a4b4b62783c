"""Trigger words → typed triggers with arguments and status."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from kg.extract.actors import is_carried, modifier_actors
from kg.extract.background import is_background
from kg.extract.casualties import is_mourned
from kg.extract.chunks import is_passive, objects_of, subject_of
from kg.extract.frame import LOCATIVE, Bounds, Frame, is_compound
from kg.extract.kinds import is_generic, kind_of, refined, suggested
from kg.extract.means import find_weapons, is_means, is_of_other, own_tokens, wields
from kg.extract.misread import is_misread
from kg.extract.places import find_places, is_definite
from kg.extract.reference import is_ranked, points_back, told_before
from kg.extract.roles import BOTH_SIDES, acts_for_other, is_time, read_noun, read_verb
from kg.extract.standing import is_counted_up
from kg.extract.status import find_status, is_attempt, is_ruled_out
from kg.extract.tokens import Span
from kg.extract.verbs import takes_no_object, verb_of
from kg.records import Role, Stance, Status

_MOVING = frozenset({"Displacement", "Mobilisation", "Withdrawal"})
"""Where people and forces go to, or leave, is no target: "advanced towards Kyiv", "fled the city"."""
_AFTER = frozenset({"after", "before"})
_TAKEN_FOR = frozenset({("TerritorialTakeover", "Abduction"), ("Displacement", "Withdrawal")})
"""What the ontology's words may be instead where the model says so: "seized a ship", "troops were driven out of the town"."""
_GOING_OFF = frozenset({"explode", "detonate"})
_HAD = frozenset({"used", "worn", "carried", "owned"})
_NEAR = 4
"""So many words behind a verb that stops it an event is named."""
_ROLES = {role.value: role for role in Role}


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
        verb = verb_of(span)
        if is_background(frame, span) or _is_support(frame, span) or is_ruled_out(frame, span, verb):
            continue
        harmed = _of_weapon(frame, span)
        found = _read(frame, span) if harmed is None else harmed
        if found.type == "Displacement" and is_attempt(frame, verb):
            continue  # "killed while trying to flee"
        if is_misread(frame, span, found.type, found.roles):
            other = frame.read_kinds.get(span.start, "")
            if (found.type, other) not in _TAKEN_FOR:
                continue
            found = _read(frame, Span(frame.doc, span.start, span.end, other, kb_id=span.kb_id_))
        yield found


def _is_support(frame: Frame, span: Span) -> bool:
    """Tell whether a verb only carries the noun that names the event, "conducted a strike", or tells what came of another.

    "Was shot down and crashed" is one event.
    Verbs that the ontology knows do not, but to stop something is no event beside it: "cease the air strikes".
    """
    if verb_of(span) is None:
        return False
    lemma = span[0].lemma_.lower()
    if span.start in frame.known:
        stops = lemma in frame.words("StoppingWords") and len(span) == 1
        return stops and any(i in frame.triggers for i in range(span.end, min(span.end + _NEAR, span.sent.end)))
    if lemma in frame.words("AftermathVerbs") and span[0].dep_ == "conj" and span[0].head.i in frame.triggers:
        return True
    under = span.end + (span.end < span.sent.end and frame.doc[span.end].lower_ == "under")  # "came under fire"
    carried = objects_of(under, frame.doc, frame.chunks, span.sent.end)
    return any(frame.chunks[position].head in frame.triggers for position in carried)


def _of_weapon(frame: Frame, span: Span) -> Trigger | None:
    """Return the event that a weapon names which does the harm: "a car bomb killed six people"."""
    if verb_of(span) is None or span.start not in frame.harms or not frame.is_violent(span.label_):
        return None
    found = from_harm(frame, span)
    named = found.span.kb_id_ == "noun" and found.span.root.i in frame.weapons
    return found if named else None


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
    if takes_no_object(cue[0]):  # who dies attacks nobody
        found = replace(found, roles=tuple(pair for pair in found.roles if pair[0] is Role.WEAPON))
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
    roles += [pair for pair in found if not _receives(frame, span, *pair)]
    aimed = [] if wields(frame, span) else [bounds for role, bounds in roles if role is Role.TARGET]
    weapons = [weapon for weapon in find_weapons(frame, span, window) if not _within(weapon, aimed)]
    roles += [(Role.WEAPON, bounds) for bounds in weapons]
    back = frame.is_violent(span.label_) and points_back(frame, span)
    roles += [] if back else _filled(frame, span, window, roles)
    means = span.kb_id_ == "noun" or wields(frame, span)
    wielded = [bounds for role, bounds in roles if role is Role.WEAPON] if means else []
    likely = dict.fromkeys(
        (role, bounds)
        for role, bounds in roles
        if _plausible(frame, span, role, bounds) and not (role is Role.TARGET and _within(bounds, wielded))
    )  # "dropped munitions on a market" does not aim at munitions
    aimed = [bounds for role, bounds in likely if role is Role.TARGET]
    if span.label_ == "Interception":  # "the cruiser has sunk"
        likely = dict.fromkeys(pair for pair in likely if pair[0] is not Role.WEAPON or pair[1] not in aimed)
    kept = tuple(
        (role, b)
        for role, b in likely
        if role is not Role.PERPETRATOR or not (_inside(b, aimed) or frame.is_nobody(b[0]))
    )
    kept = tuple((role, b if role is Role.WEAPON else frame.full_name(*b)) for role, b in kept)
    kind = kind_of(frame, span, kept, list(own_tokens(frame, span, window)))
    if kind == "TerritorialTakeover" and is_attempt(frame, verb):
        kind = "ArmedClash"  # "attempted to recapture the airport": it was fought for
    if kind == "Withdrawal" and verb is not None and is_passive(verb):
        kept = tuple((Role.PERPETRATOR if role is Role.TARGET else role, bounds) for role, bounds in kept)
    if kind == "Displacement":
        kept = tuple((role, b) for role, b in kept if role is not Role.TARGET or not _is_ground(frame, b))
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
        places=() if is_ranked(frame, span) else tuple(find_places(frame, span, window, kept)),
        window=window,
    )


def _receives(frame: Frame, span: Span, role: Role, bounds: Bounds) -> bool:
    """Tell who is given what stands behind: "supply Ukraine with missiles", where the missiles are the target."""
    if span.label_ != "AidDelivery" or role is not Role.TARGET:
        return False
    behind = frame.doc[bounds[1]].lower_ if bounds[1] < len(frame.doc) else ""
    return behind == "with" and frame.head(*bounds).ent_type_ == "Place"


def _is_ground(frame: Frame, bounds: Bounds) -> bool:
    """Tell a place from those who leave or enter it: "thousands entered the country"."""
    head = frame.head(*bounds)
    return frame.is_place(head) or head.lower_ == "country"


def _flees(frame: Frame, role: Role, bounds: Bounds) -> bool:
    """Tell who suffers a displacement, "residents left the city", from who causes it, "officials evacuated the city"."""
    head = frame.head(*bounds)
    authority = head.ent_type_ or head.lower_ in frame.words("GroupHeads") - frame.words("CivilianGroups")
    return role is Role.PERPETRATOR and not authority


def _inside(bounds: Bounds, phrases: Iterable[Bounds]) -> bool:
    return _within(bounds, (other for other in phrases if other != bounds))


def _within(bounds: Bounds, phrases: Iterable[Bounds]) -> bool:
    return any(start <= bounds[0] and bounds[1] <= end for start, end in phrases)


def _filled(
    frame: Frame, span: Span, window: Bounds, roles: list[tuple[Role, Bounds]]
) -> Iterator[tuple[Role, Bounds]]:
    """Yield what the model gives to the roles that the syntax leaves empty, and weapons that it does not see."""
    taken = {role for role, _ in roles if role is not Role.WEAPON}
    weapons = {i for role, bounds in roles if role is Role.WEAPON for i in range(*bounds)}
    before = told_before(frame, span)
    first, last = (span.sent.start, span.sent.end) if before is None else (before, window[1])
    for name, bounds in frame.arguments.get(span.start, ()):
        if not first <= bounds[0] < last or _is_beyond(frame, span, bounds):
            continue
        role = _ROLES.get(name)
        speaks = not frame.speakers.isdisjoint(range(*bounds)) or _speaks(frame, span, bounds)
        head = frame.head(*bounds)
        other = speaks or _did_other(frame, span, bounds) or head.i in frame.read_tolls
        other = other or is_carried(frame, bounds[0]) or _is_owner(frame, span, bounds)
        if (role is Role.PERPETRATOR and other) or is_counted_up(span, head) or is_mourned(frame, head):
            continue
        if role is Role.WEAPON and is_of_other(frame, span, bounds[1] - 1):
            continue
        used = role is not Role.WEAPON and any(bounds == other for found, other in roles if found is not Role.WEAPON)
        if (
            role is not None
            and not used
            and role not in taken
            and not (role is Role.WEAPON and weapons & set(range(*bounds)))
        ):
            start, end = _without_place(frame, *frame.trim(*bounds))
            if (frame.doc[start].lower_ == "them" and end > start + 1) or frame.doc[end - 1].lower_ == "of":
                continue  # "[five of] them children", "most of [Kunduz]"
            if role is Role.PERPETRATOR and (driven := frame.head(start, end).i) in frame.weapons:
                yield from modifier_actors(frame, start, driven)  # "a column of Russian tanks advanced"
            else:
                yield role, (start, end)


def _without_place(frame: Frame, start: int, end: int) -> Bounds:
    """Drop where somebody is from the words for him: "a convoy in the Western Desert", but no "men in police fatigues"."""
    nouns = frame.words("PlaceHeads") | frame.words("FacilityHeads")
    for index in range(start + 1, end):
        word = frame.doc[index]
        if word.lower_ in LOCATIVE and word.tag_ == "IN":
            behind = frame.tokens[index + 1 : end]
            placed = not behind or any(token.ent_type_ == "Place" or token.lower_ in nouns for token in behind)
            return start, index if placed else end
    return start, end


def _is_beyond(frame: Frame, span: Span, bounds: Bounds) -> bool:
    """Tell whether words are told of what came before: "the attack came hours after rebels overran a base".

    What a semicolon parts is told of something else.
    """
    between = frame.tokens[min(span.end, bounds[1]) : max(span.start, bounds[0])]
    if any(token.text == ";" for token in between):
        return True
    if span.kb_id_ != "noun":
        return False
    marks = (i for i in range(span.end, bounds[0]) if frame.doc[i].lower_ in _AFTER and frame.doc[i].tag_ == "IN")
    mark = next(marks, None)
    if mark is None:
        return False
    return any(i in frame.triggers and frame.doc[i].tag_[:2] == "VB" for i in range(mark, span.sent.end))


def _is_owner(frame: Frame, span: Span, bounds: Bounds) -> bool:
    """Tell who only had what went off: "pagers used by members of the group explode"."""
    position = frame.chunk_at(bounds[0])
    start = bounds[0] if position is None else frame.chunks[position].start
    had = [token.lower_ for token in frame.doc[max(start - 2, 0) : start]]
    return span[0].lemma_.lower() in _GOING_OFF and had[1:] == ["by"] and had[0] in _HAD


def _did_other(frame: Frame, span: Span, bounds: Bounds) -> bool:
    """Tell whether somebody did what another participle tells: "retook two villages held by the rebels"."""
    position = frame.chunk_at(bounds[0])
    chunk = None if position is None else frame.chunks[position]
    return chunk is not None and chunk.preposition == "by" and acts_for_other(frame, span, chunk.start)


def _speaks(frame: Frame, span: Span, bounds: Bounds) -> bool:
    """Tell whether somebody only speaks of violence: "the opposition accused the government of the attack"."""
    head, above = frame.head(*bounds), span.root.head
    subject = head.dep_.startswith("nsubj") and head.i < head.head.i  # not "accused the rebels of bombing it", misread
    speaks = subject and head.head.i in frame.cue_tokens
    judged = frame.cue_tokens.get(above.i) is Stance.CONDEMNS and bounds[1] <= above.i  # "our allies in condemning it"
    return frame.is_violent(span.label_) and (speaks or judged)


def _plausible(frame: Frame, span: Span, role: Role, bounds: Bounds) -> bool:
    start, end = bounds
    overlap = start < span.end and span.start < end
    head = frame.head(start, end)
    if role is Role.WEAPON and head.tag_ in {"CD", "JJ", "VBN", "DT", "RB"}:
        return False  # "two" of "two jets", "suspected" of "a suspected drone"
    if role is Role.WEAPON:
        return frame.is_violent(span.label_) or (span.label_ == "Interception" and is_means(frame, span, start))
    number = head.tag_ == "CD" and end == start + 1  # "put the dead at 53"; below: "the biggest attack of the war"
    war = role is Role.TARGET and frame.is_violent(span.label_) and head.lower_ in frame.words("LongWords")
    driven = span[0].lemma_.lower() == "drive" and head.lower_ in frame.words("RoadVehicles")  # "into a crowd"
    named = head.i in frame.triggers and head.ent_type_ == ""
    if overlap or number or war or driven or named or head.tag_ in {"WP", "WDT", "WP$"}:
        return False
    if not any(letter.isalpha() for letter in frame.doc[start:end].text):
        return False
    if (
        is_time(frame, start, end)
        or frame.is_medium(start, end)
        or frame.doc[start].lower_ in {"there", "which", "what"}
    ):
        return False
    if role is Role.PERPETRATOR:
        names = {"NNP", "NNPS", "NNS"} if frame.is_violent(span.label_) else {"NNP", "NNPS"}
        side = span.label_ in BOTH_SIDES and head.tag_ in names  # "clashes between Hindus and Sikhs"
        thing = span.label_ == "Incursion" and head.tag_[:2] == "NN"  # "an unidentified object entered its airspace"
        acts = (side or thing or frame.is_people(start, end)) and not is_compound(frame.doc[start:end])
        return acts and head.tag_ != "PRP" and not frame.is_dateline(start, end)
    if span.label_ in _MOVING | {"Protest"} and frame.is_place(head):
        return False
    return not (
        frame.doc[start].tag_ == "PRP"
        or (
            head.i in frame.weapons
            and wields(frame, span)
            and frame.vocab.event_types[span.label_].parent == "RemoteViolence"
        )
    )
