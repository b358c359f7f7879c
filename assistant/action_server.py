"""The action server as the supervisor runs it: loopback only, and only with the shared secret.

``rasa run actions`` still works for a developer; it is Rasa's own server, open to every caller on
the machine's network, so nothing but a developer's shell should use it.
"""

from __future__ import annotations

import hmac
import logging
import os
import sys

from rasa_sdk.endpoint import create_app
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

from assistant.topics import TopicError, topics


def make_app(secret: str) -> Sanic:
    """Rasa's action server behind the secret; errors never echo the request."""
    app = create_app("actions", cors_origins="")

    @app.middleware("request")
    async def only_with_the_secret(request: Request) -> HTTPResponse | None:
        given = request.headers.get("authorization", "")
        if hmac.compare_digest(given.encode(), f"Bearer {secret}".encode()):
            return None
        return json({"error": "wrong or missing secret"}, status=401)

    @app.middleware("response")
    async def no_echo(request: Request, answer: HTTPResponse) -> HTTPResponse | None:
        # Rasa's error handler sends the whole tracker back; it may hold what a person wrote.
        if answer.status >= 500:
            return json({"error": "the action failed"}, status=answer.status)
        return None

    return app


def main() -> int:
    """Serve on ACTION_HOST:ACTION_PORT; the host is loopback but in a container."""
    secret = os.environ.get("CP503_SECRET")
    if not secret:
        print("CP503_SECRET is not set. Start the assistant with: make run", file=sys.stderr)
        return 2
    try:
        topics()
    except TopicError as error:
        print(error, file=sys.stderr)
        return 2
    logging.getLogger("sanic.access").disabled = True
    port = int(os.environ.get("ACTION_PORT", "5055"))
    host = os.environ.get("ACTION_HOST") or "127.0.0.1"
    make_app(secret).run(host, port, workers=1, access_log=False, motd=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
