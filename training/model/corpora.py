"""Reads the training corpora into `Document`s; CORPORA is the folder with one folder for each of them."""

import json
import re
import runpy
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from spacy.language import Language

from kg.nlp.sentences import sentence_starts
from kg.nlp.tokens import blank
from kg.records import EntityKind, Harm, Stance, Status
from training.model.document import Document, Span
from training.model.labels import script

_UNER = {"PER": EntityKind.PERSON.value, "ORG": EntityKind.ORGANISATION.value, "LOC": EntityKind.PLACE.value}
_WRITTEN = _UNER | {"WEA": EntityKind.WEAPON.value}
_GUM = {
    "person": EntityKind.PERSON.value,
    "organization": EntityKind.ORGANISATION.value,
    "place": EntityKind.PLACE.value,
}
_CROSSNER = {
    "politician": EntityKind.PERSON.value,
    "person": EntityKind.PERSON.value,
    "politicalparty": EntityKind.ORGANISATION.value,
    "organisation": EntityKind.ORGANISATION.value,
    "location": EntityKind.PLACE.value,
    "country": EntityKind.PLACE.value,
}
_STATUS = {status.value.lower(): status.value for status in Status}
_STANCE = {re.sub(r"(?<!^)(?=[A-Z])", "_", stance.value).lower(): stance.value for stance in Stance}
_HARM = {harm.value.lower(): harm.value for harm in Harm}
OWN = Path(__file__).parents[1] / "written"
"""More texts in the form of written/, none of them held out."""
EXCLUDED = Path(__file__).parents[1] / "excluded.txt"
_WRITTEN_SHARE, _RE3D_SHARE = 18, 3
"""One document in so many is kept; with the samples that makes a tenth of written/."""


def held_out(corpus: str, name: str, listed: frozenset[str] = frozenset()) -> bool:
    """Tell whether a document is kept for evaluation: the listed samples and a tenth of written/, a third of re3d."""
    if corpus == "written":
        return name in listed or zlib.crc32(name.encode()) % _WRITTEN_SHARE == 0
    return corpus == "re3d" and zlib.crc32(name.encode()) % _RE3D_SHARE == 0


def names(path: Path) -> frozenset[str]:
    """Return the documents listed in `training/held_out.txt` or `training/excluded.txt`."""
    return frozenset(line for line in path.read_text(encoding="utf-8").split("\n") if line and line[0] != "#")


def ud_ewt(corpora: Path, part: str) -> Iterator[Document]:
    """Yield UD English-EWT with the names of UNER; `part` is "train" or "dev"."""
    labels = dict(_uner(corpora / "uner_ewt" / f"{part}.iob2"))
    yield from _conllu(corpora / "ud_ewt" / f"{part}.conllu", "ud_ewt", lambda key, _: labels.get(key))


def gum(corpora: Path) -> Iterator[Document]:
    """Yield GUM with its proper names."""
    for path in sorted((corpora / "gum" / "dep").glob("*.conllu")):
        yield from _conllu(path, "gum", lambda _, lines: _gum_names(lines))


def wikigold(corpora: Path) -> Iterator[Document]:
    """Yield Wikigold, twenty sentences a document: its sentences follow each other."""
    kinds = {f"I-{short}": kind for short, kind in _UNER.items()}
    sentences = list(_columns(corpora / "wikigold" / "wikigold.conll.txt", " "))
    for start in range(0, len(sentences), 20):
        words: list[str] = []
        labels: list[str | None] = []
        starts: set[int] = set()
        for sentence in sentences[start : start + 20]:
            starts.add(len(words))
            before = ""
            for word, label in sentence:
                kind = kinds.get(label, "")
                words.append(word)
                labels.append(f"{'I' if kind == before else 'B'}-{kind}" if kind else "O")
                before = kind
        yield _bare(f"wikigold/{start // 20}", "wikigold", words, labels, starts)


