"""``make desk-user``: an account from the command line, for the first manager or when none can get in.

It works on the database itself, so it needs no running assistant and no account of its own: whoever
may read the data folder may do this. The audit log says so, with no user.
"""

from __future__ import annotations

import argparse
import asyncio
import sys

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from frontdesk.desk import audit, people, tries
from frontdesk.desk.core import Core
from frontdesk.desk.letting_in import name_try
from frontdesk.desk.refusals import Refused
from frontdesk.ledger import Database, address
from frontdesk.ledger.migrate import migrate
from frontdesk.settings import Settings

QUESTION = (
    "There is an account {name} already. A reset ends its sessions and takes away its password and "
    "second factors. Reset it? [y/N] "
)
MADE = """
  {done}: {name}, {role}.

  Open this on the computer they will work at. It is good for 24 hours, and once:

  {link}

  There they choose a password and a second factor.
"""


async def make(core: Core, name: str, role: str | None, reset: bool) -> tuple[str, str, str] | None:
    """(what was done, role, code); None where there is such an account and it may not be reset."""
    at = core.clock()

    def work(db: Session) -> tuple[str, str, str] | None:
        user = people.named(db, name)
        if user is None:
            user = people.create(db, name, "", role or "advisor", None, at)
            audit.record(db, at, "user.created", user=None, about=user.id, role=user.role)
            return "Made", user.role, people.invite(db, user.id, at)
        if not reset:
            return None
        user.disabled, user.role = False, role or user.role
        tries.clear(db, [name_try(core, user.name), "factor:" + user.id])
        audit.record(db, at, "user.reset", user=None, about=user.id, role=user.role)
        return "Reset", user.role, people.reset(db, user.id, at)

    return await core.database.run(work)


async def run(settings: Settings, name: str, role: str | None, reset: bool) -> int:
    """Exit codes: 0 made, 1 left as it was, 2 no such name or role."""
    settings.folder.mkdir(parents=True, exist_ok=True)
    url = address(settings.folder, settings.database_url)
    await asyncio.to_thread(migrate, url)
    core = Core.of(settings, Database(url))
    try:
        made = await make(core, name, role, reset)
        if made is None and sys.stdin.isatty():
            answer = await asyncio.to_thread(input, QUESTION.format(name=name))
            if answer.strip().lower() in ("y", "yes"):
                made = await make(core, name, role, True)
    except Refused as refused:
        print(refused.message, file=sys.stderr)
        return 2
    finally:
        await core.database.close()
    if made is None:
        told = f"There is an account {name} already; nothing was changed. To reset it: RESET=1"
        print(told, file=sys.stderr)
        return 1
    origin = settings.desk_origin or f"http://localhost:{settings.port}"
    link = f"{origin}/desk/setup#{made[2]}"
    print(MADE.format(done=made[0], name=name, role=made[1], link=link))
    return 0


def main() -> int:
    """From the command line."""
    parser = argparse.ArgumentParser(prog="make desk-user", description=__doc__)
    parser.add_argument("name")
    parser.add_argument("--role", choices=people.ROLES)
    parser.add_argument("--reset", action="store_true")
    given = parser.parse_args()
    settings = Settings()  # type: ignore[call-arg]  # the environment gives them
    try:
        return asyncio.run(run(settings, given.name, given.role, given.reset))
    except OperationalError:
        print(
            "The database cannot be reached, or is busy. See DATABASE_URL in .env, and try again.",
            file=sys.stderr,
        )
        return 1


if __name__ == "__main__":
    sys.exit(main())
