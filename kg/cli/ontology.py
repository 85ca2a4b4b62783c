"""`kg ontology`: print the ontology, or list event types and weapon classes."""

from collections.abc import Iterator, Sequence

import click

from kg.terms import files
from kg.vocab import CODES, Vocab, load_vocab


@click.command()
@click.option(
    "--list",
    "listed",
    type=click.Choice(["events", "weapons"]),
    help="Tab-separated table of the event types with their codes, or of the weapon classes with their names.",
)
def command(listed: str | None) -> None:
    """Print the whole ontology as Turtle, or one of its tables."""
    if listed is None:
        for path in files():
            click.echo(path.read_text(encoding="utf-8"))
        return
    table = _events(load_vocab()) if listed == "events" else _weapons(load_vocab())
    for row in table:
        click.echo("\t".join(row))


def _events(vocab: Vocab) -> Iterator[Sequence[str]]:
    yield "type", "parent", "label", *CODES, "triggers", "meaning"
    for kind in vocab.event_types.values():
        codes = (", ".join(kind.codes.get(scheme, ())) for scheme in CODES)
        yield kind.name, kind.parent, kind.label, *codes, str(len(kind.verbs) + len(kind.nouns)), kind.comment


def _weapons(vocab: Vocab) -> Iterator[Sequence[str]]:
    yield "class", "broader", "label", "suggests", "names", "models"
    for weapon in vocab.weapon_classes.values():
        names, models = "; ".join(weapon.names), "; ".join(weapon.models)
        yield weapon.name, weapon.broader or "", weapon.label, weapon.suggests or "", names, models
