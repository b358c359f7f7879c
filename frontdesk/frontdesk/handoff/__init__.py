"""The hand-over of a conversation to a person of the firm, and back (docs/handoff.md)."""

from frontdesk.handoff.may import User
from frontdesk.handoff.whole import Handoff

__all__ = ["Handoff", "User"]
