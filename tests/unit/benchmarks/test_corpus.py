"""The invented corpus: the same for the same seed, sound records, known truth."""

from collections import Counter
from itertools import islice
from pathlib import Path

import msgspec
import pytest

from benchmarks.corpus import generate, write
from benchmarks.invent.reports import Report
from kg.records import Article


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    return list(islice(generate(), 300))


def test_one_seed_makes_one_corpus_and_another_seed_another(reports: list[Report]) -> None:
    assert list(islice(generate(), 50)) == reports[:50]
    assert list(islice(generate(seed=1), 50)) != reports[:50]


def test_the_records_keep_their_contract_and_are_marked_as_invented(reports: list[Report]) -> None:
    for report in reports:
        assert not list(report.extraction.problems())
        assert report.extraction.article.invented


def test_the_truth_points_at_the_trigger_of_each_event(reports: list[Report]) -> None:
    for report in reports:
        triggers = [(event.trigger.start, event.trigger.end) for event in report.extraction.events]
        assert triggers == [(told.start, told.end) for told in report.told]


def test_stories_are_shared_and_copies_say_the_same(reports: list[Report]) -> None:
    stories = Counter(told.story for report in reports for told in report.told)
    assert max(stories.values()) > 3
    texts: dict[str, str] = {}
    copies = 0
    for report in reports:
        text = report.extraction.article.text
        original = texts.setdefault(report.wire, text)
        copies += original is not text
        assert text.split(". ")[:2] == original.split(". ")[:2]
    assert copies > 10


def test_the_files_belong_together(tmp_path: Path) -> None:
    write(tmp_path, 20)
    lines = {name: (tmp_path / f"{name}.jsonl").read_bytes().splitlines() for name in ("articles", "truth")}
    articles = [msgspec.json.decode(line, type=Article) for line in lines["articles"]]
    assert [article.id for article in articles] == [msgspec.json.decode(line)["id"] for line in lines["truth"]]
    assert len((tmp_path / "extractions.jsonl").read_bytes().splitlines()) == 20
