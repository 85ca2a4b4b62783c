"""Secrets: from the environment or a keyring, to encrypted or local stores only, and in no words."""

import pytest

from kg.config import RemoteConfig
from kg.errors import ConfigError
from kg.store.remote.client import Client
from kg.store.remote.profile import Auth, find_profile
from kg.store.remote.secrets import Secrets, read_secrets

SECRET = "horse-battery"  # noqa: S105 - of nobody
USER = Secrets("ann", SECRET)


def client(to: str, secrets: Secrets, auth: Auth | None = None) -> Client:
    return Client(to, find_profile("oxigraph"), secrets=secrets, config=RemoteConfig(), auth=auth)


@pytest.mark.parametrize("auth", [Auth.BASIC, Auth.BEARER])
def test_no_secret_travels_in_clear(auth: Auth) -> None:
    with pytest.raises(ConfigError, match="not encrypted") as caught:
        client("http://store.example.org", Secrets("ann", SECRET, SECRET), auth)
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize(
    ("to", "secrets", "auth"),
    [
        ("https://store.example.org", USER, Auth.BASIC),
        ("http://localhost:7878", USER, Auth.BASIC),
        ("http://127.0.0.1:7878", Secrets(token=SECRET), None),
        ("http://store.example.org", USER, Auth.DIGEST),
        ("http://store.example.org", Secrets(), None),
    ],
)
def test_other_ways_are_open(to: str, secrets: Secrets, auth: Auth | None) -> None:
    client(to, secrets, auth).close()


@pytest.mark.parametrize("to", ["http://ann:horse-battery@localhost", "https://ann@localhost"])
def test_an_address_holds_no_secret(to: str) -> None:
    with pytest.raises(ConfigError, match="KG_STORE_USER") as caught:
        client(to, Secrets())
    assert SECRET not in str(caught.value)


def test_nothing_shows_them() -> None:
    assert SECRET not in repr(USER)
    assert USER.show(f"bad password {SECRET}\n!") == "bad password *** !"


def test_the_environment_goes_before_the_keyring() -> None:
    filed = {("conflict-kg", "ann@h:1"): "of-ann", ("conflict-kg", "h:1"): "a-token"}
    look_up = lambda service, name: filed.get((service, name))  # noqa: E731
    here = {"KG_STORE_USER": "ann"}
    assert read_secrets(here, "h:1", look_up).show("of-ann") == "***"
    assert read_secrets(here | {"KG_STORE_PASSWORD": "own"}, "h:1", look_up).show("own of-ann") == "*** of-ann"
    assert read_secrets({}, "h:1", look_up).kind(Auth.BASIC) is Auth.BEARER
    assert not read_secrets({}, "other", look_up).given(Auth.BASIC)


@pytest.mark.parametrize("wrong", [("", "", "a b"), ("", "", "ü"), ("a\nb", "", "")])
def test_headers_cannot_be_broken(wrong: tuple[str, str, str]) -> None:
    with pytest.raises(ConfigError, match="printable"):
        Secrets(*wrong)
