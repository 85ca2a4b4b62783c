"""Articles in: every fault is named and counted, none ends the run."""

import datetime as dt
import io
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typing_extensions import Buffer

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


def test_stdin_that_begins_with_blank_lines() -> None:
    articles, problems = split(
        list(read(["-"], CONFIG, io.BytesIO(b'\xef\xbb\xbf\n \n{"text":"One."}\n{"text":"Two."}')))
    )
    assert [article.id for article in articles] == ["stdin-3", "stdin-4"]
    assert problems == []


def test_no_stdin_is_said() -> None:
    (problem,) = read(["-"], CONFIG)
    assert "standard input" in str(problem)


@pytest.mark.parametrize(("data", "ids"), [(b'{"id":"a","text":"One."}\n', ["a"]), (b"One.", ["feed"])])
def test_unknown_ending_is_read_by_its_first_byte(tmp_path: Path, data: bytes, ids: list[str]) -> None:
    articles, problems = one(tmp_path / "feed.json", data)
    assert [article.id for article in articles] == ids
    assert problems == []


def test_long_first_record_of_an_unknown_ending(tmp_path: Path) -> None:
    data = b'{"text":"' + b"x" * 500 + b'"}\n{"id":"b","text":"Two."}\n'
    articles, (problem,) = one(tmp_path / "feed", data, ReadConfig(max_bytes=100))
    assert [article.id for article in articles] == ["b"]
    assert problem.line == 1


def test_jsonl_in_windows_1252_is_read_with_one_warning(tmp_path: Path) -> None:
    data = '{"id":"a","text":"Moscow’s"}\n{"id":"b","text":"café"}'.encode("cp1252")
    articles, (problem,) = one(tmp_path / "f.jsonl", data)
    assert [article.text for article in articles] == ["Moscow’s", "café"]
    assert (problem.severity, problem.line) == (Severity.WARNING, 1)


def test_unknown_key_is_said_once_a_file(tmp_path: Path) -> None:
    data = b'{"id":"a","text":"One.","colour":1}\n{"id":"b","text":"Two.","colour":2}\n'
    articles, (problem,) = one(tmp_path / "f.jsonl", data)
    assert len(articles) == 2
    assert (problem.line, problem.article) == (1, "a")


@pytest.mark.parametrize("published", ["2024-01-31", "2024-01-31T23:59:00Z", " 2024-01-31 "])
def test_published_keeps_its_day(tmp_path: Path, published: str) -> None:
    (article,), _ = one(tmp_path / "f.jsonl", json.dumps({"text": "One.", "published": published}).encode())
    assert article.published == dt.date(2024, 1, 31)


@pytest.mark.parametrize("published", ["2024-02-30", "20240131", "2024-01-31th", "31.1.2024"])
def test_published_that_is_no_day(tmp_path: Path, published: str) -> None:
    articles, (problem,) = one(tmp_path / "f.jsonl", json.dumps({"text": "One.", "published": published}).encode())
    assert articles == []
    assert published in problem.message


@pytest.mark.parametrize("key", ["id", "text", "title", "publisher", "url", "language"])
def test_nul_and_half_a_surrogate_pair_are_refused(tmp_path: Path, key: str) -> None:
    lines = [json.dumps({"id": "a", "text": "One.", key: f"a{bad}b"}) for bad in ("\x00", "\ud800")]
    articles, problems = one(tmp_path / "f.jsonl", "\n".join(lines).encode())
    assert articles == []
    assert [problem.line for problem in problems] == [1, 2]
    assert all("surrogate" in problem.message for problem in problems)


def test_control_characters_are_spaces_so_that_offsets_stay(tmp_path: Path) -> None:
    (article,), (problem,) = one(tmp_path / "a.txt", b"Page one." + b" x" * 50 + b"\x0cPage two.")
    assert article.text.endswith("x Page two.")
    assert problem.severity is Severity.WARNING


def test_utf_16_is_named(tmp_path: Path) -> None:
    _, (problem,) = one(tmp_path / "a.txt", "Two died.".encode("utf-16"))
    assert "UTF-16" in problem.message


def test_doubled_id_names_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("One.")
    (tmp_path / "b.jsonl").write_text(json.dumps({"id": "a", "text": "One."}))
    (article,), (problem,) = split(list(read([str(tmp_path)], CONFIG)))
    assert article.id == "a"
    assert (problem.path, problem.line) == (str(tmp_path / "b.jsonl"), 1)


def test_folder_links_are_followed_once(tmp_path: Path) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    (outside / "a.txt").write_text("One.")
    (inside / "loop").symlink_to(inside)
    (inside / "once").symlink_to(outside)
    (inside / "twice").symlink_to(outside)
    articles, problems = split(list(read([str(inside)], CONFIG)))
    assert [article.id for article in articles] == ["a"]
    assert problems == []


def test_dangling_link_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone")
    _, problems = split(list(read([str(tmp_path)], CONFIG)))
    assert "cannot be read" in problems[0].message


def test_other_endings_are_said_once_each(tmp_path: Path) -> None:
    for name in ("a.txt", "b.pdf", "c.pdf", "d.PDF", "README"):
        (tmp_path / name).write_text(name)
    articles, problems = split(list(read([str(tmp_path)], CONFIG)))
    assert [article.id for article in articles] == ["a"]
    assert [Path(problem.path).name for problem in problems] == ["README", "b.pdf"]


def test_file_name_that_is_not_utf_8(tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path / "a") + b"\xff.txt")
    try:
        Path(path).write_text("One.")
    except OSError:
        pytest.skip("this file system refuses such names")
    (article,), _ = split(list(read([path], CONFIG)))
    assert article.id.encode()


class Endless(io.RawIOBase):
    """A file of many records that counts what was asked of it."""

    def __init__(self) -> None:
        self.given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        line = b'{"id":"%d","text":"One."}\n' % self.given
        self.given += 1
        memoryview(buffer)[: len(line)] = line
        return len(line)


def test_lines_are_read_one_at_a_time() -> None:
    endless = Endless()
    found = read(["-"], CONFIG, io.BufferedReader(endless, buffer_size=64))
    assert [getattr(next(found), "id", None) for _ in range(3)] == ["0", "1", "2"]
    assert endless.given < 10


@given(st.binary(max_size=300))
def test_no_bytes_raise(data: bytes) -> None:
    for stdin in (data, b"{" + data, b'{"text":"' + data + b'"}'):
        for item in read(["-"], CONFIG, io.BytesIO(stdin)):
            assert isinstance(item, Article | Problem)


@pytest.mark.parametrize("line", [b"date 14.05.2024", b"Date: 2024-05-14", b"DATE: May 14, 2024"])
def test_a_line_like_a_head_is_told_of(tmp_path: Path, line: bytes) -> None:
    (article,), (problem,) = one(tmp_path / "a.txt", line + b"\nTwo died.")
    assert (article.published, problem.severity) == (None, Severity.WARNING)
    assert "`date 2024-05-14`" in problem.message


def test_words_about_a_date_are_text(tmp_path: Path) -> None:
    (_,), problems = one(
        tmp_path / "a.txt",
        b"Date palms burned in 3 villages on Monday, farmers near the river told reporters.\nTwo died.",
    )
    assert problems == []
