"""One configuration for all stages, read from `kg.toml`; unknown keys are refused."""

import hashlib
from pathlib import Path

import msgspec

from kg.errors import ConfigError

BASE = "https://w3id.org/conflict-kg/id/"
"""Default base of all data IRIs."""


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


class Config(_Section, frozen=True, kw_only=True):
    """The whole configuration, one section a stage."""

    read: ReadConfig = ReadConfig()
    link: LinkConfig = LinkConfig()
    rdf: RdfConfig = RdfConfig()

    def fingerprint(self) -> str:
        """Return a hash that changes when any setting does."""
        return hashlib.sha256(msgspec.json.encode(self, order="sorted")).hexdigest()


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
