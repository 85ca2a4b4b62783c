"""Runs of any size: the same bytes in memory, in parts, with any cut, any number of workers and after any stop."""

import json
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import msgspec
import pyoxigraph as ox
import pytest

from benchmarks.corpus import generate
from kg.config import Config, MergeConfig, RunConfig
from kg.errors import InputError
from kg.rdf.canonical import canonical
from kg.rdf.namespaces import ckg
from kg.rdf.serialise import FORMATS
from kg.records import Extraction
from kg.run import make as making
from kg.run import waves
from kg.run.build import Options
from kg.run.engines.local import Here
from kg.run.folder import Folder
from kg.run.job import Done, Setup
from kg.run.make import Labour, Outputs, Request, Told, make
from kg.run.sources import Kind, Source
from kg.run.tools import Tools, load_tools
from tests.samples import EXTRACTION

CUT = RunConfig(small=1, records=2, partitions=3)


def tools(run: RunConfig = CUT) -> Tools:
    """Return the tools of a run that is cut in this way."""
    return load_tools(Config(run=run))


def records(count: int, first: int = 0) -> list[Extraction]:
    """Return the sample again and again, as articles of different words and publishers."""
    return [
        msgspec.structs.replace(
            EXTRACTION,
            article=msgspec.structs.replace(
                EXTRACTION.article,
                id=f"a{number}",
                text=f"{EXTRACTION.article.text} {number}",
                publisher=("Example Wire", "The Example Wire", "Other Wire")[number % 3],
            ),
        )
        for number in range(first, first + count)
    ]


def news(count: int) -> list[Extraction]:
    """Return invented news, of which many tell of the same events, some in the same words."""
    return [report.extraction for report in islice(generate(seed=3), count)]


def write(path: Path, found: list[Extraction]) -> Path:
    path.write_bytes(b"".join(msgspec.json.encode(one) + b"\n" for one in found))
    return path


def request(source: Path, labour: Labour | None = None, options: Options | None = None, **outputs: object) -> Request:
    form = FORMATS["nquads"]
    return Request(
        sources=(Source(kind=Kind.RECORDS, paths=(str(source),)),),
        options=options or Options(),
        outputs=Outputs(form=outputs.pop("form", form), **outputs),  # type: ignore[arg-type]
        labour=labour or Labour(),
    )


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write(tmp_path / "in.jsonl", records(9))


IN_MEMORY = RunConfig(small=1000)


@pytest.mark.parametrize("form", FORMATS.values(), ids=list(FORMATS))
def test_parts_make_the_file_that_memory_makes(source: Path, tmp_path: Path, form: object) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    first = make(request(source, file=one, form=form), tools=tools(IN_MEMORY), told=Told())
    second = make(request(source, file=other, form=form), tools=tools(), told=Told())
    assert one.read_bytes() == other.read_bytes()
    assert first == second


@pytest.mark.parametrize("options", [Options(), Options(named_graphs=True), Options(merge=False)])
def test_events_of_several_articles_are_one_in_parts_too(tmp_path: Path, options: Options) -> None:
    source = write(tmp_path / "in.jsonl", news(60))
    one, other = tmp_path / "one", tmp_path / "other"
    whole = make(request(source, file=one, options=options), tools=tools(IN_MEMORY), told=Told())
    cut = make(request(source, file=other, options=options), tools=tools(), told=Told())
    assert one.read_bytes() == other.read_bytes()
    assert whole == cut
    assert (b"#mergedBecause" in one.read_bytes()) is options.merge
    assert (b"#copyOf" in one.read_bytes()) is options.merge


