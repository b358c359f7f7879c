"""What the firm's people do in Slack: link their account, and claim a case from its card."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp
from sqlalchemy.exc import SQLAlchemyError

from frontdesk.desk import Desk
from frontdesk.handoff import Handoff
from frontdesk.handoff.refusals import Refusal
from frontdesk.handoff.whole import EXPECTED
from frontdesk.slack.asides import Asides
from frontdesk.slack.installed import Installed
from frontdesk.slack.marks import write
from frontdesk.slack.staff import words
from frontdesk.slack.staff.accounts import Accounts
from frontdesk.slack.where import theirs

log = structlog.get_logger()
_LINK = re.compile(r"link(?:\s+(\S+(?:[ -]\S+){0,3}))?", re.IGNORECASE)
MINUTE = timedelta(minutes=1)


class Claiming:
    """Bolt's listeners. ``desk_page``: the address of the desk's page."""

    def __init__(
        self,
        channel: str,
        desk_page: str,
        desk: Desk,
        accounts: Accounts,
        installed: Installed,
        asides: Asides,
    ) -> None:
        self._channel, self._page, self._desk = channel, desk_page, desk
        self._accounts, self._installed, self._asides = accounts, installed, asides
        self._handoff: Handoff | None = None

    def serve(self, handoff: Handoff) -> None:
        """Cases are claimed here."""
        self._handoff = handoff

    def register(self, app: AsyncApp) -> None:
        """Have Bolt call them."""
        app.command("/cp503", matchers=[_links])(self._link)
        app.action("claim")(self._claim)
        app.action("desk")(_nothing)

    async def _link(self, ack: AsyncAck, command: dict[str, Any]) -> None:
        """``/cp503 link CODE``: never stored as something somebody said."""
        if theirs(command) != await self._installed.team():
            await ack(text=words.NOT_HERE, response_type="ephemeral")
            return
        code = _code(command)
        user = await self._accounts.link(self._key(command, "user_id"), code) if code else None
        who = await self._desk.person(user) if user else None
        if who is None:
            text = words.WRONG_CODE.format(address=self._account)
        else:
            text = words.LINKED.format(name=write(who.display_name))
        await ack(text=text, response_type="ephemeral")

    async def _claim(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """The button of a card. The answer is seen by who pressed, and by nobody else."""
        channel = str((body.get("channel") or {}).get("id") or "")
        user = str((body.get("user") or {}).get("id") or "")
        try:
            own = theirs(body) == await self._installed.team()
            if not own or channel != self._channel:
                text = words.NOT_HERE
            else:
                key = f"slack/{theirs(body)}/{user}"
                text = await self._claimed(key, str(action.get("value") or ""))
        except (SQLAlchemyError, OSError) as error:
            log.error("ledger failed", error=type(error).__name__)
            text = words.NOT_NOW
        await ack()
        self._asides.whisper(channel, user, text)

    async def _claimed(self, key: str, case: str) -> str:
        account = await self._accounts.user(key)
        if account is None:
            return words.NOT_LINKED.format(address=self._account)
        who = await self._desk.person(account)
        if who is None:
            return words.ACCOUNT_CLOSED
        if self._handoff is None:
            return words.NOT_NOW
        try:
            taken = await self._handoff.claim(who, case)
        except Refusal as refusal:
            return write(refusal.message)
        address = f"{self._page}#/work/{taken.id}"
        return words.CLAIMED.format(address=address, minutes=EXPECTED // MINUTE)

    @property
    def _account(self) -> str:
        return f"{self._page}#/account"

    @staticmethod
    def _key(body: dict[str, Any], user: str) -> str:
        return f"slack/{theirs(body)}/{body.get(user)}"


def _code(command: dict[str, Any]) -> str:
    match = _LINK.fullmatch(str(command.get("text") or "").strip())
    return (match.group(1) or "") if match else ""


async def _links(command: dict[str, Any]) -> bool:
    return _LINK.fullmatch(str(command.get("text") or "").strip()) is not None


async def _nothing(ack: AsyncAck) -> None:
    """A link was opened in the browser; Slack tells of it all the same."""
    await ack()
