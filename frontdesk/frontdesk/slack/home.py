"""The App Home: what the assistant does, how to begin, privacy, the latest plan, deletion."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from frontdesk.documents import card
from frontdesk.forgetting import Forgetting
from frontdesk.ledger import Carried, Ledger, Message, Privacy
from frontdesk.settings import Settings
from frontdesk.slack import words
from frontdesk.slack.blocks import table
from frontdesk.slack.marks import write

log = structlog.get_logger()
Block = dict[str, Any]


class Home:
    """Made anew each time it is opened."""

    def __init__(
        self,
        settings: Settings,
        carried: Carried,
        ledger: Ledger,
        privacy: Privacy,
        forgetting: Forgetting,
    ) -> None:
        self._settings = settings
        self._carried = carried
        self._ledger = ledger
        self._privacy = privacy
        self._forgetting = forgetting

    async def show(self, client: AsyncWebClient, person: str, user: str, told: str = "") -> None:
        """Publish it; nothing depends on it, so a failure is only noted."""
        view = {"type": "home", "blocks": await self._blocks(person, told)}
        try:
            await client.views_publish(user_id=user, view=view)
        except (SlackApiError, aiohttp.ClientError, TimeoutError, OSError) as error:
            log.warning("home not shown", error=type(error).__name__)

    async def delete(self, person: str) -> None:
        """Delete all that is kept of somebody."""
        visitor = await self._carried.visitor(person)
        if visitor is not None:
            await self._privacy.delete_visitor(visitor)
            self._forgetting.wake()

    async def _blocks(self, person: str, told: str) -> list[Block]:
        firm = self._settings.firm
        privacy = words.HOME_PRIVACY.format(
            firm=firm["name"] or words.THE_FIRM, days=self._settings.keep_days
        )
        if firm["privacy"]:
            privacy += f" <{firm['privacy']}|Privacy>"
        return [
            *([_section(f"*{told}*")] if told else []),
            {"type": "header", "text": {"type": "plain_text", "text": words.HOME_TITLE}},
            _section(words.HOME_WHAT),
            _section(words.HOME_HOW),
            {
                "type": "actions",
                "block_id": "home",
                "elements": [
                    _button("start", words.START, style="primary"), _button("form", words.FORM),
                ],
            },
            {"type": "divider"},
            *await self._plan(person),
            {"type": "divider"},
            _section(privacy),
            {
                "type": "actions",
                "block_id": "privacy",
                "elements": [
                    _button("delete", words.DELETE, style="danger", confirm=_confirm()),
                ],
            },
        ]  # fmt: skip

    async def _plan(self, person: str) -> list[Block]:
        latest = await self._latest(person)
        if latest is None or latest.facts is None:
            return [_section(words.HOME_NO_PLAN)]
        day = latest.facts["as_of"]
        try:
            plan = await asyncio.to_thread(card.card, latest.facts["facts"], day)
        except ValueError:  # facts that an older version wrote
            return [_section(words.HOME_NO_PLAN)]
        title = words.HOME_PLAN.format(day=day)
        return [_section(f"{title}\n{write(plan['summary'])}"), *table(plan)]

    async def _latest(self, person: str) -> Message | None:
        place = await self._carried.known(person)
        if place is None:
            return None
        said = await self._ledger.messages(place.conversation_id)
        return next((m for m in reversed(said) if m.facts), None)


def _section(text: str) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text[:3000]}}


def _button(action: str, title: str, **more: Any) -> Block:
    return {
        "type": "button", "action_id": action, "text": {"type": "plain_text", "text": title}, **more,
    }  # fmt: skip


def _confirm() -> Block:
    return {
        "title": {"type": "plain_text", "text": words.DELETE},
        "text": {"type": "plain_text", "text": words.DELETE_ASK},
        "confirm": {"type": "plain_text", "text": "Delete"},
        "deny": {"type": "plain_text", "text": "Keep"},
    }
