"""Signatures made by hand."""

import datetime as dt

from kg.merge.signature import EventSignature, Level, Print, Site, Toll

DAY = dt.date(2024, 3, 5).toordinal()
TOWN = Site("urn:town", Level.SETTLEMENT, "SO", 3.1, 43.6)
COUNTRY = Site("urn:country", Level.COUNTRY, "SO", 6.0, 47.0)


def killed(low: int | None, high: int | None = None, category: str = "AnyPerson") -> Toll:
    return Toll("Killed", category, low, low if high is None else high)


def event(name: str, **changes: object) -> EventSignature:
    """Return an event of an article of its own: a bombing in a town that killed 14, with `changes`."""
    fields: dict[str, object] = {
        "event": f"urn:event/{name}",
        "article": f"urn:article/{name}",
        "order": ("2024-03-05", name, 0, 5, f"urn:event/{name}"),
        "published": DAY,
        "type": "Bombing",
        "real": True,
        "start": DAY,
        "end": DAY,
        "told": True,
        "site": TOWN,
        "perpetrators": (),
        "targets": (),
        "weapons": (),
        "tolls": (killed(14),),
        "words": (),
        **changes,
    }
    return EventSignature(**fields)  # type: ignore[arg-type]


def printed(name: str, minhash: bytes, day: int = DAY) -> Print:
    return Print(article=f"urn:article/{name}", order=(str(day), name), day=day, minhash=minhash)
