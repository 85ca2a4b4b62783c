"""Pages as HTML: templates that escape all text."""

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from kg.query import Query
from kg.serve.linked.ontology import sections
from kg.serve.linked.view import Page, Ref, link
from kg.serve.linked.words import label

_KEPT = 4_096
FOLDER = Path(__file__).parent / "templates"


@lru_cache(_KEPT)
def ref(it: Ref) -> Markup:
    """Return something to read, with a link where it leads to; pages name the same things again and again."""
    text = escape(it.text)
    if not it.href:
        return text
    away = "" if it.href.startswith("/") else ' rel="noopener noreferrer nofollow" class="away"'
    return Markup('<a href="{}"{}>{}</a>').format(it.href, Markup(away), text)  # noqa: S704 - all else is escaped


@cache
def _environment() -> Environment:
    loader = FileSystemLoader(FOLDER)
    environment = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals["ref"] = ref
    return environment


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
