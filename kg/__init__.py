"""News articles about armed conflict in, a knowledge graph in RDF that a person can check out."""

import importlib

_FUNCTIONS = {"build": "kg.run.build", "Options": "kg.run.build", "load": "kg.store.remote", "load_config": "kg.config"}
_MODULES = frozenset({"extract", "query", "records", "validate"})

__all__ = ["Options", "build", "extract", "load", "load_config", "query", "records", "validate"]


def __getattr__(name: str) -> object:
    """Import what is public when it is first used: `import kg` alone loads nothing."""
    if name in _FUNCTIONS:
        return getattr(importlib.import_module(_FUNCTIONS[name]), name)
    if name in _MODULES:
        return importlib.import_module(f"kg.{name}")
    msg = f"module 'kg' has no attribute {name!r}"
    raise AttributeError(msg)


def __dir__() -> list[str]:
    return list(__all__)
