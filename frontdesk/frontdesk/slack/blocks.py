"""A message of the ledger as Block Kit, within Slack's limits whatever its length."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from frontdesk.ledger import Message
from frontdesk.slack import words
from frontdesk.slack.marks import write

SECTION, TITLE, BLOCKS, BUTTONS, TEXT = (
    2900,
    75,
    48,
    25,
    3900,
)  # characters and counts, below Slack's
Block = dict[str, Any]
_BULLET = re.compile(r"^\s*[-•]\s+", re.MULTILINE)


def blocks(message: Message, plan: Mapping[str, Any] | None = None) -> list[Block]:
    """What is posted; ``plan``: the card's data, where the message has a plan."""
    quiet = message.author == "notice" and not message.buttons
    found: list[Block] = []
    if message.author == "advisor":
        found.append(_context([words.ADVISOR.format(name=message.data["by"])]))
    for part in parts(write(_BULLET.sub("• ", message.text))):
        found.append(_context([part], marked=True) if quiet else _section(part))
    if plan is not None:
        found += table(plan)
    if message.links:
        found.append(_context([_link(link) for link in message.links[:10]], marked=True))
    if message.chosen is not None and 0 <= message.chosen < len(message.buttons):
        title = message.buttons[message.chosen]["title"]
        found.append(_context([words.CHOSEN.format(title=title)]))
    elif message.buttons:
        found.append(_buttons(message))
    return found[:BLOCKS]


def fallback(message: Message) -> str:
    """For notifications and readers that show no blocks."""
    text = message.text
    if message.author == "advisor":
        text = f"{message.data['by']}: {text}"
    return write(text if len(text) <= TEXT else text[: TEXT - 1] + "…")


def parts(text: str, most: int = SECTION) -> Iterable[str]:
    """A text in pieces of a length, cut between paragraphs, lines or words; none for no text."""
    rest = text.strip()
    while len(rest) > most:
        cut = max(rest.rfind("\n\n", 0, most), rest.rfind("\n", most // 2, most))
        if cut <= 0:
            cut = rest.rfind(" ", most // 2, most)
        if cut <= 0:
            entity = rest.rfind("&", most - 5, most)  # never within one
            cut = entity if entity > 0 else most
        yield rest[:cut].rstrip()
        rest = rest[cut:].lstrip()
    if rest:
        yield rest


def table(plan: Mapping[str, Any]) -> list[Block]:
    """The ways to pay side by side, in letters of one width."""
    ways: Sequence[Mapping[str, Any]] = plan["ways"]
    if not ways:
        return []
    told = "\n\n".join(
        f"{way['name']}{_marks(way['best'])}\n  You pay   {way['pay_words']}\n"
        f"  How long  {way['time_words']}\n  Set-up    {way['fee_words']}\n"
        f"  In all    {way['total_words']}"
        for way in ways
    )
    return [_section(f"```{piece}```") for piece in parts(write(told), SECTION - 10)]


def _marks(best: Sequence[str]) -> str:
    return f" ({', '.join(best)})" if best else ""


def _buttons(message: Message) -> Block:
    place = f"{message.conversation_id}/{message.seq}"
    return {
        "type": "actions",
        "block_id": place,
        "elements": [
            {
                "type": "button",
                "action_id": f"choose:{n}",
                "text": {"type": "plain_text", "text": button["title"][:TITLE], "emoji": False},
                "value": f"{place}/{n}",
            }
            for n, button in enumerate(islice(message.buttons, BUTTONS))
        ],
    }


def _section(text: str) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def _context(texts: Sequence[str], marked: bool = False) -> Block:
    return {
        "type": "context",
        "elements": [
            {"type": "mrkdwn", "text": text if marked else write(text), "verbatim": True}
            for text in texts
        ],
    }


def _link(link: Mapping[str, str]) -> str:
    url = link["url"]
    if not url.startswith(("https://", "http://")) or re.search(r"[<>|\s]", url):
        return write(link["title"])
    return f"<{url}|{write(link['title']).replace('|', '/')}>"
