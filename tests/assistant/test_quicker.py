"""Each patch agrees with what it replaces, and this fails when Rasa's side changes."""

import ast
import copy
import inspect

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.utils.common import all_subclasses

from assistant import quicker
from assistant.quicker import (
    ask_a_domain_once_whether_it_is_empty,
    check_the_schema_once,
    know_the_event_types,
)

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


values = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(max_size=3), st.just({}), st.just([])
)
events = st.dictionaries(
    st.sampled_from(["event", "name", "value", "timestamp", "metadata", "entities"]),
    values,
    max_size=6,
) | st.fixed_dictionaries(
    {"event": st.sampled_from(["slot", "followup", "bot", "nonsense", "user"])},
    optional={"name": values, "value": values, "timestamp": values, "metadata": values},
)


@given(result=st.fixed_dictionaries({}, optional={
    "events": st.lists(events, max_size=3) | values, "responses": st.lists(values, max_size=2) | values,
}))  # fmt: skip
@settings(max_examples=300, deadline=None)
def test_what_is_passed_without_the_schema_the_schema_would_pass(result):
    if quicker._plain(result):
        assert RemoteAction("action_x", None)._validate_action_result(result) is True


def test_what_our_actions_answer_is_passed_without_the_schema():
    slot = {"event": "slot", "timestamp": None, "name": "amount_owed", "value": "12000"}
    followup = {"event": "followup", "timestamp": None, "name": "plan_form"}
    assert quicker._plain({"events": [slot, followup], "responses": [{"text": "x"}]})


def test_event_types_are_rasas(monkeypatch):
    rasas_own = Event.resolve_by_type
    monkeypatch.setattr(Event, "resolve_by_type", rasas_own)
    names = [kind.type_name for kind in all_subclasses(Event)]
    expected = {name: rasas_own(name) for name in names}
    know_the_event_types()
    assert {name: Event.resolve_by_type(name) for name in names} == expected
    assert Event.resolve_by_type("topic") is None
    assert Event.resolve_by_type("unknown", Event) is Event
    with pytest.raises(ValueError, match="Unknown event"):
        Event.resolve_by_type("unknown")


@pytest.mark.parametrize("module", quicker.COPY_FOR_DEBUG_LINES)
def test_copies_are_still_made_for_debug_lines_only(module):
    tree = ast.parse(inspect.getsource(module))
    in_debug_lines = {
        id(node)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "structlogger.debug"
        for node in ast.walk(call)
    }
    uses = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == "copy"]
    assert uses and all(id(node) in in_debug_lines for node in uses)


def test_debug_lines_are_not_written_so_nothing_is_copied(monkeypatch):
    for module in quicker.COPY_FOR_DEBUG_LINES:
        monkeypatch.setattr(module, "copy", copy)
    quicker.copy_nothing_for_debug_lines()
    what = [{"a": []}]
    for module in quicker.COPY_FOR_DEBUG_LINES:
        assert module.copy.deepcopy(what) is what
    assert copy.deepcopy(what) is not what


def test_a_domain_is_asked_once_whether_it_is_empty(monkeypatch):
    asked = []
    own = Domain.is_empty
    monkeypatch.setattr(Domain, "is_empty", lambda self: asked.append(1) or own(self))
    ask_a_domain_once_whether_it_is_empty()
    full = Domain.from_dict({"intents": ["greet"]})
    assert [full.is_empty(), full.is_empty(), Domain.empty().is_empty()] == [False, False, True]
    assert len(asked) == 2


def test_rasa_still_compares_with_an_empty_domain():
    assert "self.as_dict() == Domain.empty().as_dict()" in inspect.getsource(Domain.is_empty)
