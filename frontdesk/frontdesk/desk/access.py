"""The desk's gate: every route says who may call it, and nothing of a route runs before that is known.

In this order: who calls, may they, did it come from the desk's own page, is the body what it says.
"""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Generic, Literal, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from frontdesk.desk import cookies, sessions
from frontdesk.desk.core import Core
from frontdesk.desk.refusals import Refused
from frontdesk.desk.sessions import Who

LARGEST_BODY = 32_000  # bytes; a passkey's answer is the longest, with about 2,000
PUBLIC: Final = "public"
HALF: Final = "half"
ADVISOR: Final = "advisor"
MANAGER: Final = "manager"
Access = Literal["public", "half", "advisor", "manager"]
_READS = {"GET", "HEAD"}


class Body(BaseModel):
    """What a route takes; anything else in it is refused."""

    model_config = ConfigDict(extra="forbid", strict=True)


B = TypeVar("B", bound=Body)


class Nothing(Body):
    """For routes that take nothing."""


@dataclass(frozen=True)
class Call(Generic[B]):
    """A request that may be done."""

    request: Request
    body: B
    at: datetime
    address: str  # hashed: for tries and the audit log
    who: Who | None

    @property
    def me(self) -> Who:
        """Whoever calls; there is somebody on every route that is not public."""
        if self.who is None:
            raise Refused("not_signed_in")
        return self.who


class Act(Protocol[B]):
    """What a route does."""

    def __call__(self, call: Call[B], /) -> Awaitable[Response]: ...


class Gate:
    """Makes the desk's routes."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def route(
        self,
        method: str,
        path: str,
        who: Access,
        act: Act[B],
        body: type[B],
        paced: bool = True,
    ) -> Route:
        """A route of the desk, for those who may: ``who`` or anybody above them.

        ``paced``: a public one counts as a knock at the door.
        """

        async def endpoint(request: Request) -> Response:
            try:
                answer = await act(await self._pass(request, who, body, paced))
            except Refused as refused:
                answer = refusal(refused)
            except (SQLAlchemyError, OSError) as error:
                self._core.log.error("desk: database failed", error=type(error).__name__)
                answer = refusal(Refused("not_now"))
            answer.headers.setdefault("cache-control", "no-store")
            return answer

        endpoint.who = who  # type: ignore[attr-defined]  # read by the test of (role x route)
        return Route(path, endpoint, methods=[method])

    async def _pass(self, request: Request, who: Access, body: type[B], paced: bool) -> Call[B]:
        core, at = self._core, self._core.clock()
        client = request.client.host if request.client else "?"
        token = cookies.read(request, core.is_https(request))
        caller = await core.database.run(lambda db: sessions.find(db, token, at)) if token else None
        request.state.desk_user = caller
        if who != PUBLIC:
            _may(caller, who)
        elif paced:
            await core.pace.count(client)
        if request.method not in _READS:
            self._own_page(request, token if who != PUBLIC else None)
        read = await _read(request, body)
        return Call(request, read, at, core.keys.about("address", client), caller)

    def _own_page(self, request: Request, token: str | None) -> None:
        """Refuse what another site's page made the browser send."""
        site = request.headers.get("sec-fetch-site", "same-origin")
        origin = request.headers.get("origin")
        foreign = origin is not None and origin != self._core.origin(request)
        given = request.headers.get("x-desk-token", "")
        if foreign or site not in ("same-origin", "none"):
            raise Refused("forged")
        if token is not None and not self._core.keys.same(given, self._core.keys.csrf(token)):
            raise Refused("forged")


def current_user(request: Request) -> Who:
    """Whoever is fully signed in and calls; for handlers behind ``Gate.route``."""
    who: Who | None = getattr(request.state, "desk_user", None)
    if who is None or not who.full:
        raise Refused("not_signed_in")
    return who


def refusal(refused: Refused) -> Response:
    """A refusal as an answer."""
    headers = {} if refused.wait is None else {"retry-after": str(refused.wait)}
    return JSONResponse(refused.body(), refused.status, headers)


def _may(caller: Who | None, who: Access) -> None:
    if caller is None:
        raise Refused("not_signed_in")
    if who != HALF and not caller.full:
        raise Refused("half_signed_in")
    if who == MANAGER and caller.role != MANAGER:
        raise Refused("not_allowed")


async def _read(request: Request, body: type[B]) -> B:
    try:
        if request.method in _READS:
            return body.model_validate_strings(dict(request.query_params))
        if request.headers.get("content-type", "").split(";")[0].strip() != "application/json":
            raise Refused("not_json")
        return body.model_validate_json(await _bytes(request) or b"{}")
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(str(part) for part in fault["loc"])  # the field, never what was in it
        what = f"{where}: {fault['msg']}" if where else "it is no JSON object"
        raise Refused("bad_request", what=what.rstrip(".")) from None


async def _bytes(request: Request) -> bytes:
    read = bytearray()
    async for part in request.stream():
        read += part
        if len(read) > LARGEST_BODY:
            raise Refused("too_large")
    return bytes(read)