def crossner(corpora: Path) -> Iterator[Document]:
    """Yield CrossNER politics, a sentence a document."""
    for part in ("train", "dev"):
        for number, sentence in enumerate(_columns(corpora / "crossner_politics" / f"{part}.txt", "\t")):
            labels: list[str | None] = []
            for _, label in sentence:
                mark, _, kind = label.partition("-")
                labels.append(f"{mark}-{_CROSSNER[kind]}" if kind in _CROSSNER else "O")
            words = [word for word, _ in sentence]
            yield _bare(f"crossner/{part}/{number}", "crossner_politics", words, labels, {0})


def re3d(corpora: Path) -> Iterator[Document]:
    """Yield re3d without the documents in `training/excluded.txt`; only its weapons and military platforms are used, other marked spans bear no label."""
    nlp = blank()
    excluded = names(EXCLUDED)
    for folder in sorted((corpora / "re3d").iterdir()):
        if not folder.is_dir():
            continue
        marked: dict[str, list[dict[str, str | int | float]]] = {}
        for line in (folder / "entities.json").read_text(encoding="utf-8").splitlines():
            entity = json.loads(line)
            marked.setdefault(entity["documentId"], []).append(entity)
        for line in (folder / "documents.json").read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            if record["_id"] not in excluded:
                yield _re3d(nlp, record["_id"], record["text"], marked.get(record["_id"], []))


def written(corpora: Path) -> Iterator[Document]:
    """Yield the texts of written/, with all their layers."""
    yield from _marked_up(corpora, corpora / "written", "written")


def own(corpora: Path) -> Iterator[Document]:
    """Yield the texts in training/written/, with all their layers."""
    yield from _marked_up(corpora, OWN, "own")


def _marked_up(corpora: Path, texts: Path, corpus: str) -> Iterator[Document]:
    load = runpy.run_path(str(corpora / "written" / "parse.py"))["load"]
    nlp = blank()
    for path in sorted(texts.glob("*.xml")):
        for record in load(str(path))[0]:
            yield _written(nlp, record, corpus)


def muc4(corpora: Path, part: str = "train") -> Iterator[Document]:
    """Yield MUC-4 with its role fillers; every mention of a filler's words is marked, the nearest there is to mentions in context."""
    nlp = blank()
    for record in muc4_records(corpora / "muc4", part):
        yield _muc4(nlp, record)


def muc4_records(folder: Path, part: str) -> Iterator[dict[str, Any]]:
    """Yield the objects of `ree_PART.json`, which follow each other without commas."""
    text = (folder / f"ree_{part}.json").read_text(encoding="utf-8").strip()
    decoder, at = json.JSONDecoder(), 0
    while at < len(text):
        record, at = decoder.raw_decode(text, at)
        yield record
        while text[at : at + 1].isspace():
            at += 1


# --- CoNLL-U ---------------------------------------------------------------------------------------------------------


def _conllu(
    path: Path, corpus: str, names_of: Callable[[str, list[list[str]]], list[str | None] | None]
) -> Iterator[Document]:
    current: Document | None = None
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        comments = [line[2:] for line in block.split("\n") if line.startswith("#")]
        keys = dict(comment.partition(" = ")[::2] for comment in comments)
        lines = [line.split("\t") for line in block.split("\n") if not line.startswith("#")]
        if "newdoc id" in keys or current is None:
            if current is not None and current.words:
                yield current
            current = _empty(f"{corpus}/{keys.get('newdoc id', path.stem)}", corpus)
        paragraph = any(comment.startswith("newpar") for comment in comments)
        _add_sentence(current, lines, names_of(keys.get("sent_id", ""), lines), paragraph=paragraph)
    if current is not None and current.words:
        yield current


def _empty(name: str, corpus: str) -> Document:
    layers = ("sentence", "tag", "pos", "lemma", "relation", "entity")
    return Document(name=name, corpus=corpus, words=[], spaces=[], layers={layer: [] for layer in layers})


