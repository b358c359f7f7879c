"""What every way in ends with: a session's cookie, its header token, and who it is."""

from __future__ import annotations

from typing import Any

from starlette.responses import JSONResponse, Response

from frontdesk.desk import cookies, people
from frontdesk.desk.access import Call
from frontdesk.desk.core import Core
from frontdesk.desk.models import User
from frontdesk.desk.sessions import Who


def public(who: Who) -> dict[str, str]:
    """What the page shows of whoever is signed in."""
    return {"id": who.user, "name": who.name, "display_name": who.display_name, "role": who.role}


def name_try(core: Core, name: str) -> str:
    """Under which failures of a name are counted, whether or not it has an account."""
    return "name:" + core.keys.about("name", people.name_key(name))


def with_session(core: Core, call: Call[Any], told: dict[str, Any], token: str) -> Response:
    """An answer that brings a session's cookie."""
    answer = JSONResponse(told)
    cookies.give(answer, token, core.is_https(call.request))
    return answer


async def signed_in(core: Core, call: Call[Any], user: str, token: str, **more: Any) -> Response:
    """The answer to whoever is in now."""
    found = await core.database.run(lambda db: db.get(User, user))
    assert found is not None  # accounts are never deleted
    told = {
        "signed_in": "full",
        "csrf": core.keys.csrf(token),
        "user": public(Who(found.id, found.name, found.display_name, found.role, True, "")),
    }
    return with_session(core, call, told | more, token)
