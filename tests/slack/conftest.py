"""A Slack of our own for each test."""

import contextlib
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from desk import ScriptedBrain, make_app, pace, serving, settings  # noqa: E402
from local_slack import LocalSlack  # noqa: E402


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    """slack_sdk would go to a local address through a proxy, too."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def slack():
    with LocalSlack() as server:
        yield server


@pytest.fixture
def brain():
    stand_in = ScriptedBrain()
    with serving(stand_in.app(), stand_in.port):
        yield stand_in


@pytest.fixture
def quick(monkeypatch):
    """A second between posts is Slack's rule, not what these tests are about."""
    monkeypatch.setattr(pace, "GAP", 0.02)


@pytest.fixture
def desk(slack, brain, tmp_path, monkeypatch, quick):
    """The frontdesk on the local Slack; ``desk(mode="socket")`` by Socket Mode."""
    with contextlib.ExitStack() as running:

        def start(mode="http", **more):
            slack.mode = mode
            for name in ("SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN"):
                monkeypatch.delenv(name, raising=False)
            for name, value in slack.environment().items():
                monkeypatch.setenv(name, value)
            chosen = settings(brain, tmp_path / "data", **more)
            url = running.enter_context(serving(make_app(chosen), chosen.port))
            slack.app_url = url
            if mode == "socket":
                slack.wait_for(lambda: slack._links, why="no socket was opened")
            return url

        yield start
