"""Trigger words → typed triggers with arguments and status."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from spacy.tokens import Span, Token

from kg.extract.antecedents import antecedent
from kg.extract.background import is_background
from kg.extract.chunks import clause_end, is_passive, objects_of, prepositional, subject_of, verb_group
from kg.extract.frame import Bounds, Frame
from kg.extract.kinds import is_generic, kind_of, refined, suggested
from kg.extract.places import find_places, is_definite
from kg.extract.reference import points_back, told_before
from kg.extract.status import find_status, is_ruled_out
from kg.extract.verbs import governing_verb, verb_of
from kg.records import Role, Status

_BOTH_SIDES = frozenset({"ArmedClash", "Negotiation", "Agreement", "Ceasefire"})
_SUFFERED = frozenset({"Arrest", "LegalAction", "PrisonerRelease", "Assassination", "Abduction", "Execution"})
"""Whose these are suffers them: "his arrest"."""
_JOINING = frozenset({"and", "or", "&", "nor"})
_TARGET_PREPOSITIONS = frozenset({"on", "against", "at", "towards", "toward", "upon", "into"})


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
        window, found = _verbal(frame, span, verb)
    else:
        window, found = _nominal(frame, span)
    roles += found
    aimed = [] if _wields(frame, span) else [bounds for role, bounds in roles if role is Role.TARGET]
    weapons = [weapon for weapon in _weapons(frame, span, window) if not _within(weapon, aimed)]
    roles += [(Role.WEAPON, bounds) for bounds in weapons]
    back = frame.is_violent(span.label_) and points_back(frame, span)
    roles += [] if back else _filled(frame, span, roles)
    likely = dict.fromkeys((role, bounds) for role, bounds in roles if _plausible(frame, span, role, bounds))
    aimed = [bounds for role, bounds in likely if role is Role.TARGET]
    kept = tuple((role, b) for role, b in likely if role is not Role.PERPETRATOR or not _inside(b, aimed))
    kind = kind_of(frame, span, kept, list(_own_tokens(frame, span, window)))
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


def _wields(frame: Frame, span: Span) -> bool:
    """Tell verbs whose object is the weapon, "fired rockets", from those whose object is hit, "destroyed three tanks"."""
    own = any(token.i in frame.weapons for token in span)
    return own or (span.kb_id_ == "verb" and len(span) == 1 and span[0].lemma_.lower() in frame.words("WeaponVerbs"))


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


def _verbal(frame: Frame, span: Span, verb: Token) -> tuple[Bounds, list[tuple[Role, Bounds]]]:
    doc, chunks = frame.doc, frame.chunks
    limit = clause_end(doc, span.end - 1, span.sent.end)
    start, _ = verb_group(verb)
    subject = _actor_position(frame, verb)
    roles: list[tuple[Role, Bounds]] = []
    passive = is_passive(verb)
    window = (min(start, chunks[subject].start) if subject is not None else start, limit)
    if subject is not None:
        phrases = [*_coordinated_before(frame, subject), *_coordinated_after(frame, subject, start)]
        phrases += _backers(frame, subject, start)
        for position in phrases:
            roles += _as_actor(frame, position, Role.TARGET if passive or _suffers(frame, span) else Role.PERPETRATOR)
    objects = [] if passive else list(objects_of(span.end, doc, chunks, limit))
    roles += [(Role.TARGET, frame.phrase(position)) for position in objects]
    roles += _prepositional_roles(frame, span, span.end, limit, nominal=False)
    return window, roles


def _suffers(frame: Frame, span: Span) -> bool:
    """Tell whether the subject of a verb is hit: "survived an attempt", "came under fire"."""
    under = len(span) > 1 and span[1].lower_ == "under"
    return len(span) > 1 and (under or span[0].lemma_.lower() in frame.words("SufferingVerbs"))


def _actor_position(frame: Frame, verb: Token) -> int | None:
    """Return the position of a verb's subject; behind a thing, "signs a decree declaring …", it is that of the verb before."""
    subject = subject_of(verb, frame.chunks)
    if subject is None or verb.dep_ != "acl" or verb.tag_ != "VBG" or verb.head.head is verb.head:
        return subject
    held = verb.head
    while held.dep_ in {"appos", "flat", "nmod", "compound"} and held.head is not held:
        held = held.head
    above = held.head
    things = frame.doc[frame.chunks[subject].head].ent_type_ == "Place" or (
        not frame.is_people(*frame.phrase(subject)) and frame.chunks[subject].head not in frame.weapons
    )
    through = things and held.dep_ == "obj" and above.i not in frame.cue_tokens
    return subject_of(above, frame.chunks) if through else subject


