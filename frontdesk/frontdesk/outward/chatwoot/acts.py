"""What Chatwoot's agents do there, done here: take a case, write, hand it on, end it."""

from __future__ import annotations

from typing import Any, Protocol

import structlog

from frontdesk.gate import MOST_CHARACTERS, Refused
from frontdesk.gate.clean import clean
from frontdesk.handoff.models import Case
from frontdesk.handoff.moves import BOT, CLOSED, WAITING, WITH_ADVISOR
from frontdesk.handoff.offer import Visitors
from frontdesk.handoff.owning import Changed, Owning
from frontdesk.handoff.provider import HandoffProvider
from frontdesk.handoff.refusals import Refusal
from frontdesk.handoff.saying import Saying
from frontdesk.outward.chatwoot import words
from frontdesk.outward.chatwoot.client import Agent
from frontdesk.outward.chatwoot.links import Links

log = structlog.get_logger()

OURS = "chatwoot:"
TEAM = Agent(f"{OURS}team", words.NOBODY)  # who resolved a case that nobody was assigned to
OUTCOME = "other"  # Chatwoot knows no outcomes


class Served(Protocol):
    """The hand-over, as far as it is used here (``handoff.Handoff``)."""

    @property
    def owning(self) -> Owning: ...
    @property
    def saying(self) -> Saying: ...
    @property
    def visitors(self) -> Visitors: ...
    @property
    def provider(self) -> HandoffProvider: ...


class Acts:
    """Each looks at the case as it is in the ledger, so doing it twice does it once."""

    def __init__(self, links: Links) -> None:
        self._links = links
        self._handoff: Served | None = None

    def serve(self, handoff: Served) -> None:
        """Work for this hand-over."""
        self._handoff = handoff

    @property
    def served(self) -> bool:
        """Whether there is a hand-over to work for."""
        return self._handoff is not None

    async def assigned(self, case: Case, before: str | None, agent: Agent | None) -> None:
        """The assignee there has the case here. ``before``: who was, at the last look.

        Only a change there counts: who replies without being assigned keeps the case, and what was moved
        here stays moved.
        """
        if before == (agent.user if agent else None):
            return
        case = await self._now(case)
        try:
            if case.state == WAITING and agent is not None:
                await self._claim(case, agent)
            elif _theirs(case) and agent is None:
                if case.advisor_id == before:
                    await self._changed(await self._served.owning.release(_owner(case), case.id))
            elif _theirs(case) and agent is not None and agent.user != case.advisor_id:
                await self._links.there([agent])
                done = await self._served.owning.transfer(_owner(case), case.id, agent.user)
                await self._changed(done)
        except Refusal as refusal:  # somebody was quicker; the next look sees who
            log.info("chatwoot: not done", what="assigned", reason=refusal.code)

    async def said(self, case: Case, message: dict[str, Any], over: bool) -> list[str]:
        """An agent's reply goes to the visitor; what the agent must know instead, as notes.

        ``over``: it stands in a conversation that ended.
        """
        if message.get("message_type") not in (1, "outgoing") or message.get("private"):
            return []
        sender = message.get("sender") or {}
        if str(sender.get("type", "user")) not in ("user", "User") or not sender.get("id"):
            return []  # Chatwoot's own bot, or an automation
        remarks = [words.NO_FILES] if message.get("attachments") else []
        text = clean(str(message.get("content") or ""))
        if not text:
            return remarks
        agent = Agent.of(sender)
        case = await self._now(case)
        try:
            if over:
                raise Refusal("not_with_you")
            if case.state == WAITING:
                await self._claim(case, agent)
                case = await self._now(case)
            if case.state == WITH_ADVISOR and not _theirs(case):
                return [*remarks, words.ELSEWHERE.format(name=case.advisor_name)]
            # Whoever wrote it is named; that it may be said is the owner's right.
            as_owner = Agent(case.advisor_id or "", agent.display_name)
            for n, part in enumerate(parts(text)):
                client_id = f"cw:{message['id']}:{n}"
                said = await self._served.saying.say(as_owner, case.id, client_id, part)
                await self._served.visitors.show(said.conversation_id, [said])
                await self._served.provider.messages(case, [said])
        except (Refusal, Refused):
            start = text if len(text) <= 60 else text[:60] + "…"
            return [*remarks, words.UNDELIVERED.format(start=start)]
        return remarks

    async def ended(self, case: Case, before: str | None, status: str) -> str | None:
        """Resolved there is closed here; set to pending there gives the visitor back to the assistant.

        ``before``: the status at the last look. A conversation may begin as pending, where the inbox has a
        bot: that is no wish of an agent. Returns the state the case ended in, if it did.
        """
        case = await self._now(case)
        try:
            if status == "resolved" and case.state == WAITING:
                await self._claim(case, TEAM)
                case = await self._now(case)
            owning = self._served.owning
            if status == "resolved" and _theirs(case):
                await self._changed(await owning.close(_owner(case), case.id, OUTCOME, None))
                return CLOSED
            if status == "pending" and before in ("open", "snoozed") and _theirs(case):
                await self._changed(await owning.give_back(_owner(case), case.id, ""))
                return BOT
        except Refusal as refusal:
            log.info("chatwoot: not done", what="ended", reason=refusal.code)
        return None

    async def _claim(self, case: Case, agent: Agent) -> None:
        await self._links.there([agent])
        await self._changed(await self._served.owning.claim(agent, case.id))

    async def _changed(self, changed: Changed) -> None:
        await self._served.visitors.changed(*changed)

    async def _now(self, case: Case) -> Case:
        seen = await self._links.see(case.id)
        if seen is None:
            raise Refusal("no_case")
        return seen.case

    @property
    def _served(self) -> Served:
        assert self._handoff is not None
        return self._handoff


def _theirs(case: Case) -> bool:
    return case.state == WITH_ADVISOR and (case.advisor_id or "").startswith(OURS)


def _owner(case: Case) -> Agent:
    return Agent(case.advisor_id or "", case.advisor_name or "")


def parts(text: str) -> list[str]:
    """A text in parts a visitor's page takes, cut between paragraphs, lines or words."""
    cut: list[str] = []
    while len(text) > MOST_CHARACTERS:
        head = text[:MOST_CHARACTERS]
        places = (head.rfind(mark) for mark in ("\n\n", "\n", " "))
        at = next((at for at in places if at > MOST_CHARACTERS // 2), MOST_CHARACTERS)
        cut.append(text[:at].strip())
        text = text[at:].strip()
    return [*cut, text] if text else cut
