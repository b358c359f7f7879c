"""``python -m frontdesk``: serve on HOST:PORT until told to stop."""

from __future__ import annotations

import errno
import socket
import sys

import uvicorn
from pydantic import ValidationError

from frontdesk import log
from frontdesk.app import make_app
from frontdesk.settings import Settings


def main() -> int:
    """Exit codes: 2 a setting is wrong, 3 the port is taken."""
    try:
        settings = Settings()  # type: ignore[call-arg]  # the environment gives them
        app = make_app(settings)
    except ValidationError as error:
        said = (
            str(e["loc"][0]).upper() if e["loc"] else str(e["ctx"]["error"]) for e in error.errors()
        )
        print(
            f"A setting is missing or wrong: {', '.join(said)}. See .env.example.", file=sys.stderr
        )
        return 2
    log.configure()
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if settings.frontdesks > 1:  # several processes on one port: the kernel deals connections out
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        what = "is taken by another program" if error.errno == errno.EADDRINUSE else "can't be used"
        print(
            f"Port {settings.port} on {settings.host} {what}. Stop that program, or start with "
            f"another port: make run PORT=8081",
            file=sys.stderr,
        )
        return 3
    uvicorn.Server(
        uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False,
            timeout_graceful_shutdown=3,
        )
    ).run([listener])  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
