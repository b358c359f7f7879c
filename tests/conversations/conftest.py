"""One running assistant for all conversation tests."""

import pytest

from tools.stack import shared_assistant


@pytest.fixture(scope="session")
def assistant():
    return shared_assistant()
