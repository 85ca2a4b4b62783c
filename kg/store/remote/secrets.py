"""Who the client is: from the environment or a keyring, shown to the store alone."""

import importlib
import importlib.util
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, cast

from kg.errors import ConfigError
from kg.patience import one_line
from kg.store.remote.profile import Auth

if TYPE_CHECKING:
    import httpx

USER, PASSWORD, TOKEN = "KG_STORE_USER", "KG_STORE_PASSWORD", "KG_STORE_TOKEN"
"""The environment variables that hold a user, a password or a token."""
SERVICE = "conflict-kg"
"""What passwords are filed under in a keyring, by `keyring set conflict-kg USER@HOST` or, a token, `HOST`."""

_SHOWN = 300

Sign = Callable[["httpx.Request"], "httpx.Request"]
"""Adds what tells the store who asks."""

Keyring = Callable[[str, str], str | None]
"""Returns the secret of a service and a name."""


class Secrets:
    """A user with a password, or a token, or nothing.

    Args:
        user: the name.
        password: the password.
        token: a token instead.

    Raises:
        ConfigError: a header cannot carry one of them.
    """

    def __init__(self, user: str = "", password: str = "", token: str = "") -> None:
        if not (token.isascii() and token.isprintable() and " " not in token):
            raise ConfigError(f"the token in {TOKEN} must be printable ASCII without spaces")
        if not (user.isprintable() and password.isprintable()):
            raise ConfigError(f"{USER} and {PASSWORD} must be printable")
        self._user, self._password, self._token = user, password, token

    def __repr__(self) -> str:
        return "Secrets(…)"

    def given(self, auth: Auth) -> bool:
        """Tell whether there is what `auth` asks for."""
        return bool(self._token if auth is Auth.BEARER else self._user) and auth is not Auth.NONE

    def kind(self, usual: Auth) -> Auth:
        """Return `usual`, or what fits if a token is all there is."""
        return Auth.BEARER if self._token and not self._user else usual

    def auth(self, kind: Auth) -> "httpx.Auth | Sign | None":
        """Return what signs the requests."""
        if not self.given(kind):
            return None
        if kind is Auth.BEARER:
            return self._bear
        loaded = importlib.import_module("httpx")
        signer = loaded.DigestAuth if kind is Auth.DIGEST else loaded.BasicAuth
        return cast("httpx.Auth", signer(self._user, self._password))

    def _bear(self, request: "httpx.Request") -> "httpx.Request":
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request

    def show(self, words: str) -> str:
        """Return what a store says fit to be shown: one line, printable, cut, without the secrets should it repeat them."""
        for secret in (self._password, self._token):
            if secret:
                words = words.replace(secret, "***")
        return one_line(words, _SHOWN)


def read_secrets(environ: Mapping[str, str], host: str, keyring: Keyring | None = None) -> Secrets:
    """Return the secrets of the environment; a password or token that is not there is looked for in the keyring.

    Args:
        environ: the environment.
        host: host and port of the store.
        keyring: the keyring, if there is one.

    Raises:
        ConfigError: a header cannot carry one of them.
    """
    user, password, token = (environ.get(name, "") for name in (USER, PASSWORD, TOKEN))
    if keyring is not None and user and not password:
        password = keyring(SERVICE, f"{user}@{host}") or ""
    if keyring is not None and not user and not token:
        token = keyring(SERVICE, host) or ""
    return Secrets(user, password, token)


def system_keyring() -> Keyring | None:
    """Return the keyring of the system; `None` when the extra `keyring` is not installed."""
    if importlib.util.find_spec("keyring") is None:
        return None
    keyring = importlib.import_module("keyring")
    errors = importlib.import_module("keyring.errors")

    def look_up(service: str, name: str) -> str | None:
        try:
            found: str | None = keyring.get_password(service, name)
        except errors.KeyringError:
            return None
        return found

    return look_up
