"""GUM's named people, bodies and places with the Wikidata items that their Wikipedia links lead to, as extractions."""

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from kg.records import Article, Entity, EntityKind, Extraction, Mention, Span

_KINDS = {"place": EntityKind.PLACE, "organization": EntityKind.ORGANISATION, "person": EntityKind.PERSON}
_MARK = re.compile(r"\(([^()]+)(\)?)|(\d+)\)")
_FIELDS = 8
_NAME_TAGS = frozenset({"PROPN", "ADP", "NUM", "SYM"})
_LEFT_OUT = frozenset({"DET", "PUNCT"})


class Linked(msgspec.Struct, frozen=True, kw_only=True):
    """One document; `items` maps the ids of entities to what they are in Wikidata, as far as GUM tells."""

    extraction: Extraction
    items: dict[str, str]


class _Word(msgspec.Struct, frozen=True, kw_only=True):
    start: int
    end: int
    tag: str


def dev_documents(folder: Path) -> frozenset[str]:
    """Return the names of the documents in GUM's dev part."""
    part = (folder / "splits.md").read_text(encoding="utf-8").partition("## dev")[2].partition("## ")[0]
    return frozenset(re.findall(r"GUM_\w+", part))


def read_items(folder: Path) -> dict[str, str]:
    """Return Wikipedia page → Wikidata item."""
    rows = (line.split("\t") for line in (folder / "wiki_map.tab").read_text(encoding="utf-8").splitlines())
    return {row[0]: row[2] for row in rows if row[2].startswith("Q")}


def documents(folder: Path, names: frozenset[str] | None = None) -> Iterator[Linked]:
    """Yield the documents in `folder`/dep in the order of their names; those in `names` only, if they are given."""
    items = read_items(folder)
    for path in sorted((folder / "dep").glob("*.conllu")):
        if names is None or path.stem in names:
            yield _document(path, items)


def _document(path: Path, items: dict[str, str]) -> Linked:
    text, words, marked = "", list[_Word](), list[tuple[int, int, list[str]]]()
    opened: dict[str, list[tuple[int, list[str]]]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# newpar") and text:
            text = text.rstrip() + "\n\n"
        cells = line.split("\t")
        if not cells[0].isdigit():
            continue
        words.append(_Word(start=len(text), end=len(text) + len(cells[1]), tag=cells[3]))
        text += cells[1] + ("" if "SpaceAfter=No" in cells[9] else " ")
        entity = next((part[len("Entity=") :] for part in cells[9].split("|") if part.startswith("Entity=")), "")
        for fields, closed, number in _MARK.findall(entity):
            if number:
                first, found = opened[number].pop()
                marked.append((first, len(words), found))
                continue
            found = fields.split("-", _FIELDS - 1)
            if closed:
                marked.append((len(words) - 1, len(words), found))
            else:
                opened.setdefault(found[0], []).append((len(words) - 1, found))
    return _assemble(path.stem, text.rstrip(), words, marked, items)


def _assemble(
    name: str, text: str, words: list[_Word], marked: list[tuple[int, int, list[str]]], items: dict[str, str]
) -> Linked:
    mentions: dict[str, list[Mention]] = {}
    pages: dict[str, str] = {}
    starts = {word.start: word.tag for word in words}
    for first, stop, fields in sorted(marked, key=lambda mark: mark[:2]):
        span = _name(words[first:stop])
        if fields[1] not in _KINDS or span is None or starts.get(span.end + 1) == "PROPN":
            continue  # "Mexico" in "Mexico City" is no name of its own
        kind = _KINDS[fields[1]]
        made = Mention(id=f"m{first}-{stop}-{fields[0]}", span=span, kind=kind, head=span)
        mentions.setdefault(f"{fields[0]}-{span.of(text)}", []).append(made)
        if len(fields) == _FIELDS:
            pages[f"{fields[0]}-{span.of(text)}"] = fields[-1]
    entities = tuple(
        Entity(id=key, kind=of[0].kind, name=of[0].span.of(text), named=True, mentions=tuple(one.id for one in of))
        for key, of in mentions.items()
    )
    return Linked(
        extraction=Extraction(
            article=Article(id=name, text=text),
            mentions=tuple(one for of in mentions.values() for one in of),
            entities=entities,
        ),
        items={key: items[page] for key, page in pages.items() if page in items},
    )


def _name(words: list[_Word]) -> Span | None:
    """Return the span of the proper name that a mention consists of, up to its first comma."""
    while words and words[0].tag in _LEFT_OUT:
        words = words[1:]
    stop = next((at for at, word in enumerate(words) if word.tag in _LEFT_OUT or word.tag == "PART"), len(words))
    kept = words[:stop]
    if not kept or kept[-1].tag != "PROPN" or any(word.tag not in _NAME_TAGS for word in kept):
        return None
    return Span(start=kept[0].start, end=kept[-1].end)
