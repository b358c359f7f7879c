"""The assistant in Slack; everything about Slack is in this folder (docs/slack.md)."""

from frontdesk.slack.channel import Slack

__all__ = ["Slack"]
