"""The fingerprint of the configuration, and options that go before it."""

import pytest

from kg.config import Config, LinkConfig, LlmConfig, override
from kg.errors import ConfigError


def test_the_fingerprint_depends_on_what_shapes_a_graph() -> None:
    plain = Config().fingerprint()
    assert Config(link=LinkConfig(margin=0.2)).fingerprint() != plain
    assert Config(llm=LlmConfig(price_in=1.0)).fingerprint() == plain


def test_options_go_before_the_configuration() -> None:
    assert override(Config(llm=LlmConfig(seed=3)), {"llm": {"rate": 5.0}}).llm == LlmConfig(seed=3, rate=5.0)


def test_an_option_out_of_range() -> None:
    with pytest.raises(ConfigError, match="rate"):
        override(Config(), {"llm": {"rate": -1.0}})
