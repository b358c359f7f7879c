"""Who a socket belongs to, by the desk's session cookie: joins the desk's people to the hand-over."""

from __future__ import annotations

from typing import Any

from starlette.requests import HTTPConnection

from frontdesk.desk import Desk, Who, cookies
from frontdesk.handoff.desk_socket import SignIn


def by_cookie(desk: Desk, origin: str) -> SignIn:
    """``sign_in`` for a desk; ``origin`` as ``DESK_ORIGIN`` has it."""

    async def sign_in(environ: dict[str, Any], used: bool) -> Who | None:
        asked = HTTPConnection(environ["asgi.scope"])
        https = origin.startswith("https://") or asked.url.scheme in ("https", "wss")
        return await desk.who(cookies.read(asked, https), used)

    return sign_in
