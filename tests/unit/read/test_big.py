"""Packed files, Parquet and WARC: streamed, bounded, every fault named."""

import bz2
import datetime as dt
import gzip
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
import zstandard
from pyarrow import parquet

from kg.config import ReadConfig
from kg.read import Problem, Severity, read
from kg.records import Article

TEXTS = ("Shelling killed 21 people in Belgorod on Saturday.", "Protesters marched in Paris on Sunday.")
LINES = "".join(json.dumps({"id": f"a{number}", "text": text}) + "\n" for number, text in enumerate(TEXTS)).encode()
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".bz2": lambda data: bz2.compress(data, 1),
    ".zst": zstandard.ZstdCompressor().compress,
}


def one(path: Path, data: bytes, config: ReadConfig | None = None) -> tuple[list[Article], list[Problem]]:
    path.write_bytes(data)
    found = list(read([str(path)], config or ReadConfig()))
    return [x for x in found if isinstance(x, Article)], [x for x in found if isinstance(x, Problem)]


@pytest.mark.parametrize("packing", PACKERS)
def test_packed_lines_are_the_lines(tmp_path: Path, packing: str) -> None:
    articles, problems = one(tmp_path / f"news.jsonl{packing}", PACKERS[packing](LINES))
    assert ([article.text for article in articles], problems) == (list(TEXTS), [])


@pytest.mark.parametrize("packing", PACKERS)
def test_members_one_after_another_are_one_file(tmp_path: Path, packing: str) -> None:
    first, second = LINES.splitlines(keepends=True)
    articles, problems = one(tmp_path / f"news.jsonl{packing}", PACKERS[packing](first) + PACKERS[packing](second))
    assert (len(articles), problems) == (2, [])


@pytest.mark.parametrize("packing", PACKERS)
def test_a_packed_text_is_named_after_its_stem(tmp_path: Path, packing: str) -> None:
    (article,), _ = one(tmp_path / f"kyiv.txt{packing}", PACKERS[packing](b"date 2024-01-01\nTwo died."))
    assert (article.id, article.published, article.text) == ("kyiv", dt.date(2024, 1, 1), "Two died.")


