"""Sorted parts of any size become the file that the whole graph becomes."""

import io
from pathlib import Path
from random import Random

import pytest

from kg.rdf.ntriples import LABEL, TYPE, lines, parse, text, triple
from kg.rdf.serialise import FORMATS, serialise
from kg.run import finish
from kg.run.folder import Folder
from kg.run.jobs import line_key

PREDICATES = (TYPE, LABEL, "<http://purl.org/dc/terms/title>", "<urn:z>")


def quads(random: Random, graph: str) -> list[bytes]:
    """Return lines of few subjects, one of which has the most."""
    subjects = ["<urn:s1>"] * 20 + [f"<urn:s{number}>" for number in range(40)]
    return lines(
        (
            triple(random.choice(subjects), random.choice(PREDICATES), text(f"{random.randrange(300)} .\n\u2028"))
            for _ in range(400)
        ),
        graph,
    )


@pytest.mark.parametrize(
    ("form", "named_graphs"),
    [("nquads", False), ("nquads", True), ("ntriples", False), ("turtle", False), ("trig", True)],
)
def test_parts_are_merged(form: str, named_graphs: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finish, "_OPEN", 5)
    random, key = Random(1), line_key if named_graphs else None  # noqa: S311 - no secret
    names, every = [], []
    for number in range(12):
        part = sorted(set(quads(random, f"<urn:g{number % 3}>" if named_graphs else "")), key=key)
        (tmp_path / f"{number}.nq").write_bytes(b"".join(part))
        names.append(f"{number}.nq")
        every += part
    (tmp_path / "empty.nq").touch()
    file = io.BytesIO()
    finish.write_file(
        file, Folder(str(tmp_path)), [*names, "empty.nq"], FORMATS[form], {"x": "urn:"}, named_graphs=named_graphs
    )
    assert file.getvalue() == serialise(parse(every), FORMATS[form], prefixes={"x": "urn:"})
