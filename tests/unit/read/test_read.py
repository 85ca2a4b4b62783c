"""Articles in: every fault is named and counted, none ends the run."""

import datetime as dt
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.config import ReadConfig
from kg.read import Problem, Severity, read
from kg.records import Article

CONFIG = ReadConfig()


def split(found: list[Article | Problem]) -> tuple[list[Article], list[Problem]]:
    return [x for x in found if isinstance(x, Article)], [x for x in found if isinstance(x, Problem)]


def one(path: Path, data: bytes, config: ReadConfig = CONFIG) -> tuple[list[Article], list[Problem]]:
    path.write_bytes(data)
    return split(list(read([str(path)], config)))


@pytest.mark.parametrize(
    "data",
    [
        b"date 2024-01-01 Two died.",
        b" date 2024-01-01 Two died.\n",
        b"date 2024-01-01\nTwo died.",
        b"\xef\xbb\xbfdate 2024-01-01\r\n\r\nTwo died.\r\n",
    ],
)
def test_head_is_no_text(tmp_path: Path, data: bytes) -> None:
    (article,), problems = one(tmp_path / "a.txt", data)
    assert (article.id, article.published, article.text) == ("a", dt.date(2024, 1, 1), "Two died.")
    assert problems == []


def test_without_head(tmp_path: Path) -> None:
    (article,), _ = one(tmp_path / "a.txt", b"On the date 2024-01-01 two died.")
    assert article.published is None


def test_line_ends(tmp_path: Path) -> None:
    (article,), _ = one(tmp_path / "a.txt", b"One.\r\nTwo.\rThree.")
    assert article.text == "One.\nTwo.\nThree."


def test_windows_1252_is_read_with_a_warning(tmp_path: Path) -> None:
    (article,), (problem,) = one(tmp_path / "a.txt", "Moscow’s café".encode("cp1252"))
    assert article.text == "Moscow’s café"
    assert problem.severity is Severity.WARNING
    assert "Windows-1252" in problem.message


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no text"),
        (b"  \n ", "no text"),
        (b"date 2024-01-01\n", "no text"),
        (b"date 2024-13-41 Two died.", "no day"),
        (b"a\x00b", "binary"),
        (b"%PDF-1.4 hello", "binary"),
        (b"\x81\x8d\x8f\x90", "neither"),
    ],
)
def test_bad_texts(tmp_path: Path, data: bytes, words: str) -> None:
    articles, (problem,) = one(tmp_path / "a.txt", data)
    assert articles == []
    assert problem.severity is Severity.ERROR
    assert words in problem.message
    assert str(tmp_path / "a.txt") in str(problem)


def test_too_large(tmp_path: Path) -> None:
    articles, (problem,) = one(tmp_path / "a.txt", b"x" * 101, ReadConfig(max_bytes=100))
    assert articles == []
    assert "100" in problem.message


def test_jsonl_goes_on_after_bad_records(tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": "a", "text": "One.", "published": "2022-02-24", "publisher": "P", "invented": True}),
        "{not json",
        "[1]",
        json.dumps({"id": "b"}),
        json.dumps({"id": "c", "text": 5}),
        json.dumps({"id": "d", "text": " "}),
        json.dumps({"id": "e", "text": "x", "published": "soon"}),
        json.dumps({"id": "g", "text": "a\ud800b"}),
        "",
        json.dumps({"text": "Two.", "colour": "red"}),
    ]
    articles, problems = one(tmp_path / "f.jsonl", "\n".join(lines).encode())
    assert [article.id for article in articles] == ["a", "f-10"]
    assert articles[0].invented
    assert articles[0].published == dt.date(2022, 2, 24)
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    assert [problem.line for problem in errors] == [2, 3, 4, 5, 6, 7, 8]
    (warning,) = [problem for problem in problems if problem.severity is Severity.WARNING]
    assert "colour" in warning.message


def test_long_record_is_skipped_not_kept(tmp_path: Path) -> None:
    data = b'{"text":"' + b"x" * 500 + b'"}\n{"id":"b","text":"Two."}\n'
    articles, (problem,) = one(tmp_path / "f.jsonl", data, ReadConfig(max_bytes=100))
    assert [article.id for article in articles] == ["b"]
    assert problem.line == 1


def test_doubled_ids(tmp_path: Path) -> None:
    records = [{"id": "a", "text": "One."}, {"id": "a", "text": "One."}, {"id": "a", "text": "Two."}]
    articles, problems = one(tmp_path / "f.jsonl", "\n".join(map(json.dumps, records)).encode())
    assert [article.text for article in articles] == ["One.", "Two."]
    assert len(problems) == 2


def test_folder_in_order_of_names(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("b.txt", "a.txt", "sub/c.txt", ".hidden.txt", "d.pdf"):
        (tmp_path / name).write_text(name)
    articles, (problem,) = split(list(read([str(tmp_path)], CONFIG)))
    assert [article.id for article in articles] == ["a", "b", "c"]
    assert "d.pdf" in problem.path


def test_empty_folder_and_missing_path(tmp_path: Path) -> None:
    _, problems = split(list(read([str(tmp_path), str(tmp_path / "no")], CONFIG)))
    assert [problem.severity for problem in problems] == [Severity.ERROR, Severity.ERROR]


@pytest.mark.parametrize(
    ("data", "ids"), [(b'{"id":"a","text":"One."}\n{"id":"b","text":"Two."}', ["a", "b"]), (b"One.\nTwo.", ["stdin"])]
)
def test_stdin(data: bytes, ids: list[str]) -> None:
    articles, _ = split(list(read(["-"], CONFIG, io.BytesIO(data))))
    assert [article.id for article in articles] == ids


@given(st.binary(max_size=300))
def test_no_bytes_raise(data: bytes) -> None:
    for stdin in (data, b"{" + data):
        for item in read(["-"], CONFIG, io.BytesIO(stdin)):
            assert isinstance(item, Article | Problem)
