"""What is built in web/: the widget a firm's page loads, the demo page, the inline page."""

from __future__ import annotations

from pathlib import Path

from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

# The widget is loaded as a module by pages of other origins, and nothing in it is secret.
_FOR_ALL = {"access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin"}
_FILES = {
    "/": "index.html",
    "/chat": "chat.html",
    "/widget.js": "widget.js",
    "/widget.d.ts": "widget.d.ts",
    "/print.css": "print.css",
    "/print.js": "print.js",
}
_SMALLER = [Middleware(GZipMiddleware, minimum_size=500)]


def routes(folder: Path) -> list[BaseRoute]:
    """The pages' routes; without the built files they say what to do."""
    # Fixed names: kept by the browser, but asked for changes each time.
    files = _Files(folder, "no-cache")
    found: list[BaseRoute] = [
        Route(path, _one(files, name), middleware=_SMALLER) for path, name in _FILES.items()
    ]
    if (folder / "assets").is_dir():  # each with a hash in its name
        assets = _Files(folder / "assets", "public, max-age=31536000, immutable")
        found.append(Mount("/assets", assets, middleware=_SMALLER))
    return found


class _Files(StaticFiles):
    """Files that any page may load, kept by browsers as told."""

    def __init__(self, folder: Path, kept: str) -> None:
        super().__init__(directory=folder, check_dir=False)
        self.folder = folder
        self._kept = kept

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers.update(_FOR_ALL | {"cache-control": self._kept})
        return response


def _one(files: _Files, name: str):  # type: ignore[no-untyped-def]  # Starlette's type of an endpoint
    async def serve(request: Request) -> Response:
        if not (files.folder / name).is_file():
            return PlainTextResponse("The page is not built yet. Run: make setup", 503)
        return await files.get_response(name, request.scope)

    return serve
