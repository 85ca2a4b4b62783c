"""What is particular about each triple store: data in `profiles.toml`, or in a file of the user."""

import difflib
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

import msgspec

from kg.errors import ConfigError

FILE = Path(__file__).with_name("profiles.toml")
GRAPH = "https://w3id.org/conflict-kg/graph"
"""The graph that triples go to where the store has no default graph to write to."""


class Auth(StrEnum):
    """How the client says who it is."""

    NONE = "none"
    BASIC = "basic"
    DIGEST = "digest"
    BEARER = "bearer"


class Profile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One store; `profiles.toml` tells what the fields mean."""

    to: str
    named: str | None = None
    default: str | None = None
    quads: str | None = None
    query: str | None = None
    update: str | None = None
    auth: Auth = Auth.NONE
    gzip: bool = False
    turtle: bool = False
    bytes: Annotated[int, msgspec.Meta(ge=1_000)] = 30_000_000
    triples: Annotated[int, msgspec.Meta(ge=0)] = 0
    parallel: Annotated[int, msgspec.Meta(ge=1, le=32)] = 1
    again: str = ""
    union: bool = False

    def place(self, graph: str | None) -> str:
        """Return what stands behind the address of the store where `graph` is written, `None` for the default graph."""
        template = self.default if graph is None else self.named
        assert template is not None  # noqa: S101 - `graph_for` gives no graph that the store has no place for
        return template.replace("{graph}", quote(graph or "", safe=""))

    def graph_for(self, graph: str | None) -> str | None:
        """Return `graph`, and a named one instead of the default graph where the store has none to write to."""
        writes_default = self.default is not None or self.named is None
        return GRAPH if graph is None and not writes_default else graph


def profiles(file: Path = FILE) -> Mapping[str, Profile]:
    """Return the profiles in `file` by name.

    Raises:
        ConfigError: the file cannot be read, or a profile is wrong.
    """
    try:
        found = msgspec.toml.decode(file.read_bytes(), type=dict[str, Profile])
    except OSError as error:
        raise ConfigError(f"cannot read the profiles {file}: {error.strerror}") from error
    except msgspec.DecodeError as error:
        raise ConfigError(f"{file}: {error}; the comment of {FILE} tells what a profile holds") from error
    for name, profile in found.items():
        if profile.named is None and profile.update is None:
            raise ConfigError(f"{file}: profile {name} needs `named` or `update`, so that it can be written to")
        if profile.turtle and profile.named is None:
            raise ConfigError(f"{file}: profile {name} has `turtle`, which only goes where `named` says")
    return found


def find_profile(name: str) -> Profile:
    """Return the profile `name`; a name that ends in `.toml` is a file with one profile.

    Raises:
        ConfigError: there is none of this name; the text names close ones.
    """
    if name.endswith(".toml"):
        own = list(profiles(Path(name)).values())
        if len(own) != 1:
            raise ConfigError(f"{name}: a file for --profile holds one profile, not {len(own)}")
        return own[0]
    known = profiles()
    if name not in known:
        close = difflib.get_close_matches(name, known, n=1)
        hint = f"did you mean {close[0]}?" if close else f"one of {', '.join(known)}, or a file that ends in .toml"
        raise ConfigError(f"there is no profile {name!r}: {hint}")
    return known[name]
