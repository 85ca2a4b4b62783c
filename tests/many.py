"""A graph of as many events as a test wants, all invented, made by arithmetic alone: N-Triples."""

import datetime as dt
from collections.abc import Iterator

from kg.config import BASE
from kg.rdf.namespaces import DCT, OA, RDFS, SKOS, WIKIDATA, XSD
from kg.rdf.namespaces import TYPE as A
from kg.vocab import NAMESPACE, load_vocab

ARTICLE_EVENTS = 5
"""How many events an article tells."""
QUOTED = 15
"""One event of so many has claims with their words."""
_CENTRES = ((49.0, 36.0), (15.0, 44.0), (13.5, 30.0), (34.5, 38.0), (-1.5, 28.5), (11.0, 14.0))
_COUNTRIES = ("UA", "YE", "SD", "SY", "CD", "NG")
_FIRST = dt.date(2022, 1, 3)


def triples(events: int) -> Iterator[str]:
    """Yield the lines of a graph of `events` events at up to 600 places, with what a source says about some."""
    yield from _entities(events)
    types = [(kind.name, kind.parent, kind.label) for kind in load_vocab().event_types.values()]
    for number in range(events):
        name, parent, label = types[(number * 7 + number // 11) % len(types)]
        yield from _event(number, (name, parent), label)


def _iri(kind: str, name: object) -> str:
    return f"<{BASE}{kind}/{name}>"


def _line(subject: str, term: str, value: str) -> str:
    name = term if term.startswith("http") else NAMESPACE + term
    return f"{subject} <{name}> {value} .\n"


def _term(name: str) -> str:
    return f"<{NAMESPACE}{name}>"


def _typed(value: object, kind: str) -> str:
    return f'"{value}"^^<{XSD}{kind}>'


def _entities(events: int) -> Iterator[str]:
    kinds = (("place", "Place", 600), ("organisation", "Organisation", 120), ("weapon", "Weapon", 40))
    for kind, title, most in kinds:
        for number in range(min(most, events)):
            node = _iri(kind, number)
            yield _line(node, A.value, _term(title))
            yield _line(node, RDFS + "label", f'"{title} {number}"')
            if number % 2:
                yield _line(node, SKOS + "exactMatch", f"<{WIKIDATA}Q{number}>")
            if kind == "place":
                lat, long = _CENTRES[number % 6]
                yield _line(node, "lat", _typed(round(lat + (number * 37 % 100 - 50) / 16, 4), "decimal"))
                yield _line(node, "long", _typed(round(long + (number * 61 % 100 - 50) / 12, 4), "decimal"))
                yield _line(node, "countryCode", f'"{_COUNTRIES[number % 6]}"')


def _event(number: int, kinds: tuple[str, str], label: str) -> Iterator[str]:
    event, article = _iri("event", number), _iri("article", number // ARTICLE_EVENTS)
    place = number * number % 600
    day = _FIRST + dt.timedelta(days=number * 13 % 1200)
    for kind in ("Event", *kinds):
        yield _line(event, A.value, _term(kind))
    yield _line(event, RDFS + "label", f'"{label.capitalize()} in Place {place}, {day}"')
    yield _line(event, "status", _term("Threatened" if number % 9 == 0 else "Occurred"))
    yield _line(event, "startDate", _typed(day, "date"))
    yield _line(event, "endDate", _typed(day, "date"))
    yield _line(event, "place", _iri("place", place))
    yield _line(event, "mentionedIn", article)
    actor = _iri("organisation", number % 83)
    yield _line(event, "allegedPerpetrator", actor)
    yield _line(event, "target", _iri("organisation", number % 97))
    yield _line(event, "weapon", _iri("weapon", number % 40))
    if number % ARTICLE_EVENTS == 0:
        yield _line(article, A.value, _term("Article"))
        yield _line(article, DCT + "identifier", f'"article-{number}"')
        yield _line(article, DCT + "issued", _typed(day, "date"))
        yield _line(article, DCT + "publisher", _iri("organisation", 119))
    if number % 3 == 0:
        yield _line(event, "killedLow", _typed(number % 40, "integer"))
        yield _line(event, "killedHigh", _typed(number % 40 + 3, "integer"))
    if number % QUOTED == 0:
        role = {"role": _term("perpetrator"), "value": actor, "stance": _term("Accuses")}
        yield from _claim(number, "RoleClaim", role)
        counts = {"harm": _term("Killed"), "min": _typed(number % 40, "integer"), "stance": _term("Asserts")}
        yield from _claim(number, "CasualtyClaim", counts)
        yield from _claim(number, "EventClaim", {"accused": actor, "stance": _term("Accuses"), "content": '"they did"'})


def _claim(number: int, kind: str, values: dict[str, str]) -> Iterator[str]:
    claim, article = _iri("claim", f"{kind}-{number}"), _iri("article", number // ARTICLE_EVENTS)
    span = _iri("span", f"{kind}-{number}")
    sentence = f"Organisation {number % 19} said of event {number} that they did it."
    words = f"event {number}"
    yield _line(claim, A.value, _term(kind))
    yield _line(claim, "about", _iri("event", number))
    yield _line(claim, "attributedTo", _iri("organisation", number % 19))
    yield _line(claim, "reportedIn", article)
    yield _line(claim, "evidence", span)
    yield _line(claim, "confidence", _typed("0.8", "decimal"))
    for name, value in values.items():
        yield _line(claim, name, value)
    begin = 100 * (number % ARTICLE_EVENTS) + sentence.index(words)
    yield _line(span, A.value, _term("TextSpan"))
    yield _line(span, OA + "hasSource", article)
    yield _line(span, OA + "start", _typed(begin, "integer"))
    yield _line(span, OA + "end", _typed(begin + len(words), "integer"))
    yield _line(span, OA + "exact", f'"{words}"')
    yield _line(span, "sentence", f'"{sentence}"')
