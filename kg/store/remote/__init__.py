"""Triple stores elsewhere, over HTTP: loading a file into one, and verifying that it arrived."""

from kg.store.remote.load import Loaded, Target, load, target

__all__ = ["Loaded", "Target", "load", "target"]
