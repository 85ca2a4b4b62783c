"""Who and what took part in an event: what its triggers tell, what claims add, who the victims are."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.extract.drafts import Draft
from kg.extract.frame import Bounds, Frame
from kg.records import Claim, EntityKind, Harm, Role, Stance, Status

_COUNTING = frozenset({"CD", "JJR", "JJS", "IN", "RB", "RBR", "DT", "JJ"})
"""Tags of what counts before a noun: "at least 12", "more than 40", "many"."""
Part = tuple[Role, Bounds, Claim | None]
"""Role, token bounds of the words, and the claim that alone tells it, if one does."""


def find_parts(frame: Frame, draft: Draft, claims: Sequence[tuple[Claim, Bounds, Bounds | None]]) -> Iterator[Part]:
    """Yield the participants of an event.

    Args:
        frame: the document.
        draft: the event.
        claims: the claims about it, each with the token bounds of its source and of whom it accuses.
    """
    counted = _counted(draft)
    targets = set(draft.roles(Role.TARGET)) - counted
    actors = set(draft.roles(Role.PERPETRATOR))
    within = {bounds for bounds in targets if any(a <= bounds[0] < bounds[1] <= b for a, b in actors - {bounds})}
    for role in Role:
        for bounds in _without_nested(_without_repeats(frame, list(draft.roles(role)))):
            hit = role is Role.PERPETRATOR and bounds in targets
            part = role is Role.TARGET and (bounds in counted or bounds in within or _is_part(frame, draft, bounds))
            if not hit and not part:
                yield role, bounds, None
    named = {bounds for role in Role for bounds in draft.roles(role)}
    for claim, bounds in (*_accused(frame, draft, claims), *_responsible(frame, draft, claims)):
        if bounds not in named and frame.doc[bounds[0]].tag_ != "PRP":
            yield Role.PERPETRATOR, bounds, claim
    for bounds in dict.fromkeys(find_victims(frame, draft)):
        yield Role.TARGET, bounds, None


def role_fits(role: Role, kind: EntityKind) -> bool:
    """Tell whether something of `kind` can play `role`: only weapons are weapons, and they do not act."""
    return (
        kind is EntityKind.WEAPON
        if role is Role.WEAPON
        else not (role is Role.PERPETRATOR and kind is EntityKind.WEAPON)
    )


def find_victims(frame: Frame, draft: Draft) -> Iterator[Bounds]:
    """Yield the groups of victims, who are targets of the event as well; bare counts ("21 lives") name no group."""
    targets = set(draft.roles(Role.TARGET)) - _counted(draft)
    sides = draft.type == "ArmedClash" and not targets and len(set(draft.roles(Role.PERPETRATOR))) > 1
    for toll in draft.tolls:
        if toll.group is None or toll.low == 0 or _only_counts(frame, toll.group):
            continue
        if sides and frame.is_combatant(frame.head(*toll.group)):
            continue  # "a battle between rebels and the army kills two soldiers": both sides are told
        if any(start < toll.group[1] and toll.group[0] < end for start, end in targets):
            continue
        if not _is_included(frame, toll.bounds[0]):
            yield toll.group


def _counted(draft: Draft) -> set[Bounds]:
    """Return the targets that are a number and group of dead or injured: of "two nurses" the nurses are the target."""
    groups = [toll.group for toll in draft.tolls if toll.group is not None and toll.harm in {Harm.KILLED, Harm.INJURED}]
    ends = {end: start for start, end in groups}
    return {bounds for bounds in draft.roles(Role.TARGET) if bounds[0] < ends.get(bounds[1], bounds[0])}


def _only_counts(frame: Frame, bounds: Bounds) -> bool:
    """Tell whether words only count victims and name no group: "at least 12 people", "at least 12"."""
    *before, last = frame.doc[slice(*bounds)]
    counted = last.tag_ == "CD" or last.lower_ in frame.words("CountNouns")
    return counted and all(token.tag_ in _COUNTING and token.i not in frame.demonyms for token in before)


def _is_part(frame: Frame, draft: Draft, bounds: Bounds) -> bool:
    """Tell whether words only count victims, or tell of some of those counted: "three dead, including a child"."""
    included = _is_included(frame, bounds[0]) and any(
        toll.bounds[0] <= bounds[0] < toll.bounds[1] for toll in draft.tolls
    )
    return included or _only_counts(frame, bounds)


def _is_included(frame: Frame, start: int) -> bool:
    """Tell whether victims are part of those told before them: "21 students, including three foreigners"."""
    return any(token.lower_ == "including" for token in frame.doc[max(start - 2, 0) : start])


def _accused(
    frame: Frame, draft: Draft, claims: Sequence[tuple[Claim, Bounds, Bounds | None]]
) -> Iterator[tuple[Claim, Bounds]]:
    """Yield who is accused of the event itself, not of something beside it ("accused X of encouraging Y")."""
    own = {token.i for trigger in draft.triggers for token in trigger.span}
    for claim, _, target in claims:
        if claim.stance is not Stance.ACCUSES or target is None:
            continue
        if not _is_beside(frame, own, target[1]):
            yield claim, target


def _is_beside(frame: Frame, own: set[int], end: int) -> bool:
    """Tell whether the words behind an accused, who end at token `end`, tell of something beside an event: "of genocide".

    `own` are the tokens that name the event.
    """
    after = frame.doc[end : end + 2]
    if len(after) < 2 or after[0].lower_ not in {"of", "for"} or after[1].i in own:
        return False
    if after[1].lower_ == "being" and after[1].nbor().lower_ in {"behind", "responsible"}:
        return False
    if after[1].tag_ == "VBG":
        return after[1].lemma_.lower() not in frame.words("DoingVerbs")
    return own.isdisjoint(range(end, after.sent.end))


def _responsible(
    frame: Frame, draft: Draft, claims: Sequence[tuple[Claim, Bounds, Bounds | None]]
) -> Iterator[tuple[Claim, Bounds]]:
    """Yield who claims responsibility for the event; where nobody is told, who threatens with it, or tells what was shot down."""
    nobody = next(draft.roles(Role.PERPETRATOR), None) is None
    for claim, source, _ in claims:
        speaks = not nobody and frame.kind(*source) is EntityKind.PERSON  # for those who are told to have done it
        owns = claim.stance is Stance.CLAIMS_RESPONSIBILITY and not speaks
        downs = nobody and draft.type == "Interception" and claim.stance is Stance.ASSERTS and _fights(frame, source)
        threatens = nobody and draft.status is Status.THREATENED and claim.stance is Stance.THREATENS
        if owns or downs or threatens:
            yield claim, source


def _fights(frame: Frame, source: Bounds) -> bool:
    """Tell whether a source may have shot down what it tells of: a country or a force, not "the emergency service"."""
    return frame.kind(*source) is EntityKind.PLACE or any(
        token.lower_ in frame.words("ForceNouns") for token in frame.doc[slice(*source)]
    )


def _without_repeats(frame: Frame, phrases: Sequence[Bounds]) -> list[Bounds]:
    """Drop phrases that stand for another one by its initials or by part of its words: "ISF", "the coalition"."""
    words = {
        bounds: [token.lower_.replace("’", "'") for token in frame.doc[slice(*bounds)] if not token.is_punct]
        for bounds in phrases
    }

    def repeats(bounds: Bounds, other: Bounds) -> bool:
        mine, full = words[bounds], words[other]
        if mine == full:
            return other < bounds
        initials = "".join(word[:1] for word in full if word not in {"of", "the", "and"})
        return len(mine) < len(full) and (mine == [initials] or (mine[-1:] == full[-1:] and set(mine) <= set(full)))

    return [bounds for bounds in phrases if not any(repeats(bounds, other) for other in phrases if other != bounds)]


def _without_nested(bounds: Sequence[Bounds]) -> list[Bounds]:
    """Drop phrases that lie within, or overlap, an earlier one."""
    ordered = sorted(bounds, key=lambda pair: (pair[0], -pair[1]))
    kept: list[Bounds] = ordered[:1]
    for _, second in pairwise(ordered):
        if second[0] >= kept[-1][1]:
            kept.append(second)
    return kept