def test_what_the_user_decides_of_events_holds_in_parts_too(tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", news(40))
    make(request(source, file=tmp_path / "before"), tools=tools(IN_MEMORY), told=Told())
    triples = list(ox.parse(path=tmp_path / "before", format=ox.RdfFormat.N_QUADS))
    joined = sorted((quad.subject.value, quad.object.value) for quad in triples if quad.predicate == ckg("replaces"))  # type: ignore[union-attr]
    events = [(one, other) for one, other in joined if "/event/" in one]
    heads = sorted({one for one, _ in events})
    table = tmp_path / "pairs.tsv"
    table.write_text(f"split\t{events[0][0]}\t{events[0][1]}\nkeep\t{heads[0]}\t{heads[-1]}\n")
    for name, run in (("one", IN_MEMORY), ("other", CUT)):
        decided = load_tools(Config(run=run, merge=MergeConfig(overrides=str(table))))
        make(request(source, file=tmp_path / name), tools=decided, told=Told())
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()
    assert b"the overrides say so" in (tmp_path / "one").read_bytes()


def test_nothing_is_left_beside_the_output(source: Path, tmp_path: Path) -> None:
    make(request(source, file=tmp_path / "out.nq", records=tmp_path / "r"), tools=tools(), told=Told())
    assert {path.name for path in tmp_path.iterdir()} == {"in.jsonl", "out.nq", "r"}
    assert (tmp_path / "r").read_bytes() == source.read_bytes()


def test_a_folder_gets_sorted_parts_and_no_others(source: Path, tmp_path: Path) -> None:
    folder = tmp_path / "parts"
    folder.mkdir()
    (folder / "part-000099.nq").write_text("old")
    make(request(source, parts=Folder(str(folder))), tools=tools(), told=Told())
    names = sorted(path.name for path in folder.iterdir())
    assert names == [f"part-{number:06}.nq" for number in range(5 + 3)]
    make(request(source, file=tmp_path / "one"), tools=tools(IN_MEMORY), told=Told())
    quads = [quad for name in names for quad in ox.parse(path=folder / name)]
    assert canonical(quads) == canonical(ox.parse(path=tmp_path / "one", format=ox.RdfFormat.N_QUADS))


def test_parts_in_storage_of_another_kind(source: Path) -> None:
    target = Folder("memory://bucket/parts")
    make(request(source, parts=target), tools=tools(), told=Told())
    assert len(target.names()) == 5 + 3
    assert Folder("memory://bucket/parts/.work").names() == []


def test_more_parts_than_files_may_be_open(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(request(source, file=tmp_path / "one"), tools=tools(IN_MEMORY), told=Told())
    monkeypatch.setattr("kg.run.finish._OPEN", 2)
    make(request(source, file=tmp_path / "other"), tools=tools(), told=Told())
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


class StoppedError(Exception):
    """Stands for a kill."""


class Stopping(Here):
    """An engine that is stopped after some jobs."""

    def __init__(self, jobs: int) -> None:
        self._left = jobs

    def map(self, work: Callable[[object], object], jobs: object) -> object:  # type: ignore[override]
        for job in jobs:  # type: ignore[attr-defined]
            if self._left == 0:
                raise StoppedError
            self._left -= 1
            yield work(job)


@pytest.mark.parametrize("jobs", [0, 1, 4, 6, 7, 8, 9, 11, 14, 16])
def test_a_stopped_run_goes_on_to_the_same_bytes(
    source: Path, tmp_path: Path, jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(request(source, file=tmp_path / "whole"), tools=tools(), told=Told())
    out = tmp_path / "out"
    with monkeypatch.context() as patch:
        patch.setattr(making, "open_engine", lambda *_, **__: Stopping(jobs))
        with pytest.raises(StoppedError):
            make(request(source, file=out), tools=tools(), told=Told())
    assert not out.exists()
    assert len(Folder(str(tmp_path / ".out.work" / "done")).names()) == jobs
    make(request(source, file=out, labour=Labour(resume=True)), tools=tools(), told=Told())
    assert out.read_bytes() == (tmp_path / "whole").read_bytes()
    assert not (tmp_path / ".out.work").exists()


def test_done_jobs_are_not_done_again(tmp_path: Path) -> None:
    work = Folder(str(tmp_path / "work"))
    with work.sub("done").write("reading-000000.json") as file:
        file.write(msgspec.json.encode(Done(number=0, articles=7)))

    def never(setup: Setup, number: int) -> Done:
        raise AssertionError((setup, number))

    setup = Setup(work=work, config=Config(), options=Options())
    (done,) = waves._wave("reading", never, setup, [1], Here(), Told().watch)
    assert done.articles == 7


def test_other_work_is_not_gone_on_with(source: Path, tmp_path: Path) -> None:
    labour = Labour(resume=True, work=Folder(str(tmp_path / "work")))
    waves.begin(labour.work, b"{}", b"null", resume=False)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="other input, options or version"):
        make(request(source, file=tmp_path / "out", labour=labour), tools=tools(), told=Told())


def test_two_runs_do_not_share_a_folder(source: Path, tmp_path: Path) -> None:
    (tmp_path / ".out.work").mkdir()
    with making._locked(tmp_path / ".out.work"), pytest.raises(InputError, match="another run"):
        make(request(source, file=tmp_path / "out"), tools=tools(), told=Told())


def test_problems_are_told_in_parts_too_and_again_when_resumed(tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", records(5))
    with source.open("a") as file:
        file.write('{"no": "record"}\n')
        file.write(msgspec.json.encode(records(1)[0]).decode() + "\n")
    for run in (IN_MEMORY, CUT):
        told: list[str] = []
        counts = make(request(source, file=tmp_path / "out"), tools=tools(run), told=Told(report=told.append))
        assert (counts.articles, counts.problems) == (5, 2)
        assert [problem.partition(": ")[0] for problem in told] == [f"{source}:6", f"{source}:7"]


def test_nothing_usable_writes_nothing(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text("{}\n")
    (tmp_path / "out").write_text("old")
    for labour in (Labour(), Labour(work=Folder(str(tmp_path / "work")))):
        with pytest.raises(InputError, match="nothing was written"):
            make(request(source, file=tmp_path / "out", labour=labour), tools=tools(), told=Told())
    assert (tmp_path / "out").read_text() == "old"


@pytest.mark.parametrize("run", [IN_MEMORY, CUT], ids=["memory", "parts"])
def test_adding_to_a_store_is_building_at_once(tmp_path: Path, run: RunConfig) -> None:
    first, second = write(tmp_path / "1.jsonl", records(4)), write(tmp_path / "2.jsonl", records(6, first=3))
    both = write(tmp_path / "all.jsonl", records(9))
    store = tmp_path / "store"
    make(request(first, store=store), tools=tools(run), told=Told())
    make(request(second, store=store, file=tmp_path / "added"), tools=tools(run), told=Told())
    make(request(both, store=tmp_path / "batch", file=tmp_path / "at-once"), tools=tools(run), told=Told())
    assert (tmp_path / "added").read_bytes() == (tmp_path / "at-once").read_bytes()
    assert canonical(ox.Store.read_only(str(store))) == canonical(ox.Store.read_only(str(tmp_path / "batch")))
    kept = [path / "kg" / "extractions.jsonl.gz" for path in (store, tmp_path / "batch")]
    assert kept[0].read_bytes() == kept[1].read_bytes()


def test_the_manifest_tells_all_and_is_the_same_again(source: Path, tmp_path: Path) -> None:
    path = tmp_path / "manifest.json"
    make(request(source, file=tmp_path / "out", manifest=path), tools=tools(), told=Told())
    first = path.read_bytes()
    told = json.loads(first)
    assert told["plan"]["inputs"][0]["path"] == str(source)
    assert len(told["plan"]["inputs"][0]["sha256"]) == 64
    assert told["counts"] == {"articles": 9, "events": 1, "claims": 18, "problems": 0}
    assert [output["path"] for output in told["outputs"]] == [str(tmp_path / "out")]
    assert told["time"] is None
    make(request(source, file=tmp_path / "out", manifest=path), tools=tools(), told=Told())
    assert path.read_bytes() == first
