"""Answers of Wikidata kept on disk, each with the day it was given."""

import datetime as dt
import os
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from kg.errors import StoreError
from kg.records import Record

FILE = "wikidata.sqlite"
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, day TEXT NOT NULL, body BLOB NOT NULL) WITHOUT ROWID"
)


class Answer(NamedTuple):
    """What Wikidata said on `day`; `body` is JSON."""

    day: dt.date
    body: bytes


def default_folder() -> Path:
    """Return the folder of the user's caches (https://specifications.freedesktop.org/basedir-spec/)."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(base) if base.startswith("/") else Path.home() / ".cache") / "kg"


class Cache:
    """A table of answers by key.

    Args:
        folder: where its file lies; it is made if need be.

    Raises:
        StoreError: the file cannot be opened or is no such table.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._table = sqlite3.connect(self.path)
            self._table.execute(_SCHEMA)
        except (OSError, sqlite3.Error) as error:
            raise StoreError(f"cannot open the cache of Wikidata's answers {self.path}: {error}") from error

    def close(self) -> None:
        """Close the file."""
        self._table.close()

    def get(self, keys: Iterable[str]) -> dict[str, Answer]:
        """Return the answers that are known, however old; what cannot be read counts as unknown."""
        found: dict[str, Answer] = {}
        for key in keys:
            try:
                row = self._table.execute("SELECT day, body FROM answers WHERE key = ?", (key,)).fetchone()
            except sqlite3.Error as error:
                raise self._broken(error) from error
            try:
                if row is not None:
                    found[key] = Answer(dt.date.fromisoformat(row[0]), bytes(row[1]))
            except (ValueError, TypeError):
                continue
        return found

    def put(self, answers: Mapping[str, Sequence[Record]], day: dt.date) -> None:
        """Keep what was answered on `day`."""
        rows = [(key, day.isoformat(), msgspec.json.encode(value)) for key, value in answers.items()]
        try:
            with self._table:
                self._table.executemany("INSERT OR REPLACE INTO answers VALUES (?, ?, ?)", rows)
        except sqlite3.Error as error:
            raise self._broken(error) from error

    def _broken(self, error: sqlite3.Error) -> StoreError:
        return StoreError(f"the cache of Wikidata's answers {self.path} cannot be used ({error}): remove it")
