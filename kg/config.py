"""One configuration for all stages, read from `kg.toml`; unknown keys are refused."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import msgspec

from kg.errors import ConfigError

BASE = "https://w3id.org/conflict-kg/id/"
"""Default base of all data IRIs."""

_Positive = Annotated[float, msgspec.Meta(gt=0)]
_NotNegative = Annotated[float, msgspec.Meta(ge=0)]
_Count = Annotated[int, msgspec.Meta(ge=1)]


class _Section(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class ReadConfig(_Section, frozen=True, kw_only=True):
    """Reading of articles.

    `max_bytes`: a larger file, or line of a JSONL file, is refused. `language`: the tag assumed when a record has none.
    """

    max_bytes: int = 20_000_000
    language: str = "en"


class LinkConfig(_Section, frozen=True, kw_only=True):
    """Linking. `threshold`: the least score of a link. `margin`: the least lead over the next rival."""

    threshold: float = 0.6
    margin: float = 0.1


class RdfConfig(_Section, frozen=True, kw_only=True):
    """Triples. `base`: what all data IRIs start with."""

    base: str = BASE


class LlmConfig(_Section, frozen=True, kw_only=True):
    """Extraction by a language model behind an endpoint (`kg extract --extractor llm`).

    `timeout`: seconds for one whole answer. `max_wait`: the most seconds between two tries, whatever the endpoint asks
    for. `retries`: further tries for one article. `rate`: requests a minute. `max_chars`: longer articles are refused.
    `max_tokens`: the longest answer that is asked for. `max_answer_bytes`: a longer response is cut off. `seed`: given to
    the endpoint. `price_in`, `price_out`: of a million prompt and completion tokens; 0 tells no price.
    """

    timeout: _Positive = 120.0
    max_wait: _NotNegative = 60.0
    retries: Annotated[int, msgspec.Meta(ge=0, le=20)] = 3
    rate: _Positive = 60.0
    max_chars: _Count = 30_000
    max_tokens: _Count = 8_192
    max_answer_bytes: _Count = 1_000_000
    seed: int = 0
    price_in: _NotNegative = 0.0
    price_out: _NotNegative = 0.0


class Config(_Section, frozen=True, kw_only=True):
    """The whole configuration, one section a stage."""

    read: ReadConfig = ReadConfig()
    llm: LlmConfig = LlmConfig()
    link: LinkConfig = LinkConfig()
    rdf: RdfConfig = RdfConfig()

    def fingerprint(self) -> str:
        """Return a hash that changes when any setting does that shapes a graph; `llm` shapes ready extractions only."""
        settings = {name: getattr(self, name) for name in self.__struct_fields__ if name != "llm"}
        return hashlib.sha256(msgspec.json.encode(settings, order="sorted")).hexdigest()


def load_config(path: Path | None) -> Config:
    """Read `path`, or return the defaults when it is `None`.

    Raises:
        ConfigError: the file is missing, is not TOML, or has a wrong key or value.
    """
    if path is None:
        return Config()
    try:
        data = path.read_bytes()
    except OSError as error:
        msg = f"cannot read the configuration {path}: {error.strerror}"
        raise ConfigError(msg) from error
    try:
        config = msgspec.toml.decode(data, type=Config)
    except msgspec.DecodeError as error:
        msg = f"{path}: {error}; see docs/reference/configuration.md for the keys"
        raise ConfigError(msg) from error
    if not config.rdf.base.startswith(("http://", "https://", "urn:")) or config.rdf.base[-1] not in "/#:":
        msg = f"{path}: rdf.base must be an absolute IRI that ends in / or #, not {config.rdf.base!r}"
        raise ConfigError(msg)
    return config


def override(config: LlmConfig, given: Mapping[str, float]) -> LlmConfig:
    """Return `config` with the values in `given`.

    Raises:
        ConfigError: a value is out of range.
    """
    try:
        return msgspec.convert(msgspec.to_builtins(config) | given, LlmConfig)
    except msgspec.ValidationError as error:
        raise ConfigError(f"an option is out of range: {error}") from error
