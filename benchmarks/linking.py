"""Linking against what is known: `python -m benchmarks.linking SHARED_DIR`.

SHARED_DIR holds `gold/dev`, `gazetteer` and `corpora/gum`. Prints, each beside its floor:

1. dev gold: of the events found with their place, those whose country is right; of the names in `verified_qids.tsv`,
   those linked to their item or to nothing; of the links that gold can judge, by country or verified item, the right ones
   (the threshold of `LinkConfig` was set by this);
2. GUM's Wikipedia links in its dev documents, places and international bodies: precision and recall;
3. mentions linked a second of CPU on one core, after loading, and the memory of a process that does only this;
4. the time that opening the gazetteer takes.

Exit status: 0 nothing is below its floor, 1 something is.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from benchmarks import gum
from kg.config import LinkConfig
from kg.evaluate import news_file, read_gold
from kg.evaluate.align import align_events, same_place
from kg.evaluate.predicted import read_predictions
from kg.gazetteer import WIKIDATA, Gazetteer, fold, load_gazetteer
from kg.link import link
from kg.records import EntityKind, Extraction, LinkedExtraction, Outcome
from kg.run.build import Options, build
from kg.run.extract import extract
from kg.vocab import Vocab, load_vocab

FLOORS = {
    "dev country of places found": 0.95,
    "dev verified names": 1.0,
    "dev link precision": 0.95,
    "gum precision": 0.9,
    "mentions a second": 20_000.0,
}
CEILINGS = {"memory in MB": 80.0, "opening in ms": 50.0}


class Share(msgspec.Struct, frozen=True):
    """How many of how many."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        """From 0 to 1; 1 of nothing."""
        return self.part / self.whole if self.whole else 1.0

    def __str__(self) -> str:
        return f"{self.value:.3f} ({self.part} of {self.whole})"


def share(judged: Iterable[bool]) -> Share:
    """Return how many are true."""
    found = list(judged)
    return Share(sum(found), len(found))


def countries(gold: Path, vocab: Vocab) -> Iterator[bool]:
    """Yield, for each gold event with a country that is found with its place, whether its country is right."""
    predictions = read_predictions(build(news_file(gold), options=Options(merge=False)).to_store(), vocab)
    for document in read_gold(gold, vocab):
        for known, found in align_events(document, predictions[document.doc], vocab.parents):
            if known and found and known.place and known.place.country and same_place(known, found):
                yield known.place.country in found.countries


def verified(raw: Path) -> dict[tuple[EntityKind, str], str]:
    """Return kind and folded name → item of the names that were checked by hand."""
    kinds = {"person": EntityKind.PERSON, "org": EntityKind.ORGANISATION, "igo": EntityKind.ORGANISATION}
    kinds |= {"weapon": EntityKind.WEAPON, **dict.fromkeys(("city", "adm1", "country"), EntityKind.PLACE)}
    rows = (line.split("\t") for line in (raw / "verified_qids.tsv").read_text(encoding="utf-8").splitlines())
    return {(kinds[row[2]], fold(row[1])): WIKIDATA + row[0] for row in rows if row[2] in kinds}


def judge(linked: Iterable[LinkedExtraction], known: dict[tuple[EntityKind, str], str]) -> Iterator[bool]:
    """Yield, for each entity with a verified name, whether it is linked to that item or to nothing."""
    for one in linked:
        entities = {entity.id: entity for entity in one.extraction.entities}
        for decision in one.links:
            entity = entities[decision.entity]
            item = known.get((entity.kind, fold(entity.name)))
            if item is not None:
                yield decision.target in {item, None}


def judge_countries(linked: Iterable[LinkedExtraction], gold: Path, vocab: Vocab) -> Iterator[bool]:
    """Yield, for each linked place that the gold names as the place of an event, whether it lies in that country."""
    places = {
        (document.doc, fold(event.place.name)): event.place.country
        for document in read_gold(gold, vocab)
        for event in document.events
        if event.place and event.place.country
    }
    for one in linked:
        entities = {entity.id: entity for entity in one.extraction.entities}
        for decision in one.links:
            country = places.get((one.extraction.article.id, fold(entities[decision.entity].name)))
            if country is not None and decision.chosen is not None:
                yield decision.chosen.country == country


def gum_shares(documents: Sequence[gum.Linked], gazetteer: Gazetteer) -> tuple[Share, Share]:
    """Return precision and recall on the places and international bodies of documents with GUM's names given.

    Links to GeoNames are left out of precision: GUM cannot judge them.
    """
    bodies = {entry.target for entry in gazetteer if entry.type == "international"}
    precise: list[bool] = []
    recalled: list[bool] = []
    for document in documents:
        kinds = {entity.id: entity.kind for entity in document.extraction.entities}
        for decision in link(document.extraction, gazetteer, LinkConfig()).links:
            if decision.entity not in document.items:
                continue
            item, kind = WIKIDATA + document.items[decision.entity], kinds[decision.entity]
            found = decision.target if (decision.target or "").startswith(WIKIDATA) else None
            if kind is EntityKind.PLACE or (kind is EntityKind.ORGANISATION and {item, found} & bodies):
                recalled.append(found == item)
                precise += [found == item] if decision.outcome is Outcome.LINKED and found else []
    return share(precise), share(recalled)


def measure(extractions: Iterable[Extraction]) -> dict[str, float]:
    """Return what `linking_speed.py` measures in a process of its own."""
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as file:
        file.write(b"".join(msgspec.json.encode(one) + b"\n" for one in extractions))
        file.flush()
        command = [sys.executable, str(Path(__file__).with_name("linking_speed.py")), file.name]
        done = subprocess.run(command, check=True, capture_output=True)
    return msgspec.json.decode(done.stdout, type=dict[str, float])


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure all and compare with the floors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, metavar="SHARED_DIR")
    given = parser.parse_args(arguments)
    gold, vocab, gazetteer = given.shared / "gold" / "dev", load_vocab(), load_gazetteer()
    extractions = list(extract(news_file(gold)))
    linked = [link(one, gazetteer, LinkConfig()) for one in extractions]
    known = verified(given.shared / "gazetteer")
    checked = list(judge(linked, known))
    shares = {
        "dev country of places found": share(countries(gold, vocab)),
        "dev verified names": share(checked),
        "dev link precision": share([*checked, *judge_countries(linked, gold, vocab)]),
    }
    folder = given.shared / "corpora" / "gum"
    dev = gum.dev_documents(folder)
    shares["gum precision"], shares["gum recall"] = gum_shares(list(gum.documents(folder, dev)), gazetteer)
    shares["gum precision, all documents"], shares["gum recall, all documents"] = gum_shares(
        list(gum.documents(folder)), gazetteer
    )
    return report(shares, measure(extractions))


def report(shares: dict[str, Share], measured: dict[str, float]) -> int:
    """Print everything beside its floor; return the exit status."""
    failed = False
    for name, value in {**shares, **measured}.items():
        number = value.value if isinstance(value, Share) else value
        bad = number < FLOORS.get(name, 0.0) or number > CEILINGS.get(name, number)
        limit = (
            f"floor {FLOORS[name]:,}" if name in FLOORS else f"at most {CEILINGS[name]:,}" if name in CEILINGS else ""
        )
        print(
            f"{name:30} {str(value) if isinstance(value, Share) else f'{value:,.1f}':>22} {limit}{' FAILED' if bad else ''}"
        )
        failed |= bad
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
