"""The real frontdesk on a real port, with a stand-in for Rasa, on SQLite and on PostgreSQL."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from brain_stand_in import SECRET, BrainStandIn, _free, serving  # noqa: E402

from frontdesk.app import make_app  # noqa: E402
from frontdesk.settings import Settings  # noqa: E402
from tools import servers  # noqa: E402


@pytest.fixture(scope="session")
def postgres():
    with servers.postgres() as url:
        yield url


@pytest.fixture(scope="session")
def redis():
    with servers.redis() as server:
        yield server


@pytest.fixture
def brain():
    stand_in = BrainStandIn()
    with serving(stand_in.app(), stand_in.port):
        yield stand_in


@pytest.fixture
def database_url():
    """SQLite; a test module that overrides it runs on what it names."""
    return ""


@pytest.fixture
def settings(brain, tmp_path, database_url):
    return Settings(
        _env_file=None, port=_free(), data_dir=tmp_path, rasa_port=brain.port,
        cp503_secret=SECRET, brain_timeout_seconds=0.5, web_dir=tmp_path / "dist",
        database_url=database_url,
    )  # fmt: skip


@pytest.fixture
def site(settings):
    with serving(make_app(settings), settings.port) as url:
        yield url
