"""WARC files (web archives) → articles: the main text of every page, one page in memory at a time."""

import datetime as dt
import logging
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from kg.config import ReadConfig
from kg.read.found import Findings, Found, lost
from kg.read.language import only
from kg.read.packed import PackedError
from kg.read.problem import Problem, Severity
from kg.read.records import read_record

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

_HTML = ("text/html", "application/xhtml+xml")


class Skipped(StrEnum):
    """Why a page is no article."""

    FAILED = "without success (status other than 200)"
    OTHER = "no HTML"
    LARGE = "too large: see read.max_bytes in kg.toml"
    EMPTY = "without a main text"


def read_archive(file: BinaryIO, name: str, config: ReadConfig) -> Findings:
    """Yield the main text of every page in the configured language; what is left out is counted by reason.

    Title, day and site of publication are what the page says of itself; the id is the record's own.

    Args:
        file: the archive, unpacked.
        name: its path.
        config: size limit of a page, and language.
    """
    try:
        import py3langid  # noqa: F401, PLC0415 - an extra
        import trafilatura  # noqa: F401, PLC0415
        import warcio  # noqa: F401, PLC0415
    except ImportError:
        yield lost(name, "reading WARC needs: pip install 'conflict-kg[warc]'")
        return
    # It warns of every page without a main text; those are counted here.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    yield from only(_pages(file, name, config), name, config)


def _pages(file: BinaryIO, name: str, config: ReadConfig) -> Findings:
    from warcio.exceptions import ArchiveLoadFailed  # noqa: PLC0415

    skipped: Counter[Skipped] = Counter()
    number = 0
    records = _responses(file)
    while True:
        try:
            record = next(records, None)
            page = None if record is None else _html(record, config.max_bytes)
        except PackedError:
            raise
        except (ArchiveLoadFailed, ValueError, EOFError) as error:
            yield lost(name, f"is damaged after page {number} ({' '.join(str(error).split())[:200]})")
            break
        if record is None:
            break
        number += 1
        found = page if isinstance(page, Skipped) else _article(record, page or b"", name, number, config)
        if isinstance(found, Skipped):
            skipped[found] += 1
        else:
            yield found
    if number == 0:
        yield lost(name, "holds no response of a web server: is it a WARC file?")
    if skipped:
        told = ", ".join(f"{skipped[reason]} {reason}" for reason in Skipped if skipped[reason])
        message = f"{skipped.total()} of {number} pages were left out: {told}"
        yield Problem(severity=Severity.WARNING, path=name, message=message)


def _responses(file: BinaryIO) -> "Iterator[ArcWarcRecord]":
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415

    return (record for record in ArchiveIterator(file) if record.rec_type == "response")


def _html(record: "ArcWarcRecord", limit: int) -> bytes | Skipped:
    """Return the page's bytes, of which no more than `limit` are ever in memory."""
    headers = record.http_headers
    if headers is None or headers.get_statuscode() != "200":
        return Skipped.FAILED
    if (headers.get_header("Content-Type") or "").partition(";")[0].strip().lower() not in _HTML:
        return Skipped.OTHER
    data: bytes = record.content_stream().read(limit + 1)
    return Skipped.LARGE if len(data) > limit else data


def _article(
    record: "ArcWarcRecord", page: bytes, name: str, number: int, config: ReadConfig
) -> Found | Problem | Skipped:
    import trafilatura  # noqa: PLC0415

    url = record.rec_headers.get_header("WARC-Target-URI") or None
    fetched = (record.rec_headers.get_header("WARC-Date") or "")[:10]
    # Without a last day the dates that are believed would depend on today.
    days = {"original_date": True, "extensive_search": False, "max_date": _day(fetched) or "2100-01-01"}
    try:
        document = trafilatura.bare_extraction(
            page, url=url, with_metadata=True, include_comments=False, include_tables=False, date_extraction_params=days
        )
    except Exception as error:  # noqa: BLE001 - pages are hostile, and one never ends the run
        return lost(name, f"page {number} ({url}) cannot be read ({type(error).__name__}: {error})")
    told = {} if document is None else document if isinstance(document, dict) else document.as_dict()
    if not (told.get("text") or "").strip():
        return Skipped.EMPTY
    identity = (record.rec_headers.get_header("WARC-Record-ID") or "").strip("<>").removeprefix("urn:uuid:")
    values = {
        "id": identity or None,
        "text": told["text"],
        "title": told.get("title"),
        "published": _day(told.get("date") or ""),
        "url": url,
        "publisher": told.get("sitename") or told.get("hostname"),
        "language": config.language,
    }
    try:
        article, _ = read_record(msgspec.json.encode(values), fallback_id=f"{name}-{number}", language=config.language)
    except (ValueError, UnicodeEncodeError) as error:
        return lost(name, f"page {number} ({url}) {error}")
    return Found(article, name)


def _day(value: str) -> str | None:
    """Return a day of the calendar, `None` for anything else."""
    try:
        return dt.date.fromisoformat(value).isoformat()
    except ValueError:
        return None
