"""The real frontdesk on a real port, with a stand-in for Rasa."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from brain_stand_in import SECRET, BrainStandIn, _free, serving  # noqa: E402

from frontdesk.app import make_app  # noqa: E402
from frontdesk.settings import Settings  # noqa: E402


@pytest.fixture
def brain():
    stand_in = BrainStandIn()
    with serving(stand_in.app(), stand_in.port):
        yield stand_in


@pytest.fixture
def settings(brain, tmp_path):
    return Settings(
        _env_file=None, port=_free(), data_dir=tmp_path, rasa_port=brain.port,
        cp503_secret=SECRET, brain_timeout_seconds=0.5, web_dir=tmp_path / "dist",
    )  # fmt: skip


@pytest.fixture
def site(settings):
    with serving(make_app(settings), settings.port) as url:
        yield url
