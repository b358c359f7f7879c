"""One patch to Rasa: an answer of the action server is checked against a schema checked once.

Rasa 3.6 checks its own fixed JSON schema again at every action call, which took most of a turn's
time (docs/adr/0005). What the schema does not allow still goes to Rasa's own method and its error.
"""

from __future__ import annotations

from typing import Any, Dict, Text

from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction


def check_the_schema_once() -> None:
    """Replace the check of action answers in this process."""
    schema = RemoteAction.action_response_format_spec()
    kind = validator_for(schema)
    kind.check_schema(schema)
    validator = kind(schema)
    rasas_own = RemoteAction._validate_action_result

    def checked(self: RemoteAction, result: Dict[Text, Any]) -> bool:
        return True if validator.is_valid(result) else rasas_own(self, result)

    RemoteAction._validate_action_result = checked  # type: ignore[method-assign]
