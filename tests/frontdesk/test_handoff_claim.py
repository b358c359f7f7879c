"""Twenty advisors reach for the same case at once: one gets it, and the others are told who.

``CLAIMS=1000`` does it a thousand times on each database.
"""

import asyncio
import os

import pytest
from handoff_stand import PEOPLE

from frontdesk.desk import record
from frontdesk.handoff import queue
from frontdesk.handoff.asking import Asking, Desk
from frontdesk.handoff.owning import Owning
from frontdesk.handoff.refusals import Refusal
from frontdesk.ledger import Database, Ledger, Privacy, address
from frontdesk.ledger.migrate import migrate
from frontdesk.ledger.models import Message
from frontdesk.ledger.store import now
from tools.servers import fresh_database

CLAIMS = int(os.environ.get("CLAIMS", "50"))
TWENTY = [PEOPLE[f"u-{n}"] for n in range(20)]


class Stand:
    """The transactions alone."""

    def __init__(self, folder, database_url=""):
        url = address(folder, database_url)
        migrate(url)
        self.database = Database(url)
        self.ledger, self.privacy = Ledger(self.database), Privacy(self.database)
        self.asking = Asking(self.database, record, "Harbor Tax", now)
        self.owning = Owning(self.database, record, "Harbor Tax", now)

    async def waiting(self):
        """A case in the queue."""
        conversation = await self.ledger.open(await self.ledger.new_visitor(), "website")
        case, _ = await self.asking.offer(conversation, "asked", "asked")
        await self.asking.ask(conversation, Desk(True), None, None)
        return case.id, conversation


async def rounds(stand, count):
    for _ in range(count):
        case, conversation = await stand.waiting()
        results = await asyncio.gather(
            *(stand.owning.claim(user, case) for user in TWENTY), return_exceptions=True
        )
        won = [r for r in results if not isinstance(r, Exception)]
        lost = [r for r in results if isinstance(r, Exception)]
        assert len(won) == 1 and all(isinstance(r, Refusal) for r in lost), lost
        name = won[0][0].advisor_name
        assert {r.message for r in lost} == {f"{name} has this case already."}
        said = [m.text for m in await stand.ledger.messages(conversation)]
        assert len([text for text in said if "is here now" in text]) == 1
    claimed = "SELECT count(*) FROM desk_audit WHERE what = 'case.claimed'"
    assert (
        await stand.database.run(lambda db: db.connection().exec_driver_sql(claimed).scalar())
        == count
    )


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_of_twenty_one_gets_it(tmp_path, request, kind):
    url = fresh_database(request.getfixturevalue("postgres")) if kind == "postgresql" else ""

    async def story():
        stand = Stand(tmp_path, url)
        try:
            await rounds(stand, CLAIMS)
        finally:
            await stand.database.close()

    asyncio.run(asyncio.wait_for(story(), 120 + CLAIMS))


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_claims_cancels_and_deletions_at_once(tmp_path, request, kind):
    """Whatever comes first, the rest is refused with a sentence, and nothing of it is left behind."""
    url = fresh_database(request.getfixturevalue("postgres")) if kind == "postgresql" else ""

    async def story():
        stand = Stand(tmp_path, url)
        for _ in range(20):
            case, conversation = await stand.waiting()
            visitor = await stand.ledger.visitor(conversation)
            results = await asyncio.gather(
                *(stand.owning.claim(user, case) for user in TWENTY[:4]),
                stand.asking.cancel(conversation),
                *(stand.owning.close(user, case, "other", None) for user in TWENTY[:4]),
                stand.privacy.delete_visitor(visitor),
                return_exceptions=True,
            )
            for result in results:
                assert not isinstance(result, Exception) or isinstance(
                    result, (Refusal, LookupError)
                )
        for table in ("handoff_case", "conversation", "message"):
            count = f"SELECT count(*) FROM {table}"
            left = await stand.database.run(
                lambda db, q=count: db.connection().exec_driver_sql(q).scalar()
            )
            assert left == 0, table
        await stand.database.close()

    asyncio.run(asyncio.wait_for(story(), 120))


def test_what_is_too_old_goes_with_its_case(tmp_path):
    from datetime import timedelta

    from sqlalchemy import update

    from frontdesk.handoff.models import Case, Note
    from frontdesk.handoff.saying import Saying
    from frontdesk.ledger.models import Conversation

    async def story():
        stand = Stand(tmp_path)
        case, _ = await stand.waiting()
        await stand.owning.claim(TWENTY[0], case)
        await Saying(stand.database, record, now).note(TWENTY[0], case, "n" * 12, "a note")
        long_ago = now() - timedelta(days=100)

        def age(db):
            db.execute(update(Conversation).values(created_at=long_ago))
            db.execute(update(Message).values(at=long_ago))

        await stand.database.run(age)
        assert await stand.privacy.delete_old(90) == 1
        for table in (Case, Note):
            assert await stand.database.run(lambda db, t=table: db.query(t).count()) == 0
        assert await stand.database.run(lambda db: queue.order(db, now())) == []
        await stand.database.close()

    asyncio.run(story())
