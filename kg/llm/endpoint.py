"""Where the model answers, and under which key; the key never leaves the request headers."""

from kg.address import is_loopback, split
from kg.errors import ConfigError
from kg.patience import one_line

KEY_VARIABLE = "KG_LLM_KEY"
"""The environment variable that holds the key of the endpoint."""

_SHOWN = 200
"""How many characters of what the endpoint says are shown."""


class Endpoint:
    """An OpenAI-compatible service.

    Args:
        base_url: what its addresses start with, usually ending in "/v1"; the question goes to `base_url/chat/completions`.
        model: the model's name there.
        key: the secret that it asks for, if it does.

    Raises:
        ConfigError: the address or the key cannot be used, or the key would travel unencrypted over a network.
    """

    def __init__(self, base_url: str, model: str, key: str | None = None) -> None:
        parts = split(base_url, name="base URL", form="https://host/v1", secrets=KEY_VARIABLE)
        secret = (key or "").strip()
        self.local = is_loopback(parts.hostname or "")
        if secret and parts.scheme == "http" and not self.local:
            msg = (
                f"{base_url} is not encrypted and not on this machine, so the key in {KEY_VARIABLE} is not sent there: "
                f"use https, or unset {KEY_VARIABLE}"
            )
            raise ConfigError(msg)
        if not (secret.isascii() and secret.isprintable() and " " not in secret):
            msg = f"the key in {KEY_VARIABLE} must be printable ASCII without spaces"
            raise ConfigError(msg)
        if not model.strip():
            raise ConfigError("the name of the model is empty: give it with --model")
        self.model = model
        self.url = base_url.rstrip("/") + "/chat/completions"
        self._key = secret

    def __repr__(self) -> str:
        return f"Endpoint({self.url!r}, {self.model!r})"

    def headers(self) -> dict[str, str]:
        """Return the headers of a request; nothing but these carries the key."""
        known = {"Content-Type": "application/json", "Accept": "application/json", "Accept-Encoding": "identity"}
        return known | ({"Authorization": f"Bearer {self._key}"} if self._key else {})

    def show(self, words: str) -> str:
        """Return what the endpoint says fit to be shown: on one line, printable, cut, without the key should it repeat it."""
        safe = words.replace(self._key, "***") if self._key else words
        return one_line(safe, _SHOWN)
