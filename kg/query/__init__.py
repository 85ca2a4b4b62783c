"""The catalogue of canned queries, the binding of their parameters, their execution and their output."""

from kg.query.bind import bind
from kg.query.catalogue import Column, Parameter, Query, catalogue, find
from kg.query.execute import run

__all__ = ["Column", "Parameter", "Query", "bind", "catalogue", "find", "run"]