def _add_sentence(
    document: Document, lines: list[list[str]], names: list[str | None] | None, *, paragraph: bool
) -> None:
    tokens = [line for line in lines if line[0].isdigit()]
    joined: dict[int, str] = {}
    for line in lines:
        if "-" in line[0]:
            first, last = map(int, line[0].split("-"))
            joined.update(dict.fromkeys(range(first, last), "SpaceAfter=No"))
            joined[last] = line[9]
    base = len(document.words)
    if base:
        document.spaces[-1] = True
    if base and paragraph:
        document.breaks[base] = 1
    for index, token in enumerate(tokens):
        word = token[1].replace(" ", "")
        misc = joined.get(int(token[0]), token[9])
        document.words.append(word)
        document.spaces.append("SpaceAfter=No" not in misc)
        layers = document.layers
        layers["sentence"].append("O" if index else "S")
        layers["tag"].append(token[4] if token[4] != "_" else None)
        layers["pos"].append(token[3])
        layers["lemma"].append(script(word, token[2]) if token[2] != "_" else None)
        layers["relation"].append(token[7])
        layers["entity"].append(names[index] if names is not None and len(names) == len(tokens) else None)
        head = int(token[6])
        document.heads.append(base + (head - 1 if head else index))


def _uner(path: Path) -> Iterator[tuple[str, list[str | None]]]:
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        key = next((line[12:] for line in block.split("\n") if line.startswith("# sent_id = ")), "")
        labels: list[str | None] = []
        for line in block.split("\n"):
            if not line.startswith("#"):
                mark, _, kind = line.split("\t")[2].partition("-")
                labels.append(f"{mark}-{_UNER[kind]}" if kind in _UNER else "O")
        yield key, labels


def _gum_names(lines: list[list[str]]) -> list[str | None]:
    """Return names of GUM: mentions whose minimal span begins and ends with proper nouns; other proper nouns stay unsaid."""
    tokens = [line for line in lines if line[0].isdigit()]
    labels: list[str | None] = [None if token[3] == "PROPN" else "O" for token in tokens]
    open_at: dict[str, tuple[int, str]] = {}
    found: list[tuple[int, int, str]] = []
    for index, token in enumerate(tokens):
        entity = next((part[7:] for part in token[9].split("|") if part.startswith("Entity=")), "")
        for part in re.findall(r"\([^()]+\)?|[^()]+\)", entity):
            if part[0] == "(":
                fields = part.strip("()").split("-")
                open_at[fields[0]] = (index, part.strip("()"))
                if part[-1] != ")":
                    continue
                key = fields[0]
            else:
                key = part[:-1]
            if key in open_at:
                start, attributes = open_at.pop(key)
                name = _gum_name(tokens, start, index + 1, attributes)
                if name is not None:
                    found.append(name)
    for start, end, kind in sorted(found, key=lambda name: name[0] - name[1]):
        if all(labels[i] in {None, "O"} for i in range(start, end)):
            labels[start:end] = [f"B-{kind}", *[f"I-{kind}"] * (end - start - 1)]
    return labels


def _gum_name(tokens: list[list[str]], start: int, end: int, attributes: str) -> tuple[int, int, str] | None:
    match = re.match(r"\d+-([a-z]+)-[^-]+-[^-]+-(?:[^-]*-)?([\d,]+)-", attributes)
    if match is None or match[1] not in _GUM:
        return None
    positions = [start + int(number) - 1 for number in match[2].split(",")]
    first, last = positions[0], positions[-1]
    if last >= end or tokens[first][3] != "PROPN":
        return None
    while last + 1 < end and tokens[last + 1][3] == "PROPN":
        last += 1
    while first > start and tokens[first - 1][3] == "PROPN" and match[1] != "person":
        first -= 1
    if tokens[last][3] != "PROPN" or last - first > 8:
        return None
    if match[1] == "person" and last - first > 1:  # with a title: "US President Barack Obama"
        return None
    return first, last + 1, _GUM[match[1]]


# --- columns ---------------------------------------------------------------------------------------------------------


def _columns(path: Path, separator: str) -> Iterator[list[tuple[str, str]]]:
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        pairs = [line.rsplit(separator, 1) for line in block.split("\n") if separator in line]
        found = [(word, label.strip()) for word, label in pairs if word != "-DOCSTART-"]
        if found:
            yield found


