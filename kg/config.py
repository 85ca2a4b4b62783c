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
    `detect`: articles whose text is in another language are left out, as they always are of WARC files. `columns`: key of a
    record → what Parquet files call it, where they do not call it so.
    """

    max_bytes: int = 20_000_000
    language: str = "en"
    detect: bool = False
    columns: dict[str, str] = {}


class LinkConfig(_Section, frozen=True, kw_only=True):
    """Linking.

    `threshold`: the least score of a link. `margin`: the least lead over the next rival. `overrides`: a table of names
    whose targets the user has decided. `tables`: more tables of names, as `kg gazetteer refresh` writes them. Files are
    looked for beside the configuration. `coarsen`: coordinates keep to a grid of so many degrees; 0 leaves them as known.
    """

    threshold: float = 0.6
    margin: float = 0.1
    overrides: str = ""
    tables: tuple[str, ...] = ()
    coarsen: Annotated[float, msgspec.Meta(ge=0, le=10)] = 0.0


class WikidataConfig(_Section, frozen=True, kw_only=True):
    """Live Wikidata (`--wikidata`, `kg gazetteer refresh`).

    `endpoint`: the SPARQL service. `search`: the address of the entity search. `contact`: mail address or page that the
    requests name, as Wikimedia asks of busy users. `cache`: folder of the answers, by default the user's cache. `max_age`:
    days after which an answer is asked for again. `limit`: the most requests of a run. `pause`: seconds between two
    requests. `timeout`, `retries`, `max_wait`, `max_answer_bytes`: as in `LlmConfig`.
    """

    endpoint: str = "https://query.wikidata.org/sparql"
    search: str = "https://www.wikidata.org/w/api.php"
    contact: str = ""
    cache: str = ""
    max_age: _Count = 90
    limit: _Count = 500
    pause: _NotNegative = 1.0
    timeout: _Positive = 60.0
    retries: Annotated[int, msgspec.Meta(ge=0, le=20)] = 3
    max_wait: _NotNegative = 120.0
    max_answer_bytes: _Count = 50_000_000


class MergeConfig(_Section, frozen=True, kw_only=True):
    """Merging. `overrides`: a table of pairs of events that are one or are not; looked for beside the configuration."""

    overrides: str = ""


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


class RemoteConfig(_Section, frozen=True, kw_only=True):
    """Triple stores elsewhere (`kg load`, `kg query --endpoint`).

    `timeout`: seconds for one whole answer. `retries`: further tries for one request. `max_wait`: the most seconds between
    two tries, whatever the store asks for. `max_answer_bytes`: a longer answer to a query is refused.
    """

    timeout: _Positive = 300.0
    retries: Annotated[int, msgspec.Meta(ge=0, le=20)] = 5
    max_wait: _NotNegative = 60.0
    max_answer_bytes: _Count = 1_000_000_000


class ServeConfig(_Section, frozen=True, kw_only=True):
    """The server (`kg serve`).

    `timeout`: seconds for one query, which is then stopped. `workers`: processes that answer, half of them for what is quick,
    half, which yield to these, for queries that are new or slow. `queue`: jobs of a kind that may wait; more are told to come back.
    `max_query_bytes`: a longer request is refused. `max_result_bytes`: a larger result is refused. `memory`: bytes that a
    worker may use. `cache_bytes`: results that are kept, since the store does not change.
    """

    timeout: _Positive = 30.0
    workers: Annotated[int, msgspec.Meta(ge=2, le=256)] = 6
    queue: _Count = 500
    max_query_bytes: _Count = 1_000_000
    max_result_bytes: _Count = 50_000_000
    memory: Annotated[int, msgspec.Meta(ge=100_000_000)] = 2_000_000_000
    cache_bytes: Annotated[int, msgspec.Meta(ge=0)] = 100_000_000


class RunConfig(_Section, frozen=True, kw_only=True):
    """How the work of a run is cut; the graph is the same whatever is chosen.

    `small`: articles up to which a graph is made in memory, by one process. `articles`, `records`: how many articles to
    read, or ready records, one job takes at most. `partitions`: jobs that put together what many articles tell of one thing.
    """

    small: _Count = 500
    articles: _Count = 100
    records: _Count = 2_000
    partitions: Annotated[int, msgspec.Meta(ge=1, le=512)] = 64


class Config(_Section, frozen=True, kw_only=True):
    """The whole configuration, one section a stage."""

    read: ReadConfig = ReadConfig()
    llm: LlmConfig = LlmConfig()
    link: LinkConfig = LinkConfig()
    wikidata: WikidataConfig = WikidataConfig()
    merge: MergeConfig = MergeConfig()
    rdf: RdfConfig = RdfConfig()
    remote: RemoteConfig = RemoteConfig()
    run: RunConfig = RunConfig()
    serve: ServeConfig = ServeConfig()

    def fingerprint(self, *, live: bool = False) -> str:
        """Return a hash that changes when any setting does that shapes a graph.

        Files that are named count by what they hold, not by where they lie. `llm` shapes ready extractions only.

        Args:
            live: Wikidata is asked.

        Raises:
            ConfigError: a file that is named cannot be read.
        """
        link = msgspec.to_builtins(self.link)
        link["overrides"] = _hash_of(self.link.overrides)
        link["tables"] = [_hash_of(path) for path in self.link.tables]
        merge = {"merge": _hash_of(self.merge.overrides)} if self.merge.overrides else {}
        settings = {"read": self.read, "link": link, "rdf": self.rdf, "wikidata": live, **merge}
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
    folder = path.parent
    tables = tuple(_beside(table, folder) for table in config.link.tables)
    link = msgspec.structs.replace(config.link, overrides=_beside(config.link.overrides, folder), tables=tables)
    return msgspec.structs.replace(
        config, link=link, merge=MergeConfig(overrides=_beside(config.merge.overrides, folder))
    )


def _beside(file: str, folder: Path) -> str:
    """Return the path of a file as seen from `folder`, nothing for no file."""
    return str(folder / Path(file).expanduser()) if file else ""


def _hash_of(path: str) -> str:
    """Return the hash of a file's bytes, nothing for no file.

    Raises:
        ConfigError: the file cannot be read.
    """
    try:
        return hashlib.sha256(Path(path).read_bytes()).hexdigest() if path else ""
    except OSError as error:
        raise ConfigError(f"cannot read {path}, which the configuration names: {error.strerror}") from error


def override(config: Config, given: Mapping[str, Mapping[str, object]]) -> Config:
    """Return `config` with the values in `given`: section → key → value.

    Raises:
        ConfigError: a value is out of range.
    """
    settings = msgspec.to_builtins(config)
    for section, values in given.items():
        settings[section] |= values
    try:
        return msgspec.convert(settings, Config)
    except msgspec.ValidationError as error:
        raise ConfigError(f"an option is out of range: {error}") from error
