"""`kg extract`: articles in, extraction records out."""

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import click
import msgspec

from kg.cli.output import STDOUT, check_writable, whole_file
from kg.config import Config, load_config, override
from kg.errors import EndpointError, InputError
from kg.records import Extraction

Source = Callable[[Sequence[Path], Config, Callable[[str], None]], Iterator[Extraction]]
"""Takes paths, the configuration and where to tell of problems."""


@click.command()
@click.argument("paths", nargs=-1, metavar="PATH…", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), default=STDOUT, help="File to write (JSON Lines).")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of the records and stop.")
@click.option("--config", "config_file", type=click.Path(path_type=Path), help="Configuration (kg.toml).")
@click.option("--extractor", type=click.Choice(["rules", "llm"]), default="rules", help="Default: rules.")
@click.option("--base-url", help="llm: OpenAI-compatible endpoint, https://host/v1; its key comes from KG_LLM_KEY.")
@click.option("--model", help="llm: name of the model at the endpoint.")
@click.option("--rate", type=float, help="llm: requests a minute.")
@click.option("--price-in", type=float, help="llm: price of a million prompt tokens, for the report.")
@click.option("--price-out", type=float, help="llm: price of a million completion tokens.")
def command(  # noqa: PLR0913 - click passes each option by its name
    *,
    paths: tuple[Path, ...],
    output: Path,
    schema: bool,
    config_file: Path | None,
    extractor: str,
    base_url: str | None,
    model: str | None,
    **limits: float | None,
) -> None:
    """Read articles from PATH (files, folders, or - for standard input) and write what each tells, one JSON a line.

    \b
      kg extract seeds/ -o extractions.jsonl
      kg extract seeds/ --extractor llm --base-url http://localhost:11434/v1 --model NAME -o extractions.jsonl
      kg extract --schema
    """  # noqa: D301 - click reads the control character
    if schema:
        with whole_file(output) as file:
            file.write(msgspec.json.format(msgspec.json.encode(msgspec.json.schema(Extraction))) + b"\n")
        return
    if not paths:
        raise click.UsageError("name at least one PATH, or ask for --schema")
    given = {name: value for name, value in limits.items() if value is not None}
    if extractor == "rules":
        if base_url or model or given:
            raise click.UsageError("--base-url, --model, --rate and the prices need --extractor llm")
        source: Source = _rules
    else:
        if not (base_url and model):
            raise click.UsageError("--extractor llm needs --base-url and --model")
        source = _llm(base_url, model, given)
    check_writable(output)
    _write(paths, output, source, load_config(config_file))


def _write(paths: Sequence[Path], output: Path, source: Source, config: Config) -> None:
    """Write what `source` finds, and count it.

    When the endpoint fails midway, what was found until then is written before the error goes on: it was paid for.

    Raises:
        InputError: nothing was found.
        EndpointError: the endpoint failed.
    """
    # The schema needs no language pipeline.
    from kg.run.report import Tally  # noqa: PLC0415

    tally = Tally(lambda problem: click.echo(f"kg: {problem}", err=True))
    count = 0
    failure: EndpointError | None = None
    with whole_file(output) as file:
        try:
            for extraction in source(paths, config, tally):
                file.write(msgspec.json.encode(extraction) + b"\n")
                count += 1
        except EndpointError as error:
            if count == 0:
                raise
            failure = error
        if count == 0:
            msg = f"no article of {', '.join(map(str, paths))} could be used; nothing was written"
            raise InputError(msg)
    problems = f"; {tally.problems} problem{'' if tally.problems == 1 else 's'}" if tally.problems else ""
    click.echo(f"{count} article{'' if count == 1 else 's'}{problems}", err=True)
    if failure is not None:
        msg = f"{failure}; the articles after that are missing from {output}"
        raise EndpointError(msg) from failure


def _rules(paths: Sequence[Path], config: Config, report: Callable[[str], None]) -> Iterator[Extraction]:
    from kg.run.extract import extract  # noqa: PLC0415
    from kg.run.tools import load_tools  # noqa: PLC0415

    return extract(paths, tools=load_tools(config), report=report)


def _llm(base_url: str, model: str, given: dict[str, float]) -> Source:
    """Return the model as a source; the options in `given` go before the configuration."""

    def source(paths: Sequence[Path], config: Config, report: Callable[[str], None]) -> Iterator[Extraction]:
        from kg.llm import KEY_VARIABLE, Endpoint, LanguageModel, usage_lines  # noqa: PLC0415
        from kg.run.ask import ask  # noqa: PLC0415
        from kg.vocab import load_vocab  # noqa: PLC0415

        settings = override(config, {"llm": given}).llm
        endpoint = Endpoint(base_url, model, os.environ.get(KEY_VARIABLE))
        with LanguageModel(endpoint, load_vocab(), settings) as asked:
            try:
                yield from ask(paths, model=asked, config=config.read, report=report)
            finally:
                for line in usage_lines(asked.usage, price_in=settings.price_in, price_out=settings.price_out):
                    click.echo(f"kg: {line}", err=True)

    return source
