"""What is told elsewhere: e-mail, the webhook, Chatwoot; each once, whatever fails (docs/elsewhere.md)."""

from frontdesk.outward.whole import Outward

__all__ = ["Outward"]
