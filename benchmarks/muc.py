"""Role fillers on MUC-4: `python -m benchmarks.muc CORPORA/muc4 [--part dev]`.

The task (role-filler entity extraction) and the metric CEAF-REE are those of Du, Rush and Cardie 2021, "GRIT: Generative
Role-filler Transformers for Document-level Event Entity Extraction": for each document and role, predicted entities are
aligned one to one with gold entities so that the similarities add up to most. The similarity of two entities is 1 when
all mentions of the predicted one are mentions of the gold one, else 0. Precision is the sum of similarities divided by the
number of predicted entities, recall that divided by the number of gold entities; micro-averaged over documents, and over
roles for the total. As in the scorer that they released, mentions are compared in lower case without punctuation, articles
and needless space, each role is aligned by itself, and gold entities without mentions are left out.

With similarities of 0 and 1 the best alignment is a maximum matching, which Kuhn's augmenting paths find exactly.

Two things are scored: the fillers that the language model marks (`doc.spans["fillers"]`, learnt from MUC-4's training part),
and the participants of the events that the extractor makes of everything it sees.

Assumptions: a predicted entity is a single phrase or name, as its document writes it, for a subset of more mentions is only
harder; events that the text denies, plans or only imagines give no fillers, nor do types of event that MUC-4 does not ask
for (`INCIDENTS`).
"""

import argparse
import string
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from spacy.tokens import Doc

from kg import nlp
from kg.extract import extract
from kg.gazetteer import load_gazetteer
from kg.records import Article, EntityKind, Extraction, Role, Status
from kg.vocab import Vocab, load_vocab
from training.model.corpora import muc4_records

ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
INCIDENTS = frozenset({"RemoteViolence", "DirectViolence"})
"""Families of events that MUC-4 templates are about; fighting between armed sides is none of its incidents."""
UNREAL = frozenset({Status.DENIED, Status.PLANNED, Status.HYPOTHETICAL})
ARTICLES = frozenset({"a", "an", "the"})

Entities = Sequence[set[str]]
"""Each entity as the set of its mentions."""


class Document(NamedTuple):
    """One text with its gold entities by role."""

    name: str
    text: str
    entities: Mapping[str, Entities]


