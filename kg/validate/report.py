"""The findings as text: grouped by rule, counted, with the first examples."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from kg.config import BASE
from kg.rdf.namespaces import prefixes
from kg.validate.checks import Severity
from kg.validate.findings import Finding

EXAMPLES = 3
"""How many examples of each rule are shown."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


def report(findings: Iterable[Finding]) -> str:
    """Return a readable report; it says so when there is nothing to tell."""
    return "\n".join(_lines(sorted(findings)))


def _lines(findings: list[Finding]) -> Iterator[str]:
    for check, group in groupby(findings, key=lambda finding: finding.check):
        found = list(group)
        yield f"{check} ({found[0].severity}, {len(found)} found): {found[0].message}"
        for finding in found[:EXAMPLES]:
            detail = f": {_short(finding.detail)}" if finding.detail else ""
            yield f"  {_short(finding.focus)}{detail}"
        if len(found) > EXAMPLES:
            yield f"  … and {len(found) - EXAMPLES:,} more"
    counts = Counter(finding.severity for finding in findings)
    if findings:
        yield f"{counts[Severity.VIOLATION]:,} violations, {counts[Severity.WARNING]:,} warnings"
    else:
        yield "The graph keeps the contract: nothing found."


def _short(words: str) -> str:
    for prefix, namespace in prefixes(BASE).items():
        words = words.replace(namespace, f"{prefix}:")
    return _CONTROL.sub(" ", words)
