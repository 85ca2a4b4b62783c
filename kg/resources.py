"""Finds the declarative folders (`ontology/`, `queries/`, data tables) in a checkout and in an installed wheel."""

from pathlib import Path

from kg.errors import KgError

_PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """Return the folder `name` ("ontology", "queries", "gazetteer").

    A wheel carries the folders under `kg/_resources/`; a checkout has them beside the package.

    Raises:
        KgError: neither place has the folder, so the installation is broken.
    """
    for place in (_PACKAGE / "_resources" / name, _PACKAGE.parent / name):
        if place.is_dir():
            return place
    msg = f"the folder {name}/ is missing from this installation: install conflict-kg again"
    raise KgError(msg)
