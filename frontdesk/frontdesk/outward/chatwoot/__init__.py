"""Chatwoot as the place where the firm's people sit (docs/elsewhere.md)."""

from frontdesk.outward.chatwoot.provider import Chatwoot

__all__ = ["Chatwoot"]
