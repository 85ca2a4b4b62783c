"""Who does what to whom, as the clause of a trigger tells."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from kg.extract.actors import as_actor, modifier_actors
from kg.extract.antecedents import antecedent
from kg.extract.chunks import clause_end, is_passive, objects_of, prepositional, subject_of, verb_group
from kg.extract.frame import Bounds, Frame
from kg.extract.means import wields
from kg.extract.reference import other_event, told_before
from kg.extract.tokens import Span, Token
from kg.extract.verbs import governing_verb
from kg.records import Role

BOTH_SIDES = frozenset({"ArmedClash", "Negotiation", "Agreement", "Ceasefire"})
_SUFFERED = frozenset({"Arrest", "LegalAction", "PrisonerRelease", "Assassination", "Abduction", "Execution"})
"""Whose these are suffers them: "his arrest"."""
_MOVING = frozenset({"Displacement", "Mobilisation", "Withdrawal"})
_WAYS = frozenset({"to", "from", "into", "toward", "towards"})
"""Behind these stands where people go, no target: "fled to monasteries and schools"."""
_AHEAD = 8
"""Within so many tokens of its sentence a phrase like "In retaliation for a deadly army attack" is named ahead of its clause."""
_MINES = frozenset({"LandMine", "ImprovisedExplosiveDevice"})
_JOINING = frozenset({"and", "or", "&", "nor"})
_HIT = frozenset({"on", "against", "at", "towards", "toward", "upon", "into"})
"""Prepositions before what is hit."""
_CLOSED_TO = frozenset({"to", "for"})
"""Prepositions before whom a way is closed to: "closed their airspace to commercial aircraft"."""
_HIT_BY_DONE = frozenset({"against"})
"""The same where an object or a passive subject is hit already: "attacked a convoy on the road", "were gunned down on the street"."""


def read_verb(frame: Frame, span: Span, verb: Token) -> tuple[Bounds, list[tuple[Role, Bounds]]]:
    """Return the tokens of the clause of a verb, and who acts and is hit in it: "rebels shelled the town"."""
    doc, chunks = frame.doc, frame.chunks
    limit = other_event(frame, span.end, clause_end(doc, span.end - 1, span.sent.end))
    start, _ = verb_group(verb)
    subject = _actor_position(frame, verb)
    roles: list[tuple[Role, Bounds]] = []
    passive = is_passive(verb)
    window = (min(start, chunks[subject].start) if subject is not None else start, limit)
    repels = repelled(frame, verb) and not passive
    if subject is not None:
        phrases = [*_coordinated_before(frame, subject), *_coordinated_after(frame, subject, start)]
        phrases += _backers(frame, subject, start)
        hit = passive or repels or _suffers(frame, span) or _runs_onto(frame, span, verb)
        for position in phrases:
            roles += as_actor(frame, position, Role.TARGET if hit else Role.PERPETRATOR)
    roles += _sender(frame, span, verb)
    goal = len(span) > 1 and span.label_ in _MOVING and span[-1].lower_ in _WAYS
    objects = [] if passive or goal or _runs_onto(frame, span, verb) else list(objects_of(span.end, doc, chunks, limit))
    taken = repels or _falls(span)
    roles += [(Role.PERPETRATOR if taken else Role.TARGET, frame.phrase(position)) for position in objects]
    done = (passive or bool(objects)) and not wields(frame, span)
    roles += _prepositional_roles(frame, span, span.end, limit, hit=_HIT_BY_DONE if done else _HIT, nominal=False)
    return window, roles


def _sender(frame: Frame, span: Span, verb: Token) -> Iterator[tuple[Role, Bounds]]:
    """Yield who makes people leave: "the army ordered residents to evacuate"."""
    if span.label_ != "Displacement" or verb.dep_ != "xcomp":
        return
    addressed = any(child.dep_ in {"obj", "iobj"} and child.i < verb.i for child in verb.head.children)
    position = subject_of(verb.head, frame.chunks) if addressed and not is_passive(verb.head) else None
    if position is not None and frame.is_people(*frame.phrase(position)):
        yield Role.PERPETRATOR, frame.phrase(position)


def repelled(frame: Frame, verb: Token) -> bool:
    """Tell whether who does a verb is attacked by what its object names: "repelled an attack", "fought off the rebels"."""
    after = verb.nbor().lower_ if verb.i + 1 < len(frame.doc) else ""
    lemma = verb.lemma_.lower()
    return not frame.words("RepellingVerbs").isdisjoint({lemma, f"{lemma} {after}"})


def _suffers(frame: Frame, span: Span) -> bool:
    """Tell whether the subject of a verb is hit: "survived an attempt", "came under fire"."""
    if _falls(span):
        return True
    under = span[0].nbor().lower_ == "under" if span.start + 1 < span.sent.end else False
    return under or (len(span) > 1 and span[0].lemma_.lower() in frame.words("SufferingVerbs"))


def _runs_onto(frame: Frame, span: Span, verb: Token) -> bool:
    """Tell whether the subject of "hit" is blown up: "their vehicle hit a mine"."""
    if verb.lemma_.lower() not in {"hit", "strike"}:
        return False
    mines = (child.i for child in verb.children if child.dep_ == "obj" and child.i >= span.end)
    return any(frame.weapons[i].label_ in _MINES for i in mines if i in frame.weapons)


def _falls(span: Span) -> bool:
    """Tell whether the subject of a verb is taken by what stands behind it: "the town fell to the rebels"."""
    return len(span) > 1 and span[0].lemma_.lower() == "fall" and span[-1].lower_ == "to"


def _actor_position(frame: Frame, verb: Token) -> int | None:
    """Return the position of a verb's subject; behind a thing, "signs a decree declaring …", it is that of the verb before."""
    subject = subject_of(verb, frame.chunks)
    if subject is None or verb.dep_ != "acl" or verb.tag_ != "VBG" or verb.head.head == verb.head:
        return subject
    held = verb.head
    while held.dep_ in {"appos", "flat", "nmod", "compound"} and held.head != held:
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
        joined = len(found) > 1 or (len(gap) == 1 and gap[0].lower_ in _JOINING)  # not "sanctions on A, and B expelled"
        if joined and len(gap) and all(token.lower_ in _JOINING or token.text == "," for token in gap):
            position -= 1
            found.insert(0, position)
        else:
            break
    return found


