"""Live Wikidata, asked for when the tables do not know."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from kg.config import LinkConfig, WikidataConfig
from kg.gazetteer import Gazetteer
from kg.link.wikidata.cache import Cache, default_folder
from kg.link.wikidata.client import Client
from kg.link.wikidata.items import Items
from kg.link.wikidata.live import Live
from kg.patience import Clock

__all__ = ["Live", "open_live"]


def open_live(
    config: WikidataConfig,
    link: LinkConfig,
    gazetteer: Gazetteer,
    report: Callable[[str], None],
    *,
    clock: Clock | None = None,
) -> Live:
    """Open the cache and return what links with live Wikidata.

    Args:
        config: addresses, limits and the folder of the cache.
        link: the least score and the least lead of a link.
        gazetteer: what is known without asking.
        report: told once that Wikidata is out of reach.
        clock: tells and passes the time.

    Raises:
        StoreError: the cache cannot be opened.
    """
    folder = Path(config.cache).expanduser() if config.cache else default_folder()
    today = dt.datetime.now(tz=dt.UTC).date()
    items = Items(Client(config, clock), Cache(folder), report, today=today, max_age=config.max_age)
    return Live(items, gazetteer, link)
