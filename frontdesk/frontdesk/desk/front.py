"""The desk's page itself: for who is signed in; everybody else is sent to sign in."""

from __future__ import annotations

from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from frontdesk.desk.access import PUBLIC, Call, Gate, Nothing
from frontdesk.desk.core import Core

PAGE, SIGN_IN = "/desk", "/desk/sign-in"
# Its scripts and styles are files of its own under /assets; it speaks with this server alone.
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)


class Front:
    """Its route: open to all, since who is nobody yet is shown the way in and not an error."""

    def __init__(self, core: Core, gate: Gate) -> None:
        self._core, self._gate = core, gate

    def routes(self) -> list[Route]:
        """One."""
        return [self._gate.route("GET", PAGE, PUBLIC, self._page, Nothing, paced=False)]

    async def _page(self, call: Call[Nothing]) -> Response:
        if call.who is None or not call.who.full:
            return RedirectResponse(SIGN_IN, 303)
        built = self._core.settings.web_dir / "desk.html"
        if not built.is_file():
            return PlainTextResponse("The page is not built yet. Run: make setup", 503)
        return FileResponse(built, headers={"content-security-policy": POLICY})