def _backers(frame: Frame, subject: int, end: int) -> Iterator[int]:
    """Yield who acts together with a subject: "militants backed by foreign troops", "soldiers along with militiamen"."""
    for position in frame.between(frame.chunks[subject].end, end):
        chunk = frame.chunks[position]
        before = frame.doc[chunk.start - 2].lower_ if chunk.start > 1 else ""
        joined = chunk.preposition in {"by", "with"} and before in frame.words("BackingWords")
        if joined or chunk.preposition == "alongside":
            yield position


def _coordinated_before(frame: Frame, position: int) -> list[int]:
    found = [position]
    while position > 0:
        gap = frame.doc[frame.chunks[position - 1].end : frame.chunks[position].start]
        joined = len(found) > 1 or any(token.lower_ in _JOINING for token in gap)
        if joined and len(gap) and all(token.lower_ in _JOINING or token.text == "," for token in gap):
            position -= 1
            found.insert(0, position)
        else:
            break
    return found


def _as_actor(frame: Frame, position: int, role: Role) -> list[tuple[Role, Bounds]]:
    """Read a subject: weapons act for whoever is named before them ("Russian missiles")."""
    chunk = frame.chunks[position]
    bounds = frame.phrase(position)
    head = frame.head(*bounds)
    if role is Role.PERPETRATOR and (head.i in frame.weapons or head.i in frame.triggers):
        return _modifier_actors(frame, chunk.start, head.i)
    first = frame.doc[chunk.start]
    owned = first.tag_ == "PRP$" and not frame.is_people(*bounds)
    if role is Role.PERPETRATOR and (owned or head.tag_ == "PRP"):
        meant = antecedent(frame, chunk.start)
        return [(role, meant)] if meant is not None else []
    return [(role, bounds)]


def _modifier_actors(frame: Frame, start: int, end: int) -> list[tuple[Role, Bounds]]:
    """Yield the actors named in front of a noun: "Russian", "U.S.-led coalition's", "PKK"."""
    doc = frame.doc
    start = max(
        (i + 1 for i in range(start, end) if doc[i].tag_ == "VBG"), default=start
    )  # "Goma using Iranian drones"
    index, found = start, []
    while index < end:
        token = doc[index]
        if token.ent_type_ in {"Organisation", "Person", "Place"} and index not in frame.triggers:
            stop = index + 1
            while stop < end and doc[stop].ent_iob_ == "I":
                stop += 1
            found.append((Role.PERPETRATOR, (index, stop)))
            index = stop
            continue
        if index in frame.demonyms:
            found.append((Role.PERPETRATOR, (index, index + 1)))
        elif doc[index].lower_ in frame.words("GroupHeads"):
            found.append((Role.PERPETRATOR, frame.trim(start, index + 1)))
        index += 1
    return found[-1:] if len(found) > 1 and found[-1][1][0] - found[0][1][0] <= 3 else found[:1]


def _nominal(frame: Frame, span: Span) -> tuple[Bounds, list[tuple[Role, Bounds]]]:
    doc, chunks = frame.doc, frame.chunks
    position = frame.chunk_at(span.end - 1)
    limit = clause_end(doc, span.end - 1, span.sent.end)
    roles: list[tuple[Role, Bounds]] = []
    start = span.start
    if position is not None:
        chunk = chunks[position]
        start = chunk.start
        roles += _owner(frame, span, chunk.start)
        roles += _modifier_actors(frame, chunk.start, span.start)
        used = position - _has_weapon_before(frame, position)
        start = chunks[used].start
        governor = governing_verb(frame, used) or _governor_above(frame, span)
        if governor is not None:
            subject = subject_of(governor, chunks)
            if subject is not None and frame.is_people(*frame.phrase(subject)):
                suffers = governor.lemma_.lower() in frame.words("SufferingVerbs")
                role = Role.TARGET if suffers else Role.PERPETRATOR
                if _acts(frame, span, governor):
                    positions = (*_coordinated_before(frame, subject), *_coordinated_after(frame, subject, governor.i))
                    roles += [(role, frame.phrase(i)) for i in positions]
    roles += _prepositional_roles(frame, span, span.end, limit, nominal=True)
    return (start, limit), roles


