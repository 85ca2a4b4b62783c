"""Gold annotation: one JSON file a document, in which a person wrote down what its text tells."""

import datetime as dt
import re
from collections.abc import Container, Iterator
from pathlib import Path

import msgspec

from kg.errors import InputError
from kg.records import EntityKind, Harm, Role, Stance, Status
from kg.vocab import Vocab


class Interval(msgspec.Struct, frozen=True, kw_only=True):
    """Days, both ends included."""

    start: dt.date
    end: dt.date


class GoldPlace(msgspec.Struct, frozen=True, kw_only=True):
    """The most specific named place; `country` is an ISO 3166-1 alpha-2 code."""

    name: str
    country: str | None = None


class GoldCasualty(msgspec.Struct, frozen=True, kw_only=True):
    """People harmed; a bound is `None` where it is open."""

    kind: str
    low: int | None
    high: int | None
    group: str | None = None
    source: str | None = None


class GoldEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One real-world event of a document; participants are noun phrases of the text."""

    id: str
    type: str
    trigger: str
    status: str
    date: Interval | None = None
    place: GoldPlace | None = None
    perpetrator: tuple[str, ...]
    target: tuple[str, ...]
    weapons: tuple[str, ...]
    casualties: tuple[GoldCasualty, ...]

    def values(self, role: Role) -> tuple[str, ...]:
        """Return the noun phrases of all that play `role`."""
        return {Role.PERPETRATOR: self.perpetrator, Role.TARGET: self.target, Role.WEAPON: self.weapons}[role]


class GoldClaim(msgspec.Struct, frozen=True, kw_only=True):
    """Something that a source says; `about` is an event id."""

    id: str
    claimant: str
    stance: str
    cue: str
    content: str
    about: str | None = None
    target: str | None = None


class GoldEntity(msgspec.Struct, frozen=True, kw_only=True):
    """A named person, organisation, place or weapon."""

    name: str
    type: str
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """All its names in lower case."""
        return frozenset(name.lower() for name in (self.name, *self.aliases))


class GoldDocument(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that one text tells; `doc` is the id of its article."""

    doc: str
    published: dt.date | None = None
    events: tuple[GoldEvent, ...]
    claims: tuple[GoldClaim, ...]
    entities: tuple[GoldEntity, ...]


def snake(name: str) -> str:
    """Return a local name of the ontology as gold files write it.

    >>> snake("ClaimsResponsibility")
    'claims_responsibility'
    """
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def gold_folder(path: Path) -> Path:
    """Return the folder with the gold files: `path`/gold if there is one, else `path`."""
    return path / "gold" if (path / "gold").is_dir() else path


def news_file(path: Path) -> Path:
    """Return the file `news.jsonl` that belongs to the gold in `path`.

    Raises:
        InputError: there is none.
    """
    beside = gold_folder(path).parent / "news.jsonl"
    inside = path / "news.jsonl"
    for file in (inside, beside):
        if file.is_file():
            return file
    msg = f"{path}: no news.jsonl to build a graph of: name a GRAPH, or put the texts into {inside}"
    raise InputError(msg)


def read_gold(path: Path, vocab: Vocab) -> list[GoldDocument]:
    """Return all gold documents in order of their file names.

    Args:
        path: a folder of JSON files, or one with such a folder `gold`.
        vocab: knows the event types.

    Raises:
        InputError: there are no files, or one does not keep the form; the text names file and value.
    """
    folder = gold_folder(path)
    files = sorted(folder.glob("*.json"))
    if not files:
        msg = f"{folder}: no gold here: it must hold one DOCUMENT.json for each document"
        raise InputError(msg)
    documents = [_read(file, vocab) for file in files]
    names: dict[str, Path] = {}
    for document, file in zip(documents, files, strict=True):
        if document.doc in names:
            msg = f"{file}: doc {document.doc!r} is annotated in {names[document.doc].name} too: keep one"
            raise InputError(msg)
        names[document.doc] = file
    return documents


def _read(file: Path, vocab: Vocab) -> GoldDocument:
    try:
        document = msgspec.json.decode(file.read_bytes(), type=GoldDocument)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        msg = f"{file}: not gold annotation: {error}"
        raise InputError(msg) from error
    problem = next(_problems(document, vocab), None)
    if problem is not None:
        msg = f"{file}: {problem}"
        raise InputError(msg)
    return document


def _problems(document: GoldDocument, vocab: Vocab) -> Iterator[str]:
    statuses, harms, stances = ({snake(value) for value in kind} for kind in (Status, Harm, Stance))
    kinds = set(EntityKind) - {EntityKind.GROUP}
    known = {event.id for event in document.events}
    for event in document.events:
        yield from _unknown(event.id, "type", event.type, vocab.parents)
        yield from _unknown(event.id, "status", event.status, statuses)
        for casualty in event.casualties:
            yield from _unknown(event.id, "kind of casualty", casualty.kind, harms)
    for claim in document.claims:
        yield from _unknown(claim.id, "stance", claim.stance, stances)
        if claim.about is not None:
            yield from _unknown(claim.id, "event", claim.about, known)
    for entity in document.entities:
        yield from _unknown(entity.name, "type of entity", entity.type, kinds)


def _unknown(owner: str, what: str, value: str, known: Container[str]) -> Iterator[str]:
    if value not in known:
        yield f"{owner}: there is no {what} {value!r}"
