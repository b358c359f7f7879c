"""Back from an advisor to the bot, with the real processes: what was corrected is known, also after a kill."""

import asyncio
import sys
from pathlib import Path

import pytest

from tools.stack import running_assistant
from tools.visitor import Visitor

sys.path.insert(0, str(Path(__file__).parents[1] / "frontdesk"))

from handoff_stand import Advisor  # noqa: E402

from frontdesk.desk import people, sessions  # noqa: E402
from frontdesk.ledger import Database, address  # noqa: E402
from frontdesk.ledger.store import now  # noqa: E402


@pytest.fixture(scope="module")
def assistant():
    with running_assistant({"BRAIN_TIMEOUT_SECONDS": "5"}) as started:
        yield started


async def at_the_desk(assistant):
    """The cookie of an advisor who is signed in."""
    database = Database(address(Path(assistant.folder)))

    def make(db):
        anna = people.create(db, "anna", "Anna", "advisor", None, now())
        anna.password_hash = "not one that anything fits"  # so that the account counts as set up
        return sessions.begin(db, anna.id, now(), full=True)

    try:
        return await database.run(make)
    finally:
        await database.close()


def test_the_bot_goes_on_with_the_advisors_figure_though_rasa_was_killed(assistant):
    async def story():
        token = await at_the_desk(assistant)
        async with (
            Visitor(assistant.url) as visitor,
            Advisor(assistant.url, token, assistant.url) as anna,
        ):
            for text in ("find my payment plan", "12,000", "18 months"):
                await visitor.say(text)
            assert "$12,000" in str((await visitor.say("yes, all filed")).texts)
            await visitor.tell("handoff_offer")
            await visitor.tell("handoff_consent", agree=True, name="Jo", contact="555-0100")
            await anna.until(lambda: anna.queue)
            await anna.take_first()
            await anna.do("correct", case=anna.case, facts={"amount_owed": "31250"})
            await anna.do("return", case=anna.case, agreed="You owe $31,250, not $12,000.")
            assistant.kill("rasa")
            waiting = asyncio.create_task(visitor.say("find my payment plan"))
            await visitor._until(lambda: "saved" in visitor.messages[max(visitor.messages)]["text"])
            assistant.start("rasa")
            replies = (await waiting).replies
            assert "$31,250" in str(replies) and "$12,000" not in str(replies)
            assert not any(reply["asks"] for reply in replies)
            assert "$14,000" in str((await visitor.say("no, I owe 14,000")).texts)

    asyncio.run(asyncio.wait_for(story(), 300))
