"""How long queries take, as far as queries of the same shape have taken: quick ones need not wait for slow ones."""

import re
from collections import OrderedDict

from kg.serve.line import Lane

QUICK = 0.05
"""Seconds of a worker up to which a query is quick."""
MOST = 1_000
"""How many shapes are kept in mind."""
_LONG = 5_000
"""Characters of a query that make its shape."""
_WEIGHT = 0.3
"""Of the latest query among all of its shape."""
_VALUE = re.compile(r"<[^<>\s]*>|\"[^\"\n]*\"|'[^'\n]*'|\b[0-9]+\b")


class Costs:
    """Remembers the shapes of queries: their texts without IRIs, strings and numbers."""

    def __init__(self) -> None:
        self._seconds: OrderedDict[str, float] = OrderedDict()

    def lane(self, form: str) -> Lane:
        """Return what is known of queries of this shape."""
        seconds = self._seconds.get(form)
        if seconds is None:
            return Lane.NEW
        return Lane.QUICK if seconds < QUICK else Lane.SLOW

    def note(self, form: str, seconds: float) -> None:
        """Note that a query of this shape has taken a worker so many seconds."""
        before = self._seconds.pop(form, seconds)
        self._seconds[form] = seconds if seconds >= QUICK else before + _WEIGHT * (seconds - before)
        if len(self._seconds) > MOST:
            self._seconds.popitem(last=False)


def shape(sparql: str) -> str:
    """Return what queries that differ in values only have in common.

    >>> shape("ASK { <a:b> ?p 'x' } LIMIT 5")
    'ASK { . ?p . } LIMIT .'
    """
    return _VALUE.sub(".", sparql[:_LONG])
