"""`kg eval`: score a graph against gold annotation."""

from pathlib import Path

import click
import msgspec
import pyoxigraph as ox

from kg import store
from kg.config import Config, load_config
from kg.errors import InputError
from kg.evaluate import evaluate, news_file, read_gold
from kg.evaluate.report import text, tree
from kg.vocab import load_vocab


@click.command()
@click.argument("gold", metavar="GOLD_DIR", type=click.Path(path_type=Path))
@click.argument("graphs", nargs=-1, metavar="[GRAPH]…", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option(
    "--errors", default=0, metavar="N", type=click.IntRange(0), help="The N most frequent errors of each row."
)
@click.option("--no-reliability", is_flag=True, help="Leave the table of confidence out.")
@click.option("--config", "config_file", type=click.Path(path_type=Path), help="Configuration (kg.toml).")
def command(
    *,
    gold: Path,
    graphs: tuple[Path, ...],
    as_json: bool,
    errors: int,
    no_reliability: bool,
    config_file: Path | None,
) -> None:
    """Score RDF files GRAPH, taken together, against the gold annotation in GOLD_DIR.

    GOLD_DIR holds DOCUMENT.json files, or a folder gold/ of them. Without a GRAPH, its news.jsonl is built first, each
    article by itself. Prints precision, recall and F1 of every kind of fact, then how often records of each confidence
    are right.

    \b
      kg eval benchmarks/samples
      kg eval benchmarks/samples graph.ttl --errors 3
    """  # noqa: D301 - click reads the control character
    vocab = load_vocab()
    documents = read_gold(gold, vocab)
    graph = store.load(graphs) if graphs else build_alone(news_file(gold), load_config(config_file))
    evaluation = evaluate(graph, documents, vocab)
    if as_json:
        click.echo(msgspec.json.encode(tree(evaluation, errors=errors, confidence=not no_reliability)))
    else:
        click.echo(text(evaluation, errors=errors, confidence=not no_reliability))
    if evaluation.missing:
        click.echo(f"kg: warning: not in the graph: {', '.join(evaluation.missing)}", err=True)


def build_alone(news: Path, config: Config) -> ox.Store:
    """Return the graph of `news`, a JSON Lines file, each article by itself.

    Raises:
        InputError: no article could be read.
    """
    from kg.run.build import Options, build  # noqa: PLC0415 - a ready graph needs no extractor

    graph = build(
        news,
        config=config,
        options=Options(merge=False),
        report=lambda problem: click.echo(f"kg: {problem}", err=True),
    )
    if graph.articles == 0:
        msg = f"no article could be read from {news}"
        raise InputError(msg)
    return graph.to_store()