def _owner(frame: Frame, span: Span, start: int) -> Iterator[tuple[Role, Bounds]]:
    """Yield whom a possessive before a noun means: "its siege of the town" is done, "his arrest" is suffered."""
    if frame.doc[start].tag_ != "PRP$":
        return
    meant = _owner_beside(frame, span.root) or antecedent(frame, start)
    if meant is not None:
        yield (Role.TARGET if span.label_ in _SUFFERED else Role.PERPETRATOR), meant


def _owner_beside(frame: Frame, noun: Token) -> Bounds | None:
    """Return whose the noun before it in a list is: "the regime's attacks and its siege of the town"."""
    before = noun.head if noun.dep_ == "conj" else noun
    owner = next((child for child in before.children if child.dep_ == "nmod:poss" and child.tag_ != "PRP$"), None)
    position = None if owner is None else frame.chunk_at(owner.i)
    if owner is None or position is None:
        return None
    return frame.trim(frame.chunks[position].start, owner.i + 1)


def _governor_above(frame: Frame, span: Span) -> Token | None:
    """Return the verb whose object holds a noun of peace: "will launch a package with new sanctions"."""
    noun = span.root
    if frame.is_violent(span.label_):
        return None
    if noun.dep_ == "nmod":
        noun = noun.head
    verb = noun.head
    return verb if noun.dep_ == "obj" and verb.tag_[:2] == "VB" and not is_passive(verb) else None


def _acts(frame: Frame, span: Span, governor: Token) -> bool:
    """Tell whether the subject of a verb does what its object names, not only speaks of it: "called the attack a crime".

    Who claims an attack did it, and who announces a curfew or a deal makes it.
    """
    lemma = governor.lemma_.lower()
    if lemma in frame.words("NamingVerbs"):
        return False
    made = lemma in frame.words("PerformativeVerbs") and not frame.is_violent(span.label_)
    return made or lemma == "claim" or governor.lower_ not in frame.cue_words


def _has_weapon_before(frame: Frame, position: int) -> bool:
    """Tell whether a weapon is meant for what the phrase at `position` names: "stockpiled missiles for a strike"."""
    chunk = frame.chunks[position]
    if chunk.preposition not in {"for", "in"} or position == 0:
        return False
    before = frame.chunks[position - 1]
    return before.end == chunk.start - 1 and before.head in frame.weapons


def _prepositional_roles(frame: Frame, span: Span, start: int, end: int, *, nominal: bool) -> list[tuple[Role, Bounds]]:
    doc, chunks = frame.doc, frame.chunks
    roles: list[tuple[Role, Bounds]] = []
    both = span.label_ in _BOTH_SIDES
    verbs = [i for i in range(start, end) if doc[i].tag_ in {"VBZ", "VBD", "VBP", "MD"}]
    aims = [
        i for i in range(start, end - 1) if doc[i].tag_ == "TO" and doc[i + 1].tag_ == "VB"
    ]  # "sent troops to fight"
    near = verbs[0] if verbs and nominal else aims[0] if aims and not nominal else end
    for preposition, position in prepositional(start, near, chunks):
        bounds = frame.phrase(position)
        people = frame.is_people(*bounds)
        positions = [position, *_coordinated_after(frame, position, near)]
        if preposition == "by" and not nominal and _is_of_other(frame, span, chunks[position].start):
            continue
        if preposition == "by" and frame.head(*bounds).i in frame.weapons:
            roles += _modifier_actors(frame, chunks[position].start, frame.head(*bounds).i)
        elif (preposition == "by" and (people or frame.kind(*bounds).value == "Organisation")) or (
            preposition in {"between", "with"} and both
        ):
            roles += [(Role.PERPETRATOR, frame.phrase(i)) for i in positions]
        elif (preposition == "of" and nominal and chunks[position].start == span.end + 1) or (
            preposition in _TARGET_PREPOSITIONS and not _is_time(frame, *bounds)
        ):
            roles += [(Role.TARGET, frame.phrase(i)) for i in positions]
    return roles


def _is_of_other(frame: Frame, span: Span, start: int) -> bool:
    """Tell whether "by" belongs to another participle than the trigger: "attacked a checkpoint manned by soldiers"."""
    before = frame.doc[max(span.start, start - 2)]
    return before.i >= span.end and before.tag_ in {"VBN", "VBD"}


