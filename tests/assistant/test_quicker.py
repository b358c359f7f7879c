"""The patch agrees with Rasa's own check, and this fails when Rasa's changes."""

import inspect

import pytest
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction

from assistant.quicker import check_the_schema_once

GOOD = [
    {"events": [], "responses": []},
    {
        "events": [{"event": "slot", "name": "a", "value": 1, "timestamp": None}],
        "responses": [{"text": "x"}],
    },
]
BAD = [{"events": "no"}, {"events": [{"event": "slot"}]}, {"responses": ["text"]}, {"events": [7]}]


@pytest.fixture
def patched(monkeypatch):
    own = RemoteAction._validate_action_result
    monkeypatch.setattr(RemoteAction, "_validate_action_result", own)  # undone after the test
    check_the_schema_once()
    return RemoteAction("action_x", None), own


def test_it_agrees_with_rasa(patched):
    action, own = patched
    for result in GOOD:
        assert own(action, result) is True and action._validate_action_result(result) is True
    for result in BAD:
        for check in (lambda r: own(action, r), action._validate_action_result):
            with pytest.raises(ValidationError, match="make sure your response"):
                check(result)


def test_rasas_method_is_still_the_one_that_was_replaced():
    source = inspect.getsource(RemoteAction._validate_action_result)
    assert "validate(result, self.action_response_format_spec())" in source
    assert list(inspect.signature(RemoteAction._validate_action_result).parameters) == [
        "self",
        "result",
    ]
    assert RemoteAction.action_response_format_spec() == RemoteAction.action_response_format_spec()
