"""The pages of signing in and of setting an account up: plain files, no data of anybody in them."""

from __future__ import annotations

from pathlib import Path

from starlette.responses import FileResponse, Response
from starlette.routing import Route

from frontdesk.desk.access import PUBLIC, Call, Gate, Nothing

_FOLDER = Path(__file__).parent / "pages"
PAGES = {
    "/desk/sign-in": ("sign-in.html", "text/html; charset=utf-8"),
    "/desk/setup": ("setup.html", "text/html; charset=utf-8"),
    "/desk/pages/people.css": ("people.css", "text/css; charset=utf-8"),
    "/desk/pages/people.js": ("people.js", "text/javascript; charset=utf-8"),
    "/desk/pages/sign-in.js": ("sign-in.js", "text/javascript; charset=utf-8"),
    "/desk/pages/setup.js": ("setup.js", "text/javascript; charset=utf-8"),
}


class Entry:
    """Their routes. Without the pace of the others: a page is six files, and knocks at nothing."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    def routes(self) -> list[Route]:
        """For everybody."""
        return [self._page(path, *what) for path, what in PAGES.items()]

    def _page(self, path: str, name: str, kind: str) -> Route:
        async def serve(_: Call[Nothing]) -> Response:
            return FileResponse(_FOLDER / name, media_type=kind)

        return self._gate.route("GET", path, PUBLIC, serve, Nothing, paced=False)
