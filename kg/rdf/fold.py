"""What several articles tell of one event, made one: the most exact that they agree on."""

from collections import Counter
from collections.abc import Iterable, Sequence

from kg.rdf.telling import Telling, Where
from kg.records import DatePrecision, PlacePrecision, Status, Time
from kg.vocab import Vocab

_STATUSES = (
    Status.OCCURRED,
    Status.ONGOING,
    Status.DENIED,
    Status.PLANNED,
    Status.THREATENED,
    Status.HYPOTHETICAL,
)
"""The most real one first."""

_EXACT = (
    PlacePrecision.SITE,
    PlacePrecision.SETTLEMENT,
    PlacePrecision.DISTRICT,
    None,
    PlacePrecision.REGION,
    PlacePrecision.COUNTRY,
)
"""The most exact one first; a name that is not linked is rather a village than a region."""


def status_of(tellings: Iterable[Telling]) -> Status:
    """Return the most real status: one article that says that it happened outweighs plans and denials."""
    return min((one.status for one in tellings), key=_STATUSES.index)


def type_of(tellings: Sequence[Telling], vocab: Vocab) -> str:
    """Return the type that most articles give, of those that are no less exact word for another one given."""
    if len(tellings) == 1:
        return tellings[0].type
    votes = Counter(one.type for one in tellings)
    exact = [name for name in votes if vocab.covers[name].isdisjoint(votes)]
    order = list(vocab.event_types)
    return min(exact or votes, key=lambda name: (-votes[name], order.index(name)))


def time_of(tellings: Sequence[Telling]) -> Time | None:
    """Return the tightest interval that most articles agree on.

    Articles that date the event themselves go before those dated by their day of publication. Of the days that the most
    intervals hold, the first stretch counts.
    """
    if len(tellings) == 1:
        return tellings[0].time
    times = [one.time for one in tellings if one.time is not None]
    told = [time for time in times if time.span is not None] or times
    if not told:
        return None
    days = sorted({time.start for time in told})
    first = max(days, key=lambda day: (sum(time.start <= day <= time.end for time in told), -day.toordinal()))
    holding = [time for time in told if time.start <= first <= time.end]
    start, end = max(time.start for time in holding), min(time.end for time in holding)
    same = [time.precision for time in holding if (time.start, time.end) == (start, end)]
    exact = DatePrecision.DAY if start == end else DatePrecision.INTERVAL
    precision = min(same, key=list(DatePrecision).index) if same else exact
    return Time(start=start, end=end, precision=precision)


def place_of(tellings: Sequence[Telling]) -> Where | None:
    """Return the most exact place; of equally exact ones that which most articles give."""
    if len(tellings) == 1:
        return tellings[0].where
    found = [one.where for one in tellings if one.where is not None]
    votes = Counter(where.iri for where in found)

    def rank(where: Where) -> tuple[int, int, str, str]:
        return _EXACT.index(where.precision), -votes[where.iri], where.iri, where.phrase or "\U0010ffff"

    return min(found, key=rank, default=None)
