"""Set-up faults: one sentence each."""

import pytest

from tools import setup
from tools.console import Stop


@pytest.mark.parametrize(
    "said, sentence",
    [
        (
            "error: No interpreter found for Python 3.10 in managed installations",
            "Python 3.10 could not be found",
        ),
        ("error: Failed to download python-build-standalone", "Python 3.10 could not be found"),
        ("error: No space left on device (os error 28)", "The disk is full"),
        ("error: Hash mismatch for x", "Building the test environment failed: .*Hash mismatch"),
    ],
)
def test_a_failed_environment_says_why(tmp_path, monkeypatch, said, sentence):
    tool = tmp_path / "uv"
    tool.write_text(f"#!/bin/sh\necho '{said}' >&2\nexit 2\n")
    tool.chmod(0o755)
    monkeypatch.setattr(setup, "uv", lambda: tool)
    monkeypatch.setattr(setup, "STAMPS", tmp_path / "stamps")
    with pytest.raises(Stop, match=sentence):
        setup.sync("test", setup.ROOT, tmp_path / "no-python", "3.10")
    assert not (tmp_path / "stamps").exists()


def test_a_step_is_done_again_when_its_result_is_gone(tmp_path, monkeypatch):
    monkeypatch.setattr(setup, "STAMPS", tmp_path / "stamps")
    made = tmp_path / "made"
    assert not setup.fresh("x", "mark", made)
    made.touch()
    setup.stamp("x", "mark")
    assert setup.fresh("x", "mark", made) and not setup.fresh("x", "other", made)
    made.unlink()
    assert not setup.fresh("x", "mark", made)