def _bare(name: str, corpus: str, words: list[str], labels: list[str | None], starts: set[int]) -> Document:
    spaces = [
        not (following in {",", ".", ";", ":", "!", "?", ")", "'s", "%"} or word in {"(", "$"})
        for word, following in zip(words, [*words[1:], ""], strict=True)
    ]
    sentence: list[str | None] = ["S" if index in starts else "O" for index in range(len(words))]
    return Document(
        name=name, corpus=corpus, words=words, spaces=spaces, layers={"sentence": sentence, "entity": labels}
    )


# --- marked-up texts -------------------------------------------------------------------------------------------------


class _Text:
    """Words of a text, with the way from character offsets to word numbers."""

    def __init__(self, nlp: Language, text: str) -> None:
        doc = nlp.make_doc(text)
        starts = set(sentence_starts(doc))
        tokens = [token for token in doc if not token.is_space]
        self.words = [token.text for token in tokens]
        self.spaces = [
            bool(token.whitespace_) or (token.i + 1 < len(doc) and doc[token.i + 1].is_space) for token in tokens
        ]
        self.breaks = {}
        for index, token in enumerate(tokens):
            before = doc[token.i - 1].text if token.i and doc[token.i - 1].is_space else ""
            if "\n" in before and index:
                self.breaks[index] = before.count("\n")
        self._starts = [token.idx for token in tokens]
        self._ends = [token.idx + len(token) for token in tokens]
        self.sentence = []
        number = -1
        for token in tokens:
            number += token.i in starts
            self.sentence.append(number)

    def words_at(self, start: int, end: int) -> tuple[int, int]:
        """Return the bounds in words of the characters `start` up to `end`."""
        inside = [i for i, (a, b) in enumerate(zip(self._starts, self._ends, strict=True)) if a < end and b > start]
        return (inside[0], inside[-1] + 1) if inside else (0, 0)


def _paint(labels: list[str | None], spans: Iterable[Span]) -> None:
    """Write spans as BIO labels; the outermost of nested spans counts."""
    taken = [False] * len(labels)
    for label, start, end in sorted(spans, key=lambda span: (span[1] - span[2], span[1])):
        if end > start and not any(taken[start:end]):
            tail = f"-{label}" if label else ""
            labels[start:end] = [f"B{tail}", *[f"I{tail}"] * (end - start - 1)]
            taken[start:end] = [True] * (end - start)


def _re3d(nlp: Language, name: str, raw: str, entities: list[dict[str, str | int | float]]) -> Document:
    text = _Text(nlp, raw)
    labels: list[str | None] = ["O"] * len(text.words)
    weapons: list[Span] = []
    for entity in entities:
        start, end = text.words_at(int(entity["begin"]), int(entity["end"]))
        if float(entity["confidence"]) >= 0.5 and entity["type"] in {"Weapon", "MilitaryPlatform"}:
            if text.words[start : start + 1] and text.words[start].lower() in {"a", "an", "the", "such"}:
                start += 1
            if end > start and text.words[end - 1].lower() not in {"strike", "strikes", "attacks", "bombardment"}:
                weapons.append((EntityKind.WEAPON.value, start, end))
        else:
            labels[start:end] = [None] * (end - start)
    _paint(labels, weapons)
    return Document(
        name=name,
        corpus="re3d",
        words=text.words,
        spaces=text.spaces,
        breaks=text.breaks,
        layers={"entity": labels},
        groups={"weapons": weapons},
    )


def _muc4(nlp: Language, record: dict[str, Any]) -> Document:
    text = _Text(nlp, record["doctext"])
    labels: list[str | None] = ["O"] * len(text.words)
    lowered = [word.lower() for word in text.words]
    fillers: set[Span] = set()
    for role, entities in record["extracts"].items():
        for mention, _ in (mention for entity in entities for mention in entity):
            words = [token.lower_ for token in nlp.make_doc(mention) if not token.is_space]
            size = len(words)
            fillers |= {(role, i, i + size) for i in range(len(lowered)) if lowered[i : i + size] == words}
    _paint(labels, sorted(fillers))
    return Document(
        name=record["docid"],
        corpus="muc4",
        words=text.words,
        spaces=text.spaces,
        breaks=text.breaks,
        layers={"filler": labels},
    )


