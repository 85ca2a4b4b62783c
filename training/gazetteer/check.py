"""Compares the identifiers in the built tables and in `choices.toml` with the raw rows: `python training/gazetteer/check.py RAW_DIR`.

Exits with 1 when one stands in no raw row.
"""

import re
import sys
from pathlib import Path

from kg.gazetteer import GEONAMES, WIKIDATA, load_gazetteer

_ITEM = re.compile(r"\bQ[1-9]\d{0,9}\b")
_NUMBER = re.compile(r"\b[1-9]\d{0,9}\b")


def unknown(raw: Path) -> list[str]:
    """Return the identifiers that no raw row gives, sorted."""
    text = "".join(
        path.read_text(encoding="utf-8") for path in sorted(raw.iterdir()) if path.suffix in {".tsv", ".jsonl"}
    )
    items, numbers = set(_ITEM.findall(text)), set(_NUMBER.findall(text))
    targets = {iri for entry in load_gazetteer() for iri in (entry.target, entry.acts_for) if iri is not None}
    used = {iri.removeprefix(WIKIDATA) for iri in targets if iri.startswith(WIKIDATA)}
    used |= set(_ITEM.findall(Path(__file__).with_name("choices.toml").read_text(encoding="utf-8")))
    places = {iri.removeprefix(GEONAMES).rstrip("/") for iri in targets if iri.startswith(GEONAMES)}
    return sorted((used - items) | {f"gn:{number}" for number in places - numbers})


if __name__ == "__main__":
    missing = unknown(Path(sys.argv[1]))
    print(*missing, f"{len(missing)} identifiers without a raw row", sep="\n")
    sys.exit(bool(missing))
