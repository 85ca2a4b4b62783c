"""Whom "the governor", "the group" and "the ministry" mean: the only one before that bears the noun."""

from collections.abc import Iterator

from kg.extract.frame import Bounds, Frame
from kg.records import EntityKind, Mention

Key = tuple[EntityKind, str]
"""Kind and name of an entity while mentions are put together."""
_MOST_BEARERS = 8
"""A noun that more than so many bear means none of them, and is not looked through."""
_MOST_TITLES = 4
"""So many words of a title may stand before a name: "Deputy Foreign Minister"."""


class Bearers:
    """Who bears which noun, while the mentions of a document are read in the order of the text.

    Args:
        frame: the document.
        actors: token bounds of those who act in an event; only these are called "the group".
    """

    def __init__(self, frame: Frame, actors: frozenset[Bounds]) -> None:
        self._frame = frame
        self._actors = actors
        self._found: dict[str, dict[Key, frozenset[str]]] = {}

    def meant(self, bounds: Bounds, mention: Mention) -> Key | None:
        """Return the one that a definite description stands for, `None` for other words, and when several may be meant."""
        doc, (start, end) = self._frame.doc, bounds
        if start == 0 or doc[start - 1].lower_ != "the" or mention.kind in {EntityKind.PLACE, EntityKind.WEAPON}:
            return None
        if any(token.ent_type_ for token in doc[start:end]):
            return None
        words = frozenset(token.lower_ for token in doc[start:end])
        noun = self._frame.head(start, end).lower_
        borne = self._found.get(noun, {})
        if len(borne) > _MOST_BEARERS:
            return None
        fitting = [key for key, known in borne.items() if words <= known | {noun}]
        return fitting[0] if len(fitting) == 1 else None

    def note(self, bounds: Bounds, key: Key, *, named: bool) -> None:
        """Remember what the mention at `bounds`, which belongs to `key`, is called."""
        words = frozenset(token.lower_ for token in self._frame.doc[slice(*bounds)])
        for noun in self._nouns(bounds, named=named):
            known = self._found.setdefault(noun, {})
            known[key] = known.get(key, frozenset()) | words

    def _nouns(self, bounds: Bounds, *, named: bool) -> Iterator[str]:
        frame, (start, end) = self._frame, bounds
        head = frame.head(start, end)
        if not named:
            yield head.lower_
        elif head.ent_type_ == EntityKind.PERSON.value:
            yield from self._titles(start, end)
        elif head.ent_type_ == EntityKind.ORGANISATION.value:
            nouns = frame.words("OrganisationHeads") | frame.words("GroupHeads")
            own = [token.lower_ for token in frame.doc[start : end + 1] if token.lower_ in nouns]
            yield from own
            if not own and bounds in self._actors:
                yield from frame.words("BodyNouns")

    def _titles(self, start: int, end: int) -> Iterator[str]:
        """Yield the words of office before a name, or in the phrase behind its comma: "Ivan Petrov, the governor of"."""
        doc, titles = self._frame.doc, self._frame.words("PersonTitles")
        name = next((i for i in range(start, end) if doc[i].ent_type_ == EntityKind.PERSON.value), start)
        for index in range(name - 1, max(-1, name - 1 - _MOST_TITLES), -1):
            if doc[index].lower_ not in titles:
                break
            yield doc[index].lower_
        position = self._frame.chunk_at(end + 1) if end + 1 < len(doc) and doc[end].text == "," else None
        if position is not None and doc[self._frame.chunks[position].head].lower_ in titles:
            yield doc[self._frame.chunks[position].head].lower_
