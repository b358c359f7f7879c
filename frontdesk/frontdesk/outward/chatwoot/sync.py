"""Brings a case and its conversation in Chatwoot to the same state, whichever way they differ.

Nothing hangs on events: whatever woke it, it asks Chatwoot how things stand there, takes what is new in
the order of Chatwoot's numbers, and posts what is new here in the order of ours. So an event that is lost,
comes twice, late or forged changes nothing, and a kill at any line is made up for by the next time.

Only this posts incoming messages and notes under our token. So a message with the words of the next one to
post, and a number above the last one that was posted, is that one: an earlier try arrived after all.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

from frontdesk.handoff.models import Case
from frontdesk.handoff.moves import BOT, CLOSED
from frontdesk.ledger import Database
from frontdesk.outward.chatwoot import words
from frontdesk.outward.chatwoot.acts import Acts
from frontdesk.outward.chatwoot.client import Client, Missing
from frontdesk.outward.chatwoot.links import LIVE, Links, Seen
from frontdesk.outward.outbox import Errand
from frontdesk.outward.ways import Moot, Never

RESOLVED = "resolved"
ENDINGS = {CLOSED: "closed", BOT: "returned"}


class Sync:
    """The one who does it."""

    def __init__(self, database: Database, client: Client, links: Links, acts: Acts) -> None:
        self._database, self._client, self._links, self._acts = database, client, links, acts

    async def bring(self, errand: Errand) -> None:
        """One case; raises Away, Never or Moot."""
        if errand.case is None:
            raise Moot
        seen = await self._links.see(errand.case)
        if seen is None or (seen.link.there is None and seen.case.state not in LIVE):
            raise Moot
        try:
            await self._bring(seen)
        except Missing:
            raise Never("deleted in chatwoot") from None

    async def _bring(self, seen: Seen) -> None:
        link = seen.link
        if link.over and seen.case.state in LIVE:  # the visitor asked again
            await self._links.set(
                link, over=False, there=None, noted=[], posted=0, read=0, status=None,
                assignee=None, round=link.round + 1,
            )  # fmt: skip
        if link.there is None:
            await self._begin(seen)
        assert link.there is not None
        listed = await self._client.messages(link.there, min(link.read, link.posted))
        ours = [m for m in listed if int(m["id"]) > link.posted and _ours(m)]
        if seen.case.state in LIVE:
            await self._introduce(seen, ours)
            await self._forward(seen, ours)
        if link.over:  # how an old conversation stands is no news about a new wait
            await self._hear(seen, listed, ours)
            return
        status, assignee = await self._client.show(link.there)
        await self._acts.assigned(seen.case, link.assignee, assignee)
        await self._hear(seen, listed, ours)
        ended = await self._acts.ended(seen.case, link.status, status)
        # Only now: what was not done is still a difference at the next look.
        user = assignee.user if assignee else None
        if (link.status, link.assignee) != (status, user):
            await self._links.set(link, status=status, assignee=user)
        await self._end(seen, status, ours, ended)

    async def _hear(
        self, seen: Seen, listed: list[dict[str, Any]], ours: list[dict[str, Any]]
    ) -> None:
        """Agents' replies go to the visitor, in Chatwoot's order."""
        link = seen.link
        for message in (m for m in listed if int(m["id"]) > link.read):
            if not _ours(message):
                for remark in await self._acts.said(seen.case, message, link.over):
                    await self._note(seen, remark, ours)
            await self._links.set(link, read=int(message["id"]))

    async def _begin(self, seen: Seen) -> None:
        """A contact of the conversation, and a conversation of the case.

        The contact has no e-mail or phone: Chatwoot would join it to a contact the firm has already, and
        what is deleted with this visitor would then be too much.
        """
        link, case = seen.link, seen.case
        if link.contact is None:
            identifier = identifier_of(case.conversation_id)
            source, number = await self._client.contact(identifier, case.name or words.VISITOR)
            await self._links.set(link, contact=source, contact_id=number)
        assert link.contact is not None and link.contact_id is not None
        name = f"{case.id}:{link.round}"
        there = await self._client.conversation_of(link.contact_id, name)
        if there is None:
            there = await self._client.conversation(link.contact, name)
        await self._links.set(link, there=there)

    async def _introduce(self, seen: Seen, ours: list[dict[str, Any]]) -> None:
        """The summary, and the conversation before the visitor agreed."""
        link, case = seen.link, seen.case
        contact = _named(case)
        if "summary" not in link.noted:
            text = await self._database.run(lambda db: words.summary(db, case, self._links.clock()))
            there = [contact] if contact else []
            await self._note(seen, text, ours, noted=[*link.noted, "summary", *there])
        if "so far" not in link.noted:
            before = words.so_far(seen.said)
            last = seen.said[-1].seq if seen.said else link.upto
            await self._note(seen, before, ours, noted=[*link.noted, "so far"], upto=last)
            seen.said.clear()
        if contact and contact not in link.noted:  # given, or given anew, while they wait
            text = words.CONTACT.format(name=case.name or words.NONE, contact=case.contact)
            await self._note(seen, text, ours, noted=[*link.noted, contact])

    async def _forward(self, seen: Seen, ours: list[dict[str, Any]]) -> None:
        """What was said since, in order."""
        link = seen.link
        assert link.there is not None and link.contact is not None
        for message in seen.said:
            if message.author == "visitor":
                found = _arrived(ours, message.text, private=False, above=link.posted)
                posted = found or await self._client.incoming(
                    link.contact, link.there, message.text
                )
                await self._links.set(link, upto=message.seq, posted=max(link.posted, posted))
            else:
                await self._note(seen, words.aside(message) or "", ours, upto=message.seq)

    async def _note(self, seen: Seen, text: str, ours: list[dict[str, Any]], **values: Any) -> None:
        """Post a note unless it is empty or arrived already, and keep that it is there."""
        link = seen.link
        assert link.there is not None
        if text:
            found = _arrived(ours, text, private=True, above=link.posted)
            posted = found or await self._client.note(link.there, text)
            values["posted"] = max(link.posted, posted)
        await self._links.set(link, **values)

    async def _end(
        self, seen: Seen, status: str, ours: list[dict[str, Any]], ended: str | None
    ) -> None:
        """A case that ended is resolved there, with a word why. ``ended``: its state, ended just now.

        A visitor who asked again a moment later has another conversation there all the same.
        """
        link = seen.link
        now = await self._links.see(seen.case.id)
        if now is None or (now.case.state in LIVE and ended is None):
            return
        assert link.there is not None
        taken_back = ended is None and now.case.consented_at is None
        ending = "taken_back" if taken_back else ENDINGS[ended or now.case.state]
        await self._note(seen, words.ENDED[ending], ours)
        if status != RESOLVED:
            await self._client.status(link.there, RESOLVED)
        await self._links.set(link, over=True)


def identifier_of(conversation: str) -> str:
    """How a conversation's visitor is known in Chatwoot."""
    return f"cp503:{conversation}"


def _named(case: Case) -> str:
    """By which it is known that a contact was told; "" where there is none."""
    given = f"{case.name} {case.contact}".encode()
    return f"contact {blake2b(given, digest_size=8).hexdigest()}" if case.contact else ""


def _ours(message: dict[str, Any]) -> bool:
    """Whether we may have posted it: an agent's reply is neither incoming nor private."""
    return message.get("message_type") in (0, "incoming") or bool(message.get("private"))


def _arrived(ours: list[dict[str, Any]], text: str, private: bool, above: int) -> int | None:
    """The number of a message that an earlier try posted."""
    for message in ours:
        same = (message.get("content") or "").strip() == text.strip()
        if same and bool(message.get("private")) is private and int(message["id"]) > above:
            return int(message["id"])
    return None
