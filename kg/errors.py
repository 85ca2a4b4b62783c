"""Every error that `kg` raises on purpose.

KgError
├── InputError          an article, record or file cannot be used
├── ConfigError         kg.toml or an option is wrong
├── VocabError          the ontology breaks its own contract
├── QueryError          a query or one of its parameters is wrong
├── StoreError          the embedded store cannot be opened or written
├── EngineError         workers of a run die, or cannot be reached
├── EndpointError       a remote endpoint cannot be reached, or refuses
└── MissingExtraError   an optional dependency is not installed
"""


class KgError(Exception):
    """Base of all errors of this package; its text says what is wrong, where, and what to do.

    `status` is the exit status of the command line: 2 usage or bad input, 3 endpoint, 4 input/output.
    """

    status = 2


class InputError(KgError):
    """An article, a record or a file cannot be used."""


class ConfigError(KgError):
    """The configuration or a command line option is wrong."""


class VocabError(KgError):
    """The ontology files break their own contract."""


class QueryError(KgError):
    """A query does not exist, does not parse, or a parameter does not fit."""


class StoreError(KgError):
    """The embedded store cannot be opened, read or written."""

    status = 4


class EngineError(KgError):
    """The workers of a run die again and again, or their scheduler cannot be reached."""

    status = 4


class EndpointError(KgError):
    """A remote endpoint cannot be reached, or does not do what it was asked."""

    status = 3


class AnswerError(KgError):
    """A language model gives no usable answer about one article; the others go on."""

    status = 3


class MissingExtraError(KgError):
    """An optional dependency is missing; the text names the extra to install."""
