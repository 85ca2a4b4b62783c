"""The explorer page and the data that it shows: map, timeline, events with their evidence, actors."""

from kg.serve.explorer.routes import routes

__all__ = ["routes"]
