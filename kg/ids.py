"""Content hash → IRI. The only place where IRIs of the data are minted."""

import hashlib
from enum import StrEnum

import msgspec

from kg.config import BASE
from kg.records import Article, EntityKind

_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
"""The alphabet of base 32 (RFC 4648), in lower case."""
_PAIRS = [one + other for one in _LETTERS for other in _LETTERS]
_BYTES, _SPARE = 13, 4
"""100 bits of 13 bytes, two letters of 5 bits at a time: twice as fast as `base64.b32encode`."""
_ENCODE = msgspec.json.Encoder().encode


class Kind(StrEnum):
    """The kinds of data IRIs, one prefix each."""

    EVENT = "event"
    CLAIM = "claim"
    CASUALTY = "casualty"
    ARTICLE = "article"
    PLACE = "place"
    PERSON = "person"
    ORGANISATION = "organisation"
    WEAPON = "weapon"
    GROUP = "group"
    SPAN = "span"
    LINK = "link"
    RUN = "run"
    GEOMETRY = "geometry"


ENTITY_KIND = {kind: Kind(kind.value.lower()) for kind in EntityKind}
"""The IRI kind of each entity kind."""


def digest(*parts: object) -> str:
    """Return 20 characters [a-z2-7] (100 bits of SHA-256) that stand for `parts`.

    >>> digest("a", 1) == digest("a", 1) != digest("a1")
    True
    """
    packed = _ENCODE([part if isinstance(part, (str, int)) else str(part) for part in parts])
    bits = int.from_bytes(hashlib.sha256(packed).digest()[:_BYTES], "big") >> _SPARE
    two = _PAIRS
    # Written out, because an article takes some thirty of these.
    return (
        f"{two[bits >> 90]}{two[bits >> 80 & 1023]}{two[bits >> 70 & 1023]}{two[bits >> 60 & 1023]}{two[bits >> 50 & 1023]}"
        f"{two[bits >> 40 & 1023]}{two[bits >> 30 & 1023]}{two[bits >> 20 & 1023]}{two[bits >> 10 & 1023]}{two[bits & 1023]}"
    )


def text_hash(article: Article) -> str:
    """Return the SHA-256 of the article's text in UTF-8, in hexadecimal."""
    return hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()


class Minter(msgspec.Struct, frozen=True):
    """Mints the IRIs of one base, the IRI that all data IRIs start with, ending in "/" or "#"."""

    base: str = BASE

    def iri(self, kind: Kind, *parts: object) -> str:
        """Return the IRI of the thing of `kind` that `parts` identify.

        >>> Minter().iri(Kind.EVENT, "x").startswith("https://w3id.org/conflict-kg/id/event/")
        True
        """
        return f"{self.base}{kind}/{digest(kind, *parts)}"

    def article(self, article: Article) -> str:
        """Return the IRI of `article`: the same id with other words is another article."""
        return self.iri(Kind.ARTICLE, article.id, text_hash(article))