def read_noun(frame: Frame, span: Span) -> tuple[Bounds, list[tuple[Role, Bounds]]]:
    """Return the tokens that belong to a noun, and who acts and is hit: "rebels launched an attack on the town"."""
    doc, chunks = frame.doc, frame.chunks
    position = frame.chunk_at(span.end - 1)
    limit = other_event(frame, span.end, clause_end(doc, span.end - 1, span.sent.end))
    if told_before(frame, span) is not None and span.start - span.sent.start <= _AHEAD:
        limit = next(
            (i for i in range(span.end, limit) if doc[i].text == ","), limit
        )  # "After an attack on A, B struck C"
    roles: list[tuple[Role, Bounds]] = []
    start = span.start
    if position is not None:
        chunk = chunks[position]
        start = chunk.start
        roles += _owner(frame, span, chunk.start)
        roles += modifier_actors(frame, chunk.start, span.start)
        roles += _sufferer(frame, position)
        used = _listed_weapons(frame, position - _has_weapon_before(frame, position))
        start = chunks[used].start
        near = governing_verb(frame, used)
        governor = near or _governor_above(frame, span)
        if governor is not None:
            subject = subject_of(governor, chunks)
            suffers = governor.lemma_.lower() in frame.words("SufferingVerbs") or repelled(frame, governor)
            suffers = suffers or chunks[used].preposition == "under"
            role = Role.TARGET if suffers else Role.PERPETRATOR
            takes_part = subject is not None and (suffers or frame.is_people(*frame.phrase(subject)))
            if subject is not None and takes_part and _acts(frame, span, governor):
                positions = (*_coordinated_before(frame, subject), *_coordinated_after(frame, subject, governor.i))
                roles += [
                    found
                    for i in positions
                    for found in (as_actor(frame, i, role) if near else [(role, frame.phrase(i))])
                ]
    hit = _HIT if frame.is_violent(span.label_) or span.label_ not in BOTH_SIDES else _HIT_BY_DONE
    roles += _prepositional_roles(frame, span, span.end, limit, hit=hit, nominal=True)
    return (start, limit), roles


