"""Who wrote or clicked where in Slack, read from its payloads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

_TYPED = (None, "file_share", "thread_broadcast")  # subtypes of messages that somebody typed


@dataclass(frozen=True)
class Where:
    """Somebody in a team, and where they are: ``shared`` when another organization reads along."""

    team: str
    user: str
    channel: str
    thread: str | None
    direct: bool
    shared: bool

    @property
    def person(self) -> str:
        return f"slack/{self.team}/{self.user}"

    @property
    def key(self) -> str:
        """A direct message is one place; so is each thread of a channel."""
        if self.direct:
            return self.person
        return f"slack/{self.team}/{self.channel}/{self.thread}"


def of_event(event: dict[str, Any], body: dict[str, Any]) -> Where | None:
    """Who wrote where; ``None`` for what nobody typed: bots, edits, deletions, joins, ourselves."""
    user, channel = event.get("user"), event.get("channel")
    if event.get("subtype") not in _TYPED or event.get("bot_id") or event.get("hidden"):
        return None
    if not user or not channel or not event.get("ts"):
        return None
    home = home_team(body)
    theirs = str(event.get("user_team") or event.get("source_team") or event.get("team") or home)
    alone = event.get("channel_type") == "im" or str(channel).startswith("D")
    thread = None if alone else str(event.get("thread_ts") or event["ts"])
    shared = bool(body.get("is_ext_shared_channel")) or theirs != home
    return Where(home, str(user), str(channel), thread, alone, shared)


def of_click(body: dict[str, Any]) -> Where | None:
    channel = str((body.get("channel") or {}).get("id") or "")
    message = body.get("message") or {}
    user = str((body.get("user") or {}).get("id") or "")
    if not channel or not user:
        return None
    thread = str(message.get("thread_ts") or message.get("ts") or "")
    return Where(home_team(body), user, channel, thread, channel.startswith("D"), False)


def direct(body: dict[str, Any], user: str) -> Where:
    return Where(home_team(body), user, "", None, True, False)


def home_team(body: dict[str, Any]) -> str:
    """The workspace the app is installed in."""
    authorizations = body.get("authorizations") or [{}]
    team = authorizations[0].get("team_id") or (body.get("team") or {}).get("id")
    return str(team or body.get("team_id") or "")
