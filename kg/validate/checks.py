"""The SPARQL checks: one `queries/checks/NAME.rq` for each rule of the graph contract."""

import re
from enum import StrEnum
from pathlib import Path

import msgspec

from kg import resources
from kg.errors import QueryError
from kg.store.header import entries
from kg.vocab import NAMESPACE, Vocab, load_vocab


class Severity(StrEnum):
    """How bad a finding is: a graph with a violation breaks the contract."""

    VIOLATION = "violation"
    WARNING = "warning"


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """One rule. `text` is a SELECT query whose rows (`?focus`, `?detail`) break it; `message` tells what is wrong."""

    name: str
    summary: str
    severity: Severity
    message: str
    text: str


_PAIRS = re.compile(r"(VALUES \(\?leaf \?parent\) \{)[^{}]*(\})")


def checks(folder: Path | None = None, vocab: Vocab | None = None) -> tuple[Check, ...]:
    """Return all checks in the order of their names.

    Args:
        folder: where the `.rq` files are; the ones that ship with the program by default.
        vocab: the ontology that tells which event classes exist; the one that ships with the program by default.

    Raises:
        QueryError: a header is incomplete.
    """
    known = vocab or load_vocab()
    files = sorted((folder or resources.folder("queries") / "checks").glob("*.rq"))
    return tuple(_read(path, known) for path in files)


def _read(path: Path, vocab: Vocab) -> Check:
    text = path.read_text("utf-8")
    lines = {line.key: line for line in entries(path.stem, text)}
    missing = [key for key in ("summary", "severity", "message") if key not in lines]
    if missing or lines["severity"].text not in set(Severity):
        msg = (
            f"check {path.stem}: the header needs `#+ summary:`, `#+ message:` and `#+ severity:` violation or warning"
        )
        raise QueryError(msg)
    if "fill" in lines:
        pairs = " ".join(f"(<{NAMESPACE}{leaf}> <{NAMESPACE}{parent}>)" for leaf, parent in vocab.parents.items())
        text = _PAIRS.sub(lambda found: f"{found[1]} {pairs} {found[2]}", text)
    return Check(
        name=path.stem,
        summary=lines["summary"].text,
        severity=Severity(lines["severity"].text),
        message=lines["message"].text,
        text=text,
    )
