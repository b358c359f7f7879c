"""Patches to Rasa for speed, where it offers no place to extend it (docs/adr/0005 and 0010).

Only the served process is patched. Each patch does what Rasa does, and tests/assistant/test_quicker.py
compares the two and fails when Rasa's side changes.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, Dict, Optional, Text, Type

import rasa.core.actions.forms
import rasa.core.policies.rule_policy
import rasa.core.processor
import rasa.shared.utils.common
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event

# Modules that use the copy module for what their debug lines show, and for nothing else.
COPY_FOR_DEBUG_LINES = (
    rasa.core.processor,
    rasa.core.actions.forms,
    rasa.core.policies.rule_policy,
)


def make_quicker() -> None:
    """All patches, in this process."""
    check_the_schema_once()
    know_the_event_types()
    copy_nothing_for_debug_lines()
    ask_a_domain_once_whether_it_is_empty()


def check_the_schema_once() -> None:
    """An answer of the action server is checked against a schema that was itself checked once.

    Rasa checks its own fixed schema again at every action call. What is not accepted here still goes
    to Rasa's own method and its error.
    """
    schema = RemoteAction.action_response_format_spec()
    kind = validator_for(schema)
    kind.check_schema(schema)
    validator = kind(schema)
    rasas_own = RemoteAction._validate_action_result

    def checked(self: RemoteAction, result: Dict[Text, Any]) -> bool:
        return True if _plain(result) or validator.is_valid(result) else rasas_own(self, result)

    RemoteAction._validate_action_result = checked  # type: ignore[method-assign]


def _plain(result: Any) -> bool:
    """Whether an answer holds only slots and follow-ups, and those are as the schema wants them."""
    if not isinstance(result, dict):
        return False
    events, responses = result.get("events"), result.get("responses")
    return (
        isinstance(events, list)
        and isinstance(responses, list)
        and all(isinstance(response, dict) for response in responses)
        and all(_plain_event(event) for event in events)
    )


def _plain_event(event: Any) -> bool:
    if not isinstance(event, dict) or type(event.get("timestamp", 0)) not in (
        int,
        float,
        type(None),
    ):
        return False
    if not isinstance(event.get("metadata"), (dict, type(None))):
        return False
    if event.get("event") == "slot":
        return isinstance(event.get("name"), str) and "value" in event
    return event.get("event") == "followup"


def know_the_event_types() -> None:
    """The class of an event by its name from a table; Rasa walks through all classes each time."""
    rasas_own = Event.resolve_by_type
    known: Dict[Text, Type[Event]] = {}
    for kind in rasa.shared.utils.common.all_subclasses(Event):
        known.setdefault(kind.type_name, kind)

    def resolved(name: Text, default: Optional[Type[Event]] = None) -> Optional[Type[Event]]:
        return known.get(name) or rasas_own(name, default)

    Event.resolve_by_type = staticmethod(resolved)  # type: ignore[method-assign,assignment]


def copy_nothing_for_debug_lines() -> None:
    """No deep copies for debug lines that are not written (docs/architecture.md: never below warning)."""
    for module in COPY_FOR_DEBUG_LINES:
        module.copy = SimpleNamespace(deepcopy=lambda what: what)  # type: ignore[attr-defined]


def ask_a_domain_once_whether_it_is_empty() -> None:
    """Rasa makes an empty domain to compare with at each message; a served domain never changes."""
    rasas_own = Domain.is_empty

    def known(self: Domain) -> bool:
        if "_cp503_empty" not in self.__dict__:
            self.__dict__["_cp503_empty"] = rasas_own(self)
        return self.__dict__["_cp503_empty"]

    Domain.is_empty = known  # type: ignore[method-assign]
