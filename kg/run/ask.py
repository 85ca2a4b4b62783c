"""Articles to extraction records by a language model behind an endpoint."""

from collections.abc import Iterator

from kg.config import ReadConfig
from kg.errors import EndpointError, KgError
from kg.llm import LanguageModel
from kg.records import Extraction
from kg.run.extract import Paths, articles
from kg.run.report import Report, log_problem


def ask(
    paths: Paths, *, model: LanguageModel, config: ReadConfig | None = None, report: Report = log_problem
) -> Iterator[Extraction]:
    """Yield what each article tells according to `model`.

    Args:
        paths: files, folders or "-" for standard input.
        model: the model to ask.
        config: how articles are read.
        report: told of every article that cannot be used, or about which the model gives no usable answer; the others
            go on.

    Raises:
        EndpointError: the endpoint does not work.
    """
    for article in articles(paths, config or ReadConfig(), report):
        try:
            found = model.extract(article)
        except EndpointError:
            raise
        except KgError as error:
            report(f"article {article.id}: {error}")
            continue
        yield found
