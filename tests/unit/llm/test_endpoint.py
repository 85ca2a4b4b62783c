"""Addresses and keys: what is refused, and that the key shows nowhere."""

import pytest

from kg.errors import ConfigError
from kg.llm import KEY_VARIABLE, Endpoint

KEY = "sk-very-secret"


@pytest.mark.parametrize(
    "url",
    [
        "https://llm.example.org/v1",
        "http://localhost:11434/v1",
        "http://127.0.0.1/v1/",
        "http://127.8.8.8/v1",
        "http://[::1]:8080/v1",
    ],
)
def test_a_key_goes_to_encrypted_and_local_endpoints(url: str) -> None:
    endpoint = Endpoint(url, "m", KEY)
    assert endpoint.headers()["Authorization"] == f"Bearer {KEY}"
    assert endpoint.url == url.rstrip("/") + "/chat/completions"
    assert KEY not in repr(endpoint)


@pytest.mark.parametrize("url", ["http://llm.example.org/v1", "http://10.0.0.1/v1", "http://localhost.example.org/v1"])
def test_a_key_does_not_travel_unencrypted(url: str) -> None:
    with pytest.raises(ConfigError, match="not encrypted") as caught:
        Endpoint(url, "m", KEY)
    assert KEY_VARIABLE in str(caught.value)
    assert KEY not in str(caught.value)
    assert "Authorization" not in Endpoint(url, "m").headers()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "localhost:8080",
        "ftp://h/v1",
        "https://",
        "https://h/v1?key=1",
        "https://h/v1#x",
        "http://h:port",
        "http://[::1",
    ],
)
def test_no_base_url(url: str) -> None:
    with pytest.raises(ConfigError, match="https://host/v1"):
        Endpoint(url, "m")


def test_a_password_in_the_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(ConfigError, match="user or password") as caught:
        Endpoint(f"https://me:{KEY}@h/v1", "m")
    assert KEY not in str(caught.value)


@pytest.mark.parametrize("key", ["two words", "line\nbreak", "clé"])
def test_a_key_that_no_header_can_hold_is_not_repeated(key: str) -> None:
    with pytest.raises(ConfigError, match="printable ASCII") as caught:
        Endpoint("https://h/v1", "m", key)
    assert key not in str(caught.value)


@pytest.mark.parametrize("key", [None, "", " \n"])
def test_no_key_is_fine(key: str | None) -> None:
    assert "Authorization" not in Endpoint("https://h/v1", "m", key).headers()


def test_no_model() -> None:
    with pytest.raises(ConfigError, match="--model"):
        Endpoint("https://h/v1", " ")


def test_what_an_endpoint_says_is_shown_on_one_line_without_the_key() -> None:
    shown = Endpoint("https://h/v1", "m", KEY).show(f"no\n\x1b[31m such key {KEY} " + "x" * 500)
    assert shown.startswith("no [31m such key *** xxx")
    assert len(shown) == 201
