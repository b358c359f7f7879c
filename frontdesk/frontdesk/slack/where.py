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
        """Under which the ledger knows them."""
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
    from_ = str(event.get("user_team") or event.get("source_team") or event.get("team") or home)
    alone = event.get("channel_type") == "im" or str(channel).startswith("D")
    thread = None if alone else str(event.get("thread_ts") or event["ts"])
    shared = bool(body.get("is_ext_shared_channel")) or from_ != home
    return Where(home, str(user), str(channel), thread, alone, shared)


@dataclass(frozen=True)
class Edit:
    """What somebody changed a message to; ``id`` is its own, however often it is changed."""

    where: Where
    id: str
    text: str


def of_edit(event: dict[str, Any], body: dict[str, Any]) -> Edit | None:
    """A change somebody typed in a direct message; ``None`` for all others (a link's preview came)."""
    now, before = event.get("message") or {}, event.get("previous_message") or {}
    stamp = (now.get("edited") or {}).get("ts")
    if event.get("subtype") != "message_changed" or not stamp:
        return None
    if now.get("text") == before.get("text"):
        return None
    channel = str(event.get("channel") or "")
    where = of_event({**now, "channel": channel}, body)
    if where is None or not where.direct:
        return None
    return Edit(where, f"{channel}:{now['ts']}:{stamp}", str(now.get("text") or ""))


def of_click(body: dict[str, Any]) -> Where | None:
    """Where somebody pressed a button of a message; its place knows who reads along there."""
    channel = str((body.get("channel") or {}).get("id") or "")
    message = body.get("message") or {}
    user = str((body.get("user") or {}).get("id") or "")
    if not channel or not user:
        return None
    thread = str(message.get("thread_ts") or message.get("ts") or "")
    return Where(home_team(body), user, channel, thread, channel.startswith("D"), False)


def direct(body: dict[str, Any], user: str, home: str) -> Where:
    """Somebody's direct message; ``home``: the workspace the app is installed in."""
    return Where(home, user, "", None, True, theirs(body) != home)


def person(body: dict[str, Any], user: str) -> str:
    """Under which the ledger knows somebody of whom an event tells."""
    return Where(home_team(body), user, "", None, True, False).person


def theirs(body: dict[str, Any]) -> str:
    """The workspace somebody who clicked or typed a command belongs to, as Slack tells it."""
    team = (body.get("user") or {}).get("team_id") or (body.get("team") or {}).get("id")
    return str(team or body.get("team_id") or "")


def home_team(body: dict[str, Any]) -> str:
    """The workspace the app is installed in."""
    authorizations = body.get("authorizations") or [{}]
    team = authorizations[0].get("team_id") or (body.get("team") or {}).get("id")
    return str(team or body.get("team_id") or "")