def _listed_weapons(frame: Frame, position: int) -> int:
    """Return the position of the first weapon before a noun: of "machine gun" in "machine gun and rocket-propelled grenade fire"."""
    while position > 0:
        before, chunk = frame.chunks[position - 1 : position + 1]
        gap = frame.doc[before.end : chunk.start]
        joined = len(gap) == 1 and (gap[0].tag_ == "CC" or gap[0].text == ",")
        if not joined or before.head not in frame.weapons:
            break
        position -= 1
    return position


def _owner(frame: Frame, span: Span, start: int) -> Iterator[tuple[Role, Bounds]]:
    """Yield whom a possessive before a noun means: "its siege of the town" is done, "his arrest" and "its siege by rebels" suffered."""
    if frame.doc[start].tag_ != "PRP$":
        return
    meant = _owner_beside(frame, span.root) or antecedent(frame, start)
    after = frame.doc[span.end].lower_ if span.end < span.sent.end else ""
    taken = span.label_ == "TerritorialTakeover" and after != "of"
    suffers = span.label_ in _SUFFERED or after == "by" or taken
    if meant is not None and not (taken and frame.is_people(*meant)):
        yield (Role.TARGET if suffers else Role.PERPETRATOR), meant


def _sufferer(frame: Frame, position: int) -> Iterator[tuple[Role, Bounds]]:
    """Yield whom a noun before "of" calls the target of an event: "the judge, a survivor of an assassination attempt"."""
    before = frame.chunks[position - 1] if position else None
    if before is None or frame.chunks[position].preposition != "of" or before.end + 1 != frame.chunks[position].start:
        return
    head = frame.doc[before.head]
    if {head.lower_, head.lower_.rstrip("s")}.isdisjoint(frame.words("SufferingNouns")):
        return
    meant = frame.chunk_at(head.head.i) if head.dep_ == "appos" else position - 1
    if meant is not None:
        yield Role.TARGET, frame.phrase(meant) if meant != position - 1 else frame.trim(before.start, before.end)


def _owner_beside(frame: Frame, noun: Token) -> Bounds | None:
    """Return whose the noun before it in a list is: "the regime's attacks and its siege of the town"."""
    before = noun.head if noun.dep_ == "conj" else noun
    owner = next((child for child in before.children if child.dep_ == "nmod:poss" and child.tag_ != "PRP$"), None)
    position = None if owner is None else frame.chunk_at(owner.i)
    if owner is None or position is None:
        return None
    return frame.trim(frame.chunks[position].start, owner.i + 1)


def _governor_above(frame: Frame, span: Span) -> Token | None:
    """Return the verb whose object is a noun, "receive gun and grenade fire", or holds one of peace, "a package of sanctions"."""
    noun = span.root
    if noun.dep_ == "nmod" and not frame.is_violent(span.label_):
        noun = noun.head
    verb = noun.head
    return verb if noun.dep_ == "obj" and verb.tag_[:2] == "VB" and not is_passive(verb) else None


def _acts(frame: Frame, span: Span, governor: Token) -> bool:
    """Tell whether the subject of a verb does what its object names, not only speaks of it: "called the attack a crime".

    Who claims an attack did it, and who announces a curfew or a deal makes it.
    """
    lemma = governor.lemma_.lower()
    if lemma in frame.words("NamingVerbs") | frame.words("RegardingVerbs") | frame.words("HinderingVerbs"):
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


