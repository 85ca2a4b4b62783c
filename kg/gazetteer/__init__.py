"""The names that the program knows: places, organisations, people and weapons, with what they stand for."""

from kg.gazetteer.entry import GEONAMES, WIKIDATA, Entry, PlaceScope
from kg.gazetteer.fold import fold
from kg.gazetteer.index import Gazetteer, Match, Tier, load_gazetteer

__all__ = ["GEONAMES", "WIKIDATA", "Entry", "Gazetteer", "Match", "PlaceScope", "Tier", "fold", "load_gazetteer"]
