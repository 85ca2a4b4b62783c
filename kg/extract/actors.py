"""Who acts, where the words for it are no person's: weapons, ships and pronouns stand for somebody."""

from kg.extract.antecedents import antecedent
from kg.extract.frame import Bounds, Frame, is_compound
from kg.records import Role

_CARRYING = frozenset({"carry", "transport", "ferry", "bring"})
_BODIES = frozenset({"its", "their", "our"})
"""Whose forces act for a body: "its forces" are no name for them."""


def as_actor(frame: Frame, position: int, role: Role) -> list[tuple[Role, Bounds]]:
    """Read a subject: weapons act for whoever is named before them ("Russian missiles"), pronouns for whom they mean."""
    chunk = frame.chunks[position]
    bounds = frame.phrase(position)
    head = frame.head(*bounds)
    if role is Role.PERPETRATOR and is_carried(frame, chunk.start):
        return []
    mine = frame.doc[chunk.start].lower_ in _BODIES and chunk.head == chunk.start + 1  # "its jets"
    driven = (
        head.i in frame.weapons or head.i in frame.triggers or head.lower_.rstrip("s") in frame.words("MovableNouns")
    )
    if role is Role.PERPETRATOR and not mine and driven:
        return modifier_actors(frame, chunk.start, head.i)
    first = frame.doc[chunk.start]
    bare = chunk.head == chunk.start + 1 and first.lower_ in _BODIES and head.lower_ in frame.words("OwnForces")
    owned = first.tag_ == "PRP$" and (bare or not frame.is_people(*bounds))
    if (role is Role.PERPETRATOR and owned) or head.tag_ == "PRP":
        meant = antecedent(frame, chunk.start)
        return [(role, meant)] if meant is not None else []
    return [(role, bounds)]


def is_carried(frame: Frame, start: int) -> bool:
    """Tell whether those at token `start` only were on board of what crashed or was hit: "a jet carrying the general"."""
    return start > 0 and frame.doc[start - 1].tag_ == "VBG" and frame.doc[start - 1].lemma_.lower() in _CARRYING


def modifier_actors(frame: Frame, start: int, end: int) -> list[tuple[Role, Bounds]]:
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
            if not frame.names_scene(index):
                found.append((Role.PERPETRATOR, (index, stop)))
            index = stop
            continue
        if index in frame.demonyms and not is_compound(doc[index : index + 1]):
            found.append((Role.PERPETRATOR, (index, index + 1)))
        elif doc[index].lower_ in frame.words("GroupHeads") and doc[index].tag_ != "JJ" and index not in frame.weapons:
            found.append((Role.PERPETRATOR, frame.trim(start, index + 1)))
        index += 1
    if len(found) > 1 and all(doc[i].tag_ == "CC" for i in range(found[0][1][1], found[1][1][0])):
        return found[:2]  # "American and British jets"
    return found[-1:] if len(found) > 1 and found[-1][1][0] - found[0][1][0] <= 3 else found[:1]