def _prepositional_roles(
    frame: Frame, span: Span, start: int, end: int, *, hit: AbstractSet[str], nominal: bool
) -> list[tuple[Role, Bounds]]:
    doc, chunks = frame.tokens, frame.chunks
    roles: list[tuple[Role, Bounds]] = []
    both = span.label_ in BOTH_SIDES
    verbs = [i for i in range(start, end) if doc[i].tag_ in {"VBZ", "VBD", "VBP", "MD"}]
    aims = [
        i for i in range(start, end - 1) if doc[i].tag_ == "TO" and doc[i + 1].tag_ == "VB"
    ]  # "sent troops to fight"
    near = verbs[0] if verbs and nominal else aims[0] if aims and not nominal else end
    near = min(near, _next_named(frame, start, near)) if nominal else near
    for preposition, position in prepositional(start, near, chunks):
        bounds = frame.phrase(position)
        people = frame.is_people(*bounds)
        positions = [position, *_coordinated_after(frame, position, near)]
        if preposition == "by" and not nominal and acts_for_other(frame, span, chunks[position].start):
            continue
        if preposition == "by" and frame.head(*bounds).i in frame.weapons:
            roles += modifier_actors(frame, chunks[position].start, frame.head(*bounds).i)
        elif (
            (preposition == "by" and (people or frame.kind(*bounds).value == "Organisation"))
            or (preposition in {"between", "with"} and both and not _lies_between(frame, span, chunks[position].start))
            or (preposition == "from" and nominal and _comes_from(frame, span, bounds))
            or (preposition == "of" and nominal and span.label_ == "Withdrawal")
        ):
            roles += [(Role.PERPETRATOR, frame.phrase(i)) for i in positions]
        elif (preposition == "of" and (nominal or len(span) > 1) and chunks[position].start == span.end + 1) or (
            preposition in hit | (_CLOSED_TO if span.label_ == "Blockade" else frozenset())
            and span.label_ != "Displacement"
            and not _is_ground(frame, bounds)
        ):
            roles += [(Role.TARGET, frame.phrase(i)) for i in positions]
    return roles


def _next_named(frame: Frame, start: int, end: int) -> int:
    """Return where another event is named behind what is told of this one: "the attack in A and the bombings in B"."""
    own = False
    for position in frame.between(start, end):
        chunk = frame.chunks[position]
        if own and chunk.head in frame.triggers and chunk.preposition in {None, "as"}:
            return chunk.start
        own = own or chunk.preposition is not None
    return end


def _lies_between(frame: Frame, span: Span, start: int) -> bool:
    """Tell whether the phrase at `start` tells where a way lies, not who fights: "ambushed on the road between A and B"."""
    before = start - 2
    return before >= span.end and frame.doc[before].tag_[:2] == "NN" and frame.doc[before].i not in frame.triggers


def _comes_from(frame: Frame, span: Span, bounds: Bounds) -> bool:
    """Tell whether fire or an attack comes from people: "grenade fire from rebel fighters", not "rocket fire from Gaza"."""
    return (
        frame.is_violent(span.label_)
        and span.end >= bounds[0] - 2
        and frame.is_people(*bounds)
        and frame.head(*bounds).ent_type_ != "Place"
    )


def acts_for_other(frame: Frame, span: Span, start: int) -> bool:
    """Tell whether "by" belongs to another participle than the trigger: "attacked a checkpoint manned by soldiers".

    Another event told in between has it as well: "stabbed two men before being shot dead by police".
    """
    before = frame.doc[max(span.start, start - 2)]
    told = frame.triggers.get(before.i)
    participle = before.tag_ in {"VBN", "VBD"} or (told is not None and told[0].tag_ in {"VBN", "VBD"})
    return before.i >= span.end and participle


def _coordinated_after(frame: Frame, position: int, limit: int) -> list[int]:
    """Return the phrases that go on a list after the one at `position`: "A, B and C"; without an "and" it is none."""
    found: list[int] = []
    joined = False
    while position + 1 < len(frame.chunks) and frame.chunks[position + 1].end <= limit:
        gap = frame.doc[frame.chunks[position].end : frame.chunks[position + 1].start]
        if not len(gap) or not all(token.tag_ == "CC" or token.text == "," for token in gap):
            break
        after = frame.doc[min(frame.chunks[position + 1].end, len(frame.doc) - 1)]
        if not found and len(gap) > 1 and after.tag_ in {"VBD", "VBZ", "VBP", "MD"}:
            break  # "imposed sanctions on A, and B expelled …"
        position += 1
        found.append(position)
        if any(token.lower_ in {"and", "&"} for token in gap):
            joined = True
            break
    return found if joined else []


def _is_ground(frame: Frame, bounds: Bounds) -> bool:
    """Tell when or where something happens from whom it hits: "on Monday", "on the road", "on three sides"."""
    word = frame.head(*bounds).lower_
    return is_time(frame, *bounds) or not {word, word.removesuffix("s")}.isdisjoint(frame.words("GroundNouns"))


def is_time(frame: Frame, start: int, end: int) -> bool:
    """Tell a time from a place or a target: "on Monday"."""
    return not frame.words("TimeWords").isdisjoint(token.lower_ for token in frame.tokens[start:end])
