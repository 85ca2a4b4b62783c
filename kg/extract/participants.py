"""Who and what took part in an event: what its triggers tell, what claims add, who the victims are."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.extract.drafts import Draft
from kg.extract.frame import Bounds, Frame
from kg.records import Claim, EntityKind, Role, Stance, Status

Part = tuple[Role, Bounds, Claim | None]
"""Role, token bounds of the words, and the claim that alone tells it, if one does."""


def find_parts(frame: Frame, draft: Draft, claims: Sequence[tuple[Claim, Bounds, Bounds | None]]) -> Iterator[Part]:
    """Yield the participants of an event.

    Args:
        frame: the document.
        draft: the event.
        claims: the claims about it, each with the token bounds of its source and of whom it accuses.
    """
    for role in Role:
        for bounds in _without_nested(_without_repeats(frame, list(draft.roles(role)))):
            yield role, bounds, None
    named = {bounds for role in Role for bounds in draft.roles(role)}
    for claim, bounds in (*_accused(frame, claims), *_responsible(draft, claims)):
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
    bare = frame.words("CountNouns")
    targets = set(draft.roles(Role.TARGET))
    for toll in draft.tolls:
        if (
            toll.group is not None
            and toll.low != 0
            and frame.doc[slice(*toll.group)].text.lower() not in bare
            and not any(start < toll.group[1] and toll.group[0] < end for start, end in targets)
        ):
            yield toll.group


def _accused(frame: Frame, claims: Sequence[tuple[Claim, Bounds, Bounds | None]]) -> Iterator[tuple[Claim, Bounds]]:
    """Yield who is accused of the event itself, not of something beside it ("accused X of encouraging Y")."""
    for claim, _, target in claims:
        if claim.stance is not Stance.ACCUSES or target is None:
            continue
        after = frame.doc[target[1] : target[1] + 2]
        beside = (
            len(after) == 2
            and after[0].lower_ in {"of", "for"}
            and after[1].tag_ == "VBG"
            and after[1].i not in frame.triggers
        )
        if not beside:
            yield claim, target


def _responsible(draft: Draft, claims: Sequence[tuple[Claim, Bounds, Bounds | None]]) -> Iterator[tuple[Claim, Bounds]]:
    """Yield who claims responsibility for the event; where nobody is told, who threatens with it, or tells what was shot down."""
    nobody = next(draft.roles(Role.PERPETRATOR), None) is None
    own = {Stance.CLAIMS_RESPONSIBILITY}
    if nobody and draft.type == "Interception":
        own.add(Stance.ASSERTS)
    if nobody and draft.status is Status.THREATENED:
        own.add(Stance.THREATENS)
    for claim, source, _ in claims:
        if claim.stance in own:
            yield claim, source


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
