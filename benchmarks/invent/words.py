"""The words of invented news, read from `words.toml`."""

from collections.abc import Mapping
from pathlib import Path

import msgspec


class StoryType(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How events of one type are told; `siblings` are the types that other outlets tell instead, with their nouns."""

    name: str
    share: int
    noun: str
    weapon: str
    siblings: Mapping[str, str]
    leads: tuple[str, ...]


class Words(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Names and sentences, as `words.toml` explains them."""

    countries: tuple[str, ...]
    outlets: tuple[str, ...]
    forces: tuple[str, ...]
    actors: tuple[str, ...]
    sources: tuple[str, ...]
    soldiers: tuple[str, ...]
    civilians: tuple[str, ...]
    weekdays: tuple[str, ...]
    fillers: tuple[str, ...]
    said: tuple[str, ...]
    hurt: tuple[str, ...]
    accused: tuple[str, ...]
    denied: tuple[str, ...]
    risen: tuple[str, ...]
    corrected: tuple[str, ...]
    background: tuple[str, ...]
    types: tuple[StoryType, ...]


def read_words() -> Words:
    """Read `words.toml`."""
    return msgspec.toml.decode(Path(__file__).with_name("words.toml").read_bytes(), type=Words)
