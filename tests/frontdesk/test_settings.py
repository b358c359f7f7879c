"""Settings as an operator, make or a compose file hands them on."""

import pytest

from frontdesk.settings import Settings


@pytest.mark.parametrize("name", ["PORT", "DATA_DIR", "FRONTDESKS", "NEW_VISITORS_PER_MINUTE"])
def test_an_empty_value_is_no_setting(name, monkeypatch):
    plain = Settings(_env_file=None, cp503_secret="s")
    monkeypatch.setenv(name, "")
    assert Settings(_env_file=None, cp503_secret="s") == plain