@pytest.mark.parametrize("packing", PACKERS)
def test_what_was_read_before_a_cut_stays(tmp_path: Path, packing: str) -> None:
    many = b"".join(json.dumps({"id": f"a{n}", "text": f"Text {n * n}."}).encode() + b"\n" for n in range(20_000))
    whole = PACKERS[packing](many)
    articles, problems = one(tmp_path / f"news.jsonl{packing}", whole[: len(whole) * 3 // 4])
    assert 0 < len(articles) < 20_000
    assert problems[-1].severity is Severity.ERROR


@pytest.mark.parametrize("packing", [".gz", ".bz2"])
def test_damaged_data_are_named(tmp_path: Path, packing: str) -> None:
    articles, (problem,) = one(tmp_path / f"news.jsonl{packing}", b"no archive at all")
    assert articles == []
    assert "damaged" in problem.message


@pytest.mark.parametrize("packing", PACKERS)
def test_a_bomb_is_refused(tmp_path: Path, packing: str) -> None:
    bomb = LINES + b" " * 30_000_000
    articles, problems = one(tmp_path / f"bomb.jsonl{packing}", PACKERS[packing](bomb), ReadConfig(max_bytes=100_000))
    assert len(articles) == 2
    assert "200 times its size" in problems[-1].message


def test_a_packed_text_larger_than_allowed_is_refused(tmp_path: Path) -> None:
    data = gzip.compress(" ".join(str(n**3) for n in range(1000)).encode())
    articles, (problem,) = one(tmp_path / "a.txt.gz", data, ReadConfig(max_bytes=1000))
    assert articles == []
    assert "1,000 bytes" in problem.message


def test_folders_hold_packed_files(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(LINES))
    (tmp_path / "b.tar.gz").write_bytes(gzip.compress(b"x"))
    found = list(read([str(tmp_path)], ReadConfig()))
    assert sum(isinstance(x, Article) for x in found) == 2
    assert any("ending in .tar.gz" in str(x) or "ending in .gz" in str(x) for x in found)


def table(path: Path, **columns: list[object]) -> bytes:
    parquet.write_table(pa.table(columns), path)
    return path.read_bytes()


def test_parquet_columns(tmp_path: Path) -> None:
    data = table(
        tmp_path / "x", id=[1, 2], text=list(TEXTS), published=[dt.date(2024, 1, 1), None], noise=[b"\xff", b""]
    )
    (first, second), problems = one(tmp_path / "news.parquet", data)
    assert (first.id, first.text, first.published) == ("1", TEXTS[0], dt.date(2024, 1, 1))
    assert (second.published, problems) == (None, [])


def test_parquet_columns_may_be_called_otherwise(tmp_path: Path) -> None:
    data = table(tmp_path / "x", body=list(TEXTS), date=[dt.datetime(2024, 1, 1, 12, tzinfo=dt.UTC), None])
    config = ReadConfig(columns={"text": "body", "published": "date"})
    (first, second), _ = one(tmp_path / "news.parquet", data, config)
    assert (first.id, first.published, second.id) == ("news-1", dt.date(2024, 1, 1), "news-2")


def test_bad_parquet_rows_are_named_and_the_others_read(tmp_path: Path) -> None:
    data = table(tmp_path / "x", text=["One.", None, " ", "x" * 2000, "Two."])
    articles, problems = one(tmp_path / "news.parquet", data, ReadConfig(max_bytes=1000))
    assert [article.text for article in articles] == ["One.", "Two."]
    assert [problem.line for problem in problems] == [2, 3, 4]


@pytest.mark.parametrize(
    ("data", "words"), [(b"PAR1 not really PAR1", "no sound Parquet file"), (b"", "no sound Parquet file")]
)
def test_no_parquet(tmp_path: Path, data: bytes, words: str) -> None:
    articles, (problem,) = one(tmp_path / "news.parquet", data)
    assert articles == []
    assert words in problem.message


def test_parquet_without_texts(tmp_path: Path) -> None:
    _, (problem,) = one(tmp_path / "news.parquet", table(tmp_path / "x", words=["One."]))
    assert "no column of texts among words" in problem.message


def test_a_parquet_bomb_is_refused(tmp_path: Path) -> None:
    parquet.write_table(
        pa.table({"text": ["x" * 30_000_000]}), tmp_path / "x", compression="zstd", use_dictionary=False
    )
    articles, (problem,) = one(
        tmp_path / "news.parquet", (tmp_path / "x").read_bytes(), ReadConfig(max_bytes=1_000_000)
    )
    assert articles == []
    assert "200 times its size" in problem.message


PARAGRAPHS = (
    "Rebels shelled the town of Northfield on Monday, killing at least twelve people and wounding many more, officials "
    "in the capital said.",
    "The governor told reporters that rescue teams were still searching through the rubble of three apartment blocks "
    "near the railway station.",
    "A spokesman for the rebels denied the accusation and said that the army itself had fired the rockets.",
)
GERMAN = (
    "Bei einem Angriff auf die Stadt Nordfeld sind am Montag mindestens zwölf Menschen getötet worden, wie die Behörden "
    "in der Hauptstadt mitteilten.",
    "Der Gouverneur sagte, die Rettungskräfte suchten weiter in den Trümmern von drei Wohnhäusern in der Nähe des "
    "Bahnhofs.",
)


def page(*paragraphs: str) -> bytes:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    head = (
        '<title>Shelling of Northfield</title><meta property="article:published_time" content="2024-01-31T10:00:00Z">'
    )
    return f"<html><head>{head}</head><body><article><h1>Shelling</h1>{body}</article></body></html>".encode()


def warc(*pages: tuple[bytes, str, str], packed: bool = True) -> bytes:
    """Return an archive of pages: body, status line, type."""
    records = []
    for number, (body, status, kind) in enumerate(pages):
        answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:0000-{number}>\r\n"
            f"WARC-Target-URI: https://news.example/{number}\r\nWARC-Date: 2024-02-01T00:00:00Z\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
        )
        records.append(head.encode() + answer + b"\r\n\r\n")
    return b"".join(map(gzip.compress, records) if packed else records)


@pytest.mark.parametrize("packed", [True, False])
def test_pages_of_an_archive(tmp_path: Path, packed: bool) -> None:
    name = "news.warc.gz" if packed else "news.warc"
    (article,), problems = one(tmp_path / name, warc((page(*PARAGRAPHS), "200 OK", "text/html"), packed=packed))
    assert article.id == "0000-0"
    assert (article.url, article.published) == ("https://news.example/0", dt.date(2024, 1, 31))
    assert "killing at least twelve people" in article.text
    assert problems == []


def test_what_is_left_out_of_an_archive_is_counted(tmp_path: Path) -> None:
    data = warc(
        (page(*PARAGRAPHS), "200 OK", "text/html; charset=utf-8"),
        (page(*GERMAN), "200 OK", "text/html"),
        (b"gone", "404 Not Found", "text/html"),
        (b"\x89PNG", "200 OK", "image/png"),
        (b"<html></html>", "200 OK", "text/html"),
        (page(*["x" * 3000]), "200 OK", "text/html"),
    )
    (article,), problems = one(tmp_path / "news.warc.gz", data, ReadConfig(max_bytes=2500))
    assert article.title == "Shelling"
    told = " ".join(problem.message for problem in problems)
    for words in ("4 of 6 pages", "1 without success", "1 no HTML", "1 too large", "1 without a main text", "(de 1)"):
        assert words in told


@pytest.mark.parametrize(
    "data", [b"", b"this is no archive\r\n\r\n", warc((page(*PARAGRAPHS), "200 OK", "text/html"))[:300]]
)
def test_a_damaged_archive_is_named(tmp_path: Path, data: bytes) -> None:
    articles, problems = one(tmp_path / "news.warc.gz", data)
    assert articles == []
    assert problems[-1].severity is Severity.ERROR


def test_other_languages_are_left_out_when_asked(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"text": text}) + "\n" for text in (*TEXTS, GERMAN[0])).encode()
    articles, (problem,) = one(tmp_path / "news.jsonl", lines, ReadConfig(detect=True))
    assert [article.text for article in articles] == list(TEXTS)
    assert "1 articles in other languages" in problem.message


@pytest.mark.parametrize(
    ("name", "package"),
    [("a.jsonl.zst", "zstandard"), ("a.parquet", "pyarrow"), ("a.warc", "warcio"), ("a.warc.gz", "warcio")],
)
def test_a_missing_package_is_told(tmp_path: Path, name: str, package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    articles, (problem,) = one(tmp_path / name, gzip.compress(b"x"))
    assert articles == []
    assert "pip install 'conflict-kg[" in problem.message