class Counts(NamedTuple):
    """Similarity of aligned entities, predicted entities, gold entities; one role or all."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    def plus(self, other: "Counts") -> "Counts":
        """Return the sums."""
        return Counts(*(one + more for one, more in zip(self, other, strict=True)))

    def __str__(self) -> str:
        precision, recall = self.right / max(self.predicted, 1), self.right / max(self.gold, 1)
        f1 = 2 * self.right / max(self.predicted + self.gold, 1)
        return f"p {precision:.3f} r {recall:.3f} f1 {f1:.3f} right {self.right} predicted {self.predicted} gold {self.gold}"


def normalise(mention: str) -> str:
    """Return a mention as mentions are compared.

    >>> normalise('The  "Santo Tomas" farm')
    'santo tomas farm'
    """
    plain = mention.lower().translate(str.maketrans("", "", string.punctuation))
    return " ".join(word for word in plain.split() if word not in ARTICLES)


def similar(predicted: set[str], gold: set[str]) -> bool:
    """Tell whether all mentions of the predicted entity are mentions of the gold entity."""
    return {normalise(one) for one in predicted} <= {normalise(one) for one in gold}


def matching(edges: Sequence[Sequence[int]]) -> int:
    """Return the size of the largest one-to-one matching.

    Args:
        edges: for each item on the left the numbers of the items on the right that it may be matched with.

    >>> matching([[0, 1], [0]])
    2
    """
    partner: dict[int, int] = {}

    def place(left: int, tried: set[int]) -> bool:
        for right in edges[left]:
            if right not in tried:
                tried.add(right)
                if right not in partner or place(partner[right], tried):
                    partner[right] = left
                    return True
        return False

    return sum(place(left, set()) for left in range(len(edges)))


def ceaf_ree(predicted: Entities, gold: Entities) -> Counts:
    """Return the counts of one role in one document."""
    edges = [[number for number, wanted in enumerate(gold) if similar(found, wanted)] for found in predicted]
    return Counts(matching(edges), len(predicted), len(gold))


def score(pairs: Iterable[tuple[Mapping[str, Entities], Mapping[str, Entities]]]) -> dict[str, Counts]:
    """Return the counts of each role and of "total" over (predicted, gold) pairs of documents."""
    counts = dict.fromkeys(ROLES, Counts())
    for predicted, gold in pairs:
        for role in ROLES:
            counts[role] = counts[role].plus(ceaf_ree(predicted.get(role, ()), gold.get(role, ())))
    total = Counts()
    for one in counts.values():
        total = total.plus(one)
    return counts | {"total": total}


def fillers(extraction: Extraction, vocab: Vocab) -> dict[str, list[set[str]]]:
    """Return the entities that fill each role anywhere in a document, each with its mention.

    A perpetrator is a PerpOrg when it is a named organisation or place (a government), else a PerpInd; a target is a
    Victim when it is a person or its head noun stands for people, else a Target; groups of victims are Victims, unless
    their noun only counts ("lives").

    Args:
        extraction: what the document tells.
        vocab: knows families of event types and nouns for people.
    """
    text = extraction.article.text
    mentions = {one.id: one for one in extraction.mentions}
    named = {mention for entity in extraction.entities if entity.named for mention in entity.mentions}
    people, bare = people_nouns(vocab), frozenset(vocab.words["CountNouns"])
    found: dict[str, list[str]] = {role: [] for role in ROLES}
    for event in extraction.events:
        if event.status in UNREAL or vocab.parents[event.type] not in INCIDENTS:
            continue
        for one in event.participants:
            mention = mentions[one.mention]
            head = mention.head.of(text).lower()
            human = mention.kind is EntityKind.PERSON or not people.isdisjoint({head, head.removesuffix("s")})
            role = role_of(one.role, mention.kind, named=mention.id in named, human=human)
            found[role].append(mention.span.of(text))
        found["Victim"] += [one.group for one in event.casualties if one.group and one.group.lower() not in bare]
    return {role: distinct(phrases) for role, phrases in found.items()}


def read_fillers(doc: Doc) -> dict[str, list[set[str]]]:
    """Return the entities that the language model marks as fillers, each with its mention."""
    found: dict[str, list[str]] = {role: [] for role in ROLES}
    for span in doc.spans["fillers"]:
        found[span.label_].append(span.text)
    return {role: distinct(phrases) for role, phrases in found.items()}


def people_nouns(vocab: Vocab) -> frozenset[str]:
    """Return the nouns that stand for persons and groups of people."""
    lists = (*(vocab.words[name] for name in ("PersonNouns", "PersonTitles")), *vocab.categories.values())
    return frozenset(word for words in lists for word in words)


def role_of(role: Role, kind: EntityKind, *, named: bool, human: bool) -> str:
    """Return the role in MUC-4 of a participant of `kind`."""
    if role is Role.WEAPON:
        return "Weapon"
    if role is Role.PERPETRATOR:
        return "PerpOrg" if named and kind in {EntityKind.ORGANISATION, EntityKind.PLACE} else "PerpInd"
    return "Victim" if human else "Target"


def distinct(mentions: Iterable[str]) -> list[set[str]]:
    """Return each mention as an entity, those that compare equal once."""
    return [{mention} for mention in {normalise(one): one for one in mentions}.values()]


def read_documents(folder: Path, part: str) -> Iterator[Document]:
    """Yield the documents of one part of the corpus."""
    for record in muc4_records(folder, part):
        entities = {
            role: [{mention for mention, _ in entity} for entity in found if entity]
            for role, found in record["extracts"].items()
        }
        yield Document(record["docid"], record["doctext"], entities)


def main() -> None:
    """Read the command line, extract and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="CORPORA/muc4")
    parser.add_argument("--part", default="dev", help="ree_PART.json is read (default: dev)")
    given = parser.parse_args()
    documents = list(read_documents(given.folder, given.part))
    gold = {one.name: one.entities for one in documents}
    vocab = load_vocab()
    language = nlp.load(vocab, load_gazetteer())
    articles = [Article(id=one.name, text=one.text) for one in documents]
    read, told = [], []
    for article, doc in nlp.pipe(language, articles):
        read.append((read_fillers(doc), gold[article.id]))
        told.append((fillers(extract(article, doc, vocab), vocab), gold[article.id]))
    print(f"{len(documents)} documents")
    for title, pairs in (("what the language model marks", read), ("participants of the events extracted", told)):
        print(title)
        for role, counts in score(pairs).items():
            print(f"  {role:8} {counts}")


if __name__ == "__main__":
    main()
