"""Checks of a graph against the contract: SPARQL checks always, SHACL shapes with the extra `validate`."""

from kg.validate.checks import Check, Severity, checks
from kg.validate.findings import Finding, validate

__all__ = ["Check", "Finding", "Severity", "checks", "validate"]
