"""Pages as HTML: templates that escape all text."""

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kg.query import Query
from kg.serve.linked.ontology import sections
from kg.serve.linked.view import Page, Ref, link
from kg.serve.linked.words import label

FOLDER = Path(__file__).parent / "templates"


@cache
def _environment() -> Environment:
    loader = FileSystemLoader(FOLDER)
    return Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def render_page(page: Page) -> bytes:
    """Return the page of one IRI."""
    return _environment().get_template("page.html").render(page=page).encode("utf-8", "replace")


def render_ontology(base: str) -> bytes:
    """Return the page of the ontology; `base` is what the IRIs of the data start with."""
    return (
        _environment()
        .get_template("ontology.html")
        .render(sections=sections(), link=link, label=label, base=base)
        .encode()
    )


def render_rows(columns: Sequence[str], rows: Sequence[Sequence[Ref]]) -> bytes:
    """Return the rows of a query."""
    return _environment().get_template("rows.html").render(columns=columns, rows=rows).encode("utf-8", "replace")


def render_queries(queries: Iterable[Query]) -> bytes:
    """Return a form for each canned query."""
    return _environment().get_template("queries.html").render(queries=queries).encode()


def style() -> bytes:
    """Return the style sheet of all pages."""
    return (FOLDER / "page.css").read_bytes()
