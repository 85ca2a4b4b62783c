"""Addresses of services: taken apart, and whether they are this machine."""

import ipaddress
from urllib.parse import SplitResult, urlsplit

from kg.errors import ConfigError


def split(address: str, *, name: str, form: str, secrets: str) -> SplitResult:
    """Take the address of a service apart.

    Args:
        address: the address.
        name: what the user calls it, for the error.
        form: how it should look, for the error.
        secrets: where a password belongs, for the error.

    Raises:
        ConfigError: it is none, or holds a password.
    """
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError as error:
        msg = f"the {name} is no address ({error}): give it as {form}"
        raise ConfigError(msg) from error
    if parts.username is not None or parts.password is not None:
        msg = f"the {name} must hold no user or password: put them into {secrets}"
        raise ConfigError(msg)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        msg = f"{address!r} is no {name}: give it as {form}"
        raise ConfigError(msg)
    return parts


def is_loopback(host: str) -> bool:
    """Tell whether `host` is this machine.

    >>> is_loopback("127.0.0.1"), is_loopback("example.org")
    (True, False)
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
