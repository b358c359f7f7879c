"""How many of the facts in the held-apart plan conversations an advisor would see as they are there."""

import asyncio
import json

from desk_facts import differing, on_the_desk

from tools.project import ROOT
from tools.visitor import Visitor

FILES = [
    ROOT / "tests" / "eval" / "conversations.jsonl",
    ROOT.parent / "shared" / "eval" / "dialogues.dev.jsonl",  # for tuning, where it is at hand
]
CONVERSATIONS = [
    json.loads(line)
    for path in FILES
    if path.is_file()
    for line in path.read_text("utf-8").splitlines()
]


async def facts_after(assistant, turns):
    async with Visitor(assistant.url) as visitor:
        for turn in turns:
            await visitor.say(turn["user"])
        return await on_the_desk(assistant, visitor.session["conversation"])


def test_at_least_95_of_100_facts_are_right(assistant):
    wrong, count = {}, 0
    for one in CONVERSATIONS:
        # A null says that the file does not tell, not that nobody knows.
        expected = {name: value for name, value in one["facts"].items() if value is not None}
        found = differing(expected, asyncio.run(facts_after(assistant, one["turns"])))
        count += len(expected)
        wrong.update({f"{one['id']} {name}": values for name, values in found.items()})
    print(f"{count - len(wrong)} of {count} facts of {len(CONVERSATIONS)} conversations")
    assert count >= 30
    assert len(wrong) <= 0.05 * count, wrong
