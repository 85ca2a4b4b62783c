"""Makes `seeds/invented.jsonl` from the written training texts that `training/held_out.txt` names.

    python training/make_seeds.py FOLDER

FOLDER holds the texts with their mark-up (XML). The choice is made by hand: texts on shared places, with rival counts,
accusations and denials, so that queries and maps have something to show. They are the samples, without their mark-up
and marked as invented; training leaves them out.
"""

import json
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHOICE = ROOT / "training" / "held_out.txt"
SAMPLES = ROOT / "seeds" / "invented.jsonl"
PUBLISHER = "conflict-kg samples"


def read_choice(path: Path) -> list[str]:
    """Return the ids in `path`, one a line; lines that start with "#" are comments."""
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def read_texts(folder: Path) -> Iterator[ET.Element]:
    """Yield every marked-up text of the XML files in `folder`."""
    for path in sorted(folder.glob("*.xml")):
        yield from ET.fromstring(f"<all>{path.read_text(encoding='utf-8')}</all>").iter("doc")


def make_sample(doc: ET.Element) -> dict[str, str | bool]:
    """Return the record of one text: its first line, if any, is the title, each paragraph a line of the text."""
    head = [doc.text or ""]
    for child in doc:
        if child.tag == "p":
            break
        head += [*child.itertext(), child.tail or ""]
    title = _squeeze(head)
    sample: dict[str, str | bool] = {"id": f"invented-{doc.attrib['id'].lower()}", "published": doc.attrib["published"]}
    if title:
        sample["title"] = title
    sample["text"] = "\n".join(filter(None, (_squeeze(block.itertext()) for block in doc.iter("p"))))
    return sample | {"publisher": PUBLISHER, "invented": True}


def _squeeze(parts: Iterator[str] | list[str]) -> str:
    return " ".join("".join(parts).split())


def main(folder: Path) -> None:
    """Write the samples, in the order of the choice."""
    texts = {doc.attrib["id"]: doc for doc in read_texts(folder)}
    samples = [make_sample(texts[name]) for name in read_choice(CHOICE)]
    lines = [json.dumps(sample, ensure_ascii=False) + "\n" for sample in samples]
    SAMPLES.write_text("".join(lines), encoding="utf-8")
    print(f"{len(samples)} samples in {SAMPLES}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
