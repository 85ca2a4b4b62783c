"""Makes `seeds/invented.jsonl` and `training/held_out.txt` from the written training texts.

    python training/make_seeds.py WRITTEN_DIR

Takes 40 texts with events, casualties and speech that share places, in a fixed order of preference; their mark-up is
left out. They ship as samples, marked as invented, so training leaves them out (`held_out.txt`). Deterministic.
"""

import collections
import json
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import NamedTuple

SAMPLES = 40
PUBLISHER = "conflict-kg samples"
ROOT = Path(__file__).resolve().parent.parent
BLOCKS = {"p"}


class Text(NamedTuple):
    """One written text: identifier, day, headline, body, the places named, how many events, tolls and cues it has."""

    id: str
    published: str
    title: str
    body: str
    places: frozenset[str]
    richness: int


def read_texts(folder: Path) -> list[Text]:
    """Return the texts of all XML files in `folder`."""
    found = []
    for path in sorted(folder.glob("*.xml")):
        source = path.read_text(encoding="utf-8")
        root = ET.fromstring(f"<all>{source}</all>")  # noqa: S314 - our own training data
        found += [read_text(doc) for doc in root.iter("doc")]
    return found


def read_text(doc: ET.Element) -> Text:
    """Return one text without its mark-up: the headline and the paragraphs, one a line."""
    paragraphs = [" ".join("".join(block.itertext()).split()) for block in doc if block.tag in BLOCKS]
    head = [doc.text or ""]
    for child in doc:
        if child.tag in BLOCKS:
            break
        head += [*child.itertext(), child.tail or ""]
    events = {element.get("e") for element in doc.iter("T")}
    tolls, cues = sum(1 for _ in doc.iter("N")), sum(1 for _ in doc.iter("Q"))
    return Text(
        id=doc.get("id", ""),
        published=doc.get("published", ""),
        title=" ".join("".join(head).split()),
        body="\n".join(part for part in paragraphs if part),
        places=frozenset("".join(element.itertext()) for element in doc.iter("LOC")),
        richness=min(len(events), 4) + min(tolls, 4) + min(cues, 4) if events else 0,
    )


def choose(texts: list[Text]) -> list[Text]:
    """Return the samples: those rich in facts whose places many other rich texts name too."""
    rich = [text for text in texts if text.richness >= 7 and text.body]
    common = collections.Counter(place for text in rich for place in text.places)
    order = sorted(rich, key=lambda text: (-sum(common[place] > 3 for place in text.places), -text.richness, text.id))
    return sorted(order[:SAMPLES], key=lambda text: text.id)


def main(folder: Path) -> None:
    """Write the samples and the list of what training leaves out."""
    samples = choose(read_texts(folder))
    records = [
        {"id": f"invented-{text.id.lower()}", "published": text.published, "title": text.title or None, "text": text.body, "publisher": PUBLISHER, "invented": True}
        for text in samples
    ]
    lines = [json.dumps({key: value for key, value in record.items() if value is not None}, ensure_ascii=False) for record in records]
    (ROOT / "seeds" / "invented.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    held_out = ["# Written texts that ship as samples in seeds/invented.jsonl, so training leaves them out.", *(text.id for text in samples)]
    (ROOT / "training" / "held_out.txt").write_text("\n".join(held_out) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
