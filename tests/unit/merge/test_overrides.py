"""The table of the user's decisions about events."""

from pathlib import Path

import pytest

from kg.config import Config, load_config
from kg.errors import ConfigError
from kg.merge.overrides import Decisions, read_decisions

BASE = "https://example.org/id/"


def read(folder: Path, text: str) -> Decisions:
    path = folder / "pairs.tsv"
    path.write_text(text, encoding="utf-8")
    return read_decisions(path, BASE)


def test_pairs_are_read_in_either_order_and_by_prefix(tmp_path: Path) -> None:
    found = read(tmp_path, f"# judged by hand\n\nkeep\tevent:b\t{BASE}event/a\nsplit\t<urn:c>\turn:d\n")
    assert found.keeps(f"{BASE}event/a", f"{BASE}event/b")
    assert found.splits("urn:d", "urn:c")
    assert not found.splits("urn:d", f"{BASE}event/a")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("keep\tevent:a", "line 1: needs keep or split"),
        ("\njoin\tevent:a\tevent:b", "line 2: needs keep or split"),
        ("keep\tevent:a\tevent:a", "names one event twice"),
        ("keep\tevent:a\tevent:b\nsplit\tevent:b\tevent:a", "line 2: says the opposite of line 1"),
    ],
)
def test_a_wrong_line_is_named(text: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=words):
        read(tmp_path, text)


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"merge\.overrides.*none\.tsv"):
        read_decisions(tmp_path / "none.tsv", BASE)


def test_the_table_lies_beside_the_configuration_and_counts_in_its_fingerprint(tmp_path: Path) -> None:
    (tmp_path / "pairs.tsv").write_text("keep\tevent:a\tevent:b\n", encoding="utf-8")
    (tmp_path / "kg.toml").write_text('[merge]\noverrides = "pairs.tsv"\n', encoding="utf-8")
    config = load_config(tmp_path / "kg.toml")
    assert config.merge.overrides == str(tmp_path / "pairs.tsv")
    assert config.fingerprint() != Config().fingerprint()