def _coordinated_after(frame: Frame, position: int, limit: int) -> list[int]:
    """Return the phrases that go on a list after the one at `position`: "A, B and C"; without an "and" it is none."""
    found: list[int] = []
    joined = False
    while position + 1 < len(frame.chunks) and frame.chunks[position + 1].end <= limit:
        gap = frame.doc[frame.chunks[position].end : frame.chunks[position + 1].start]
        if not len(gap) or not all(token.tag_ == "CC" or token.text == "," for token in gap):
            break
        position += 1
        found.append(position)
        if any(token.lower_ in {"and", "&"} for token in gap):
            joined = True
            break
    return found if joined else []


def _is_time(frame: Frame, start: int, end: int) -> bool:
    return any(token.lower_ in frame.words("TimeWords") for token in frame.doc[start:end])


def _own_tokens(frame: Frame, span: Span, window: Bounds) -> Iterator[int]:
    """Yield the tokens of a clause that tell of its weapons, without those of another verb.

    These are what comes between a subject and the second of its verbs, "shot down a drone and destroyed tanks", and what
    is said of a noun, "the strikes hit three mortars", but "the strikes involved drones".
    """
    doc, verb = frame.doc, verb_of(span)
    finite = [i for i in range(*window) if doc[i].tag_ in {"VBZ", "VBD", "VBP"}]
    if verb is None:
        other = next(
            (i for i in finite if i >= span.end and doc[i].lemma_.lower() not in frame.words("WeaponVerbs")), None
        )
        yield from range(window[0], window[1] if other is None else other)
        return
    start = verb_group(verb)[0]
    finite += [verb.head.i] if verb.dep_ == "conj" else []
    other = next((i for i in sorted(finite) if i < start and doc[i].lemma_.lower() not in {"be", "have", "do"}), start)
    yield from (i for i in range(*window) if i < other or i >= start)


def _weapons(frame: Frame, span: Span, window: Bounds) -> Iterator[Bounds]:
    """Yield the weapons of the trigger's clause; a modifier of another noun ("car bomb attack") counts as well."""
    seen: set[int] = set()
    for index in _own_tokens(frame, span, window):
        weapon = frame.weapons.get(index)
        if weapon is None or weapon.start in seen:
            continue
        seen.add(weapon.start)
        position = frame.chunk_at(weapon.start)
        start, end = weapon.start, weapon.end
        if position is not None:
            chunk = frame.chunks[position]
            inside = range(chunk.start, chunk.end)
            if span.start not in inside:
                end = max(end, chunk.head + 1) if chunk.head in frame.weapons else end
            while (
                start > chunk.start
                and frame.doc[start - 1].tag_ in {"JJ", "NN", "NNP", "HYPH", "VBN"}
                and (start - 1 not in frame.demonyms or frame.doc[start].text == "-")
                and (
                    start - 1 not in frame.triggers
                    and (frame.doc[start - 1].tag_ != "JJ" or "-" in frame.doc[start - 1 : start + 1].text)
                )
            ):
                start -= 1
        yield frame.trim(start, end)


def _is_means(frame: Frame, span: Span, start: int) -> bool:
    """Tell with what something was shot down: "intercepted by the Iron Dome", "air defences shot down a drone"."""
    position = frame.chunk_at(start)
    if position is None:
        return False
    chunk = frame.chunks[position]
    return chunk.preposition in {"by", "with"} or (chunk.end <= span.start and chunk.preposition is None)


def _plausible(frame: Frame, span: Span, role: Role, bounds: Bounds) -> bool:
    start, end = bounds
    overlap = start < span.end and span.start < end
    head = frame.head(start, end)
    if role is Role.WEAPON:
        return frame.is_violent(span.label_) or (span.label_ == "Interception" and _is_means(frame, span, start))
    if overlap or (head.i in frame.triggers and head.ent_type_ == ""):
        return False
    if _is_time(frame, start, end) or frame.doc[start].lower_ in {"there", "which", "what"}:
        return False
    if role is Role.PERPETRATOR:
        side = span.label_ in _BOTH_SIDES and head.tag_ in {"NNP", "NNPS", "NNS"}  # "clashes between Hindus and Sikhs"
        return (side or frame.is_people(start, end)) and head.tag_ != "PRP"
    return not (
        frame.doc[start].tag_ == "PRP"
        or (
            head.i in frame.weapons
            and _wields(frame, span)
            and frame.vocab.event_types[span.label_].parent == "RemoteViolence"
        )
    )
