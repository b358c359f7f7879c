"""Each file is a conversation, played through the website's door; judged on what the user reads."""

import asyncio
import re
from pathlib import Path

import pytest
from desk_facts import differing, on_the_desk
from ruamel.yaml import YAML

from tools.visitor import NotTaken, Visitor

FILES = sorted(Path(__file__).parent.glob("test_*.yml"))
MOST_WORDS_A_REPLY = 150


def read(path):
    return YAML(typ="safe", pure=True).load(path.read_text("utf-8"))


def last_with_buttons(visitor):
    return max((m for m in visitor.messages.values() if m["buttons"]), key=lambda m: m["seq"])


async def play(assistant, conversation):
    """(what was done, what was read) of each turn; then the facts an advisor would see."""
    heard = []
    async with Visitor(assistant.url) as visitor:
        for turn in conversation["turns"]:
            if "tap" in turn:
                message = last_with_buttons(visitor)
                titles = [b["title"] for b in message["buttons"]]
                number = next(n for n, t in enumerate(titles) if re.search(turn["tap"], t, re.I))
                answer = await visitor.choose(message["seq"], number)
                heard.append((titles[number], answer.texts))
                continue
            try:
                answer = await visitor.say(turn["user"])
            except NotTaken as refused:
                heard.append((turn["user"], [str(refused)]))
                continue
            heard.append((turn["user"], answer.texts))
        return heard, await on_the_desk(assistant, visitor.session["conversation"])


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem[5:])
def test_conversation(path, assistant):
    conversation = read(path)
    heard, facts = asyncio.run(play(assistant, conversation))
    for turn, (said, replies) in zip(conversation["turns"], heard, strict=True):
        text = "\n".join(replies)
        for pattern in turn["says"]:
            assert re.search(pattern, text, re.I), f"after {said!r}: no {pattern!r} in:\n{text}"
        for pattern in turn.get("never", []):
            assert not re.search(pattern, text, re.I), f"after {said!r}: {pattern!r} in:\n{text}"
        assert not re.search(r"\{|\bNone\b|don't worry|guarantee you", text), text
        for reply in replies:
            assert len(reply.split()) <= MOST_WORDS_A_REPLY + 30, f"a wall after {said!r}:\n{reply}"
    if "facts" in conversation:
        assert differing({**dict.fromkeys(facts), **conversation["facts"]}, facts) == {}


def test_there_are_enough_conversations():
    assert len(FILES) >= 40
    for path in FILES:
        conversation = read(path)
        assert set(conversation) - {"facts"} == {"conversation", "turns"}
        for turn in conversation["turns"]:
            assert turn["says"] and len({"user", "tap"} & set(turn)) == 1
