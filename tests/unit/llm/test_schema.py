"""The schema is one that strict output takes, and holds what the ontology knows."""

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from kg.errors import AnswerError
from kg.llm.answer import Answer, answer_schema, decode_answer
from tests.answers import ANSWER
from tests.samples import vocab


def nodes(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
        schema = list(schema.values())
    if isinstance(schema, list):
        for part in schema:
            yield from nodes(part)


def test_the_root_is_an_object_and_every_object_is_closed() -> None:
    schema = answer_schema(vocab())
    assert schema["type"] == "object"
    objects = [node for node in nodes(schema) if node.get("type") == "object"]
    assert len(objects) == 8
    for node in objects:
        assert node["additionalProperties"] is False
        assert set(node["required"]) == set(node["properties"])


def test_enumerations_have_a_type_and_references_lead_somewhere() -> None:
    schema: Any = answer_schema(vocab())
    assert all(node["type"] == "string" for node in nodes(schema) if "enum" in node)
    names = {node["$ref"].removeprefix("#/$defs/") for node in nodes(schema) if "$ref" in node}
    assert names == set(schema["$defs"])


def test_event_types_are_those_of_the_ontology() -> None:
    schema: Any = answer_schema(vocab())
    assert schema["$defs"]["AnswerEvent"]["properties"]["type"]["enum"] == list(vocab().event_types)


def test_an_answer_survives() -> None:
    assert decode_answer(msgspec.json.encode(ANSWER).decode()) == ANSWER


@pytest.mark.parametrize(
    "content",
    [
        "",
        "null",
        "I cannot help with that.",
        '{"entities": [], "events": []}',
        '{"entities": [], "events": [], "claims": [], "more": 1}',
        '{"entities": [], "events": [], "claims": [{}]}',
        '{"entities": [' + "[" * 100_000,
        '{"entities": [{"id": "x", "kind": "Planet", "named": true, "names": []}], "events": [], "claims": []}',
    ],
)
def test_what_does_not_fit_is_told(content: str) -> None:
    with pytest.raises(AnswerError, match="does not fit the schema"):
        decode_answer(content)


def test_answer_has_no_defaults() -> None:
    assert msgspec.structs.fields(Answer)[0].required