def _written(nlp: Language, record: dict, corpus: str) -> Document:  # type: ignore[type-arg]
    text = _Text(nlp, record["text"])
    spans: dict[str, list[tuple[dict[str, str], int, int]]] = {}
    for mark in record["spans"]:
        start, end = text.words_at(mark["start"], mark["end"])
        if end > start:
            spans.setdefault(mark["tag"], []).append((mark, start, end))
    size = len(text.words)
    entities = [(kind, a, b) for tag, kind in _WRITTEN.items() for _, a, b in spans.get(tag, [])]
    triggers = [(mark["type"], a, b) for mark, a, b in spans.get("T", [])]
    casualties = [(_HARM[mark["k"]], a, b) for mark, a, b in spans.get("N", [])]
    cues = [(_STANCE[mark["stance"]], a, b) for mark, a, b in spans.get("Q", [])]
    layers: dict[str, list[str | None]] = {name: ["O"] * size for name in ("entity", "trigger", "casualty", "cue")} | {
        name: [None] * size for name in ("type", "status")
    }
    _paint(layers["entity"], entities)
    _paint(layers["trigger"], [("", a, b) for _, a, b in triggers])
    _paint(layers["casualty"], casualties)
    _paint(layers["cue"], cues)
    for mark, start, end in spans.get("T", []):
        layers["type"][start:end] = [mark["type"]] * (end - start)
        layers["status"][start:end] = [_STATUS[mark["status"]]] * (end - start)
    return Document(
        name=record["id"],
        corpus=corpus,
        published=record["published"],
        words=text.words,
        spaces=text.spaces,
        breaks=text.breaks,
        layers=layers,
        anchored={"arguments": _arguments(text, spans), "speech": _speech(text, spans)},
        groups={"entities": entities, "triggers": triggers, "casualties": casualties, "cues": cues},
        counts={(a, b): (_number(mark, "low"), _number(mark, "high")) for mark, a, b in spans.get("N", [])},
    )


def _number(mark: dict[str, str], side: str) -> int | None:
    return int(mark[side]) if mark.get(side) else None


def _arguments(text: _Text, spans: dict[str, list[tuple[dict[str, str], int, int]]]) -> list[tuple[int, list[Span]]]:
    """Give each argument to the triggers of its event in its sentence, else to the nearest trigger of its event."""
    triggers = spans.get("T", [])
    owned: dict[tuple[int, int], set[Span]] = {(start, end): set() for _, start, end in triggers}
    arguments = [(mark["r"], mark["e"], a, b) for mark, a, b in spans.get("A", [])]
    arguments += [("casualty", mark["e"], a, b) for mark, a, b in spans.get("N", [])]
    for role, event, start, end in arguments:
        candidates = [(a, b) for mark, a, b in triggers if mark["e"] == event]
        if not candidates:
            continue
        near = [bounds for bounds in candidates if text.sentence[bounds[0]] == text.sentence[start]]
        for bounds in near or [min(candidates, key=lambda bounds: (abs(bounds[0] - start), bounds))]:
            owned[bounds].add((role, start, end))
    return [(start, sorted(found, key=lambda span: span[1:])) for (start, _), found in sorted(owned.items())]


def _speech(text: _Text, spans: dict[str, list[tuple[dict[str, str], int, int]]]) -> list[tuple[int, list[Span]]]:
    """Give each cue its source and its content; an article before the source is left out, as in arguments."""
    found = []
    for mark, start, _ in spans.get("Q", []):
        parts: list[Span] = []
        for tag, part in (("S", "source"), ("C", "content")):
            for other, a, b in spans.get(tag, []):
                if other["c"] == mark["c"]:
                    lead = tag == "S" and b - a > 1 and text.words[a].lower() in {"a", "an", "the"}
                    parts.append((part, a + lead, b))
        found.append((start, sorted(parts, key=lambda span: span[1:])))
    return found
