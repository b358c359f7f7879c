"""The one cookie of a session.

By https its name begins with ``__Host-``: no other host of the domain can plant one. Without https,
at a developer's own machine, browsers refuse that name.
"""

from __future__ import annotations

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

_NAME, _TRIP = "desk", "desk-oidc"
TRIP_SECONDS = 600  # to the provider and back


def _named(name: str, https: bool) -> str:
    return "__Host-" + name if https else name


def read(request: HTTPConnection, https: bool) -> str | None:
    """The session's token a browser sent."""
    return request.cookies.get(_named(_NAME, https))


def give(response: Response, token: str, https: bool) -> None:
    """Until the browser is closed; the server ends the session before."""
    response.set_cookie(
        _named(_NAME, https), token, path="/", httponly=True, secure=https, samesite="strict"
    )


def take_away(response: Response, https: bool) -> None:
    """Of a session that ended."""
    response.delete_cookie(
        _named(_NAME, https), path="/", httponly=True, secure=https, samesite="strict"
    )


def read_trip(request: Request, https: bool) -> str | None:
    """What a browser carried to the provider and back."""
    return request.cookies.get(_named(_TRIP, https))


def give_trip(response: Response, carried: str, https: bool) -> None:
    """Lax: the browser comes back from the provider's site, where a strict cookie stays behind."""
    response.set_cookie(
        _named(_TRIP, https), carried, max_age=TRIP_SECONDS, path="/", httponly=True,
        secure=https, samesite="lax",
    )  # fmt: skip


def end_trip(response: Response, https: bool) -> None:
    """It is used once."""
    response.delete_cookie(
        _named(_TRIP, https), path="/", httponly=True, secure=https, samesite="lax"
    )
