"""What passes between the server and its workers: a length in four bytes, then MessagePack."""

from enum import StrEnum

import msgspec

HEAD = 4
"""Bytes of the length."""


class Ask(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A query to answer.

    `rows`, `triples`: the media type for either kind of result, `None` where the client takes none. `default_graphs`,
    `named_graphs`: the dataset as the protocol gives it, `None` for that of the query or the store.
    """

    sparql: str
    rows: str | None
    triples: str | None
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None


class Describe(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A page to make: of `iri`, in the media type `media`."""

    iri: str
    media: str


class Part(StrEnum):
    """What the explorer page shows; the first two are of the whole graph."""

    EVENTS = "events"
    RELATIONS = "relations"
    EVENT = "event"
    ACTOR = "actor"
    SPEECHES = "speeches"


class Look(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A part of the explorer page to make: of the thing `iri`; `accused` narrows speeches down."""

    part: Part
    iri: str | None = None
    accused: str | None = None


Job = Ask | Describe | Look
"""What a worker can be asked for."""


class Outcome(StrEnum):
    """How a job ended."""

    DONE = "done"
    WRONG = "wrong"
    UNACCEPTABLE = "unacceptable"
    LARGE = "large"
    MISSING = "missing"
    BROKEN = "broken"


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a job: the result in a media type, or words that say what is wrong.

    `seconds`: of a processor that it took.
    """

    outcome: Outcome
    media: str
    body: bytes
    seconds: float = 0.0


def frame(message: Job | Answer) -> bytes:
    """Return `message` as it travels."""
    body = msgspec.msgpack.encode(message)
    return len(body).to_bytes(HEAD) + body
