"""The answer that the model must give: quotes instead of offsets, and the JSON Schema that binds it."""

from collections.abc import Iterator

import msgspec

from kg.errors import AnswerError
from kg.records import EntityKind, Harm, Role, Stance, Status, VictimCategory
from kg.vocab import Vocab


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of all parts: nothing may be missing, nothing may be added. Ids are the model's own."""


class AnswerEntity(_Part, frozen=True, kw_only=True):
    """A person, organisation, place, weapon or group.

    `names`: its literal names, the fullest first; when it is not `named`, the literal words that describe it.
    """

    id: str
    kind: EntityKind
    named: bool
    names: tuple[str, ...]


class AnswerTime(_Part, frozen=True, kw_only=True):
    """The first and the last day, as YYYY-MM-DD, and the literal time expression, null when the text has none."""

    start: str
    end: str
    quote: str | None


class AnswerPlace(_Part, frozen=True, kw_only=True):
    """Where it took place: an entity id, its literal words, and the id of the claim that tells it, if one does."""

    entity: str
    quote: str
    claim: str | None


class AnswerParticipant(_Part, frozen=True, kw_only=True):
    """Who or what took part: an entity id, its literal words, and the id of the claim that tells it, if one does."""

    role: Role
    entity: str
    quote: str
    claim: str | None


class AnswerCasualty(_Part, frozen=True, kw_only=True):
    """How many people were harmed.

    `low` and `high` bound the number, null where open. `group`: the literal head noun phrase of those counted. `quote`:
    the literal number and group. `claim`: the id of the claim that tells it, if one does.
    """

    harm: Harm
    low: int | None
    high: int | None
    group: str | None
    category: VictimCategory
    quote: str
    claim: str | None


class AnswerEvent(_Part, frozen=True, kw_only=True):
    """One real-world event; `trigger`: the literal word or short phrase that names it best."""

    id: str
    type: str
    trigger: str
    status: Status
    time: AnswerTime | None
    place: AnswerPlace | None
    participants: tuple[AnswerParticipant, ...]
    casualties: tuple[AnswerCasualty, ...]

    def quotes(self) -> Iterator[str]:
        """Yield the words of everything that the event is told with, its trigger left out."""
        if self.time is not None and self.time.quote is not None:
            yield self.time.quote
        if self.place is not None:
            yield self.place.quote
        yield from (part.quote for part in self.participants)
        yield from (toll.quote for toll in self.casualties)


class AnswerClaim(_Part, frozen=True, kw_only=True):
    """What a source other than the article says.

    `claimant` and `target` (the actor accused, condemned or urged) are entity ids with their literal words; `cue` and
    `content` are literal; `about` is an event id.
    """

    id: str
    stance: Stance
    claimant: str
    claimant_quote: str
    cue: str
    content: str
    about: str | None
    target: str | None
    target_quote: str | None


class Answer(_Part, frozen=True, kw_only=True):
    """Everything that one article tells."""

    entities: tuple[AnswerEntity, ...]
    events: tuple[AnswerEvent, ...]
    claims: tuple[AnswerClaim, ...]


def answer_schema(vocab: Vocab) -> dict[str, object]:
    """Return the JSON Schema of `Answer` with the event types of `vocab`.

    It keeps to what strict output allows: an object at the root, every property required, no further ones, a type for
    every enumeration.

    Source: https://platform.openai.com/docs/guides/structured-outputs (supported schemas)
    """
    schema = msgspec.json.schema(Answer)
    parts = schema["$defs"]
    parts["AnswerEvent"]["properties"]["type"] = {"type": "string", "enum": list(vocab.event_types)}
    for part in parts.values():
        if "enum" in part:
            part["type"] = "string"
    return {**parts.pop("Answer"), "$defs": parts}


def decode_answer(content: str) -> Answer:
    """Return the answer that the model's words `content` hold.

    Raises:
        AnswerError: it is no JSON, or does not fit the schema.
    """
    try:
        return msgspec.json.decode(content, type=Answer)
    except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
        msg = f"the model's answer does not fit the schema: {error}"
        raise AnswerError(msg) from error
