"""The action server as Rasa calls it: one kept connection, and only what actions read.

Rasa's own endpoint opens a connection for each call and sends the whole conversation and the whole
domain with it, each time.
"""

from __future__ import annotations

import asyncio
from typing import Any, Dict, List, Optional, Text

import aiohttp
import ujson
from rasa.core.constants import DEFAULT_REQUEST_TIMEOUT
from rasa.utils.endpoints import ClientResponseError, EndpointConfig, concat_url

from assistant import turn

TURNS_SENT = 2  # actions look back on the present message and the reply before it
HEALTH_SECONDS = 3


class ActionEndpoint(EndpointConfig):
    """``action_endpoint`` of ``make run``; a call that can't be made marks the turn as lost."""

    def __init__(self, url: Text, headers: Dict[Text, Text]) -> None:
        # The domain goes along only where an action asks for it (``send_domain`` in the domain).
        super().__init__(url, headers=headers, enable_selective_domain=True)
        self._session: Optional[aiohttp.ClientSession] = None

    def session(self) -> aiohttp.ClientSession:
        """The kept connections; made anew in a new event loop."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                headers=self.headers,
                timeout=aiohttp.ClientTimeout(total=DEFAULT_REQUEST_TIMEOUT),
                connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=60),
                json_serialize=ujson.dumps,
            )
        return self._session

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()

    async def request(
        self,
        method: Text = "post",
        subpath: Optional[Text] = None,
        content_type: Optional[Text] = "application/json",
        compress: bool = False,
        **kwargs: Any,
    ) -> Optional[Any]:
        """One call; Rasa's own errors are raised where Rasa's endpoint raises them."""
        if isinstance(kwargs.get("json"), dict):
            kwargs["json"] = with_recent_events(kwargs["json"])
        kwargs.pop("timeout", None)
        try:
            try:
                return await self._send(method, subpath, kwargs)
            except (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError):
                # A kept connection may have ended meanwhile. Actions only compute, so a call that
                # was perhaps made can be made again.
                return await self._send(method, subpath, kwargs)
        except (aiohttp.ClientConnectionError, asyncio.TimeoutError) as error:
            turn.lose(f"action server ({type(error).__name__})")
            raise

    async def _send(self, method: Text, subpath: Optional[Text], kwargs: Dict[Text, Any]) -> Any:
        url = concat_url(self.url, subpath)
        async with self.session().request(method, url, **kwargs) as answer:
            if answer.status >= 400:
                raise ClientResponseError(answer.status, answer.reason, await answer.read())
            if "json" not in answer.content_type:
                return None
            return await answer.json()

    async def state(self) -> Text:
        """ "ok", or what is wrong with the action server."""
        url = self.url.rsplit("/webhook", 1)[0] + "/health"
        try:
            timeout = aiohttp.ClientTimeout(total=HEALTH_SECONDS)
            async with self.session().get(url, timeout=timeout) as answer:
                return "ok" if answer.status == 200 else f"answered {answer.status}"
        except Exception as error:  # whatever went wrong, it does not work
            return f"does not answer ({type(error).__name__})"


def with_recent_events(call: Dict[Text, Any]) -> Dict[Text, Any]:
    """The call with the events of the last turns only."""
    tracker = call.get("tracker") or {}
    events: List[Dict[Text, Any]] = tracker.get("events") or []
    turns = 0
    for index in range(len(events) - 1, -1, -1):
        turns += events[index].get("event") == "user"
        if turns > TURNS_SENT:
            return {**call, "tracker": {**tracker, "events": events[index + 1 :]}}
    return call
