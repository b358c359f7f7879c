"""Calls of the action server: kept connections, few events, and a turn marked lost when it is away."""

import asyncio
import json

import aiohttp
import pytest
from aiohttp import web
from rasa.core.actions.action import RemoteAction
from rasa.shared.exceptions import RasaException
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from assistant import turn
from assistant.action_endpoint import TURNS_SENT, ActionEndpoint, with_recent_events


class Server:
    """An action server that remembers what it was sent, on connections it can cut."""

    def __init__(self, status=200):
        self.calls, self.connections, self.status = [], set(), status

    async def __aenter__(self):
        app = web.Application()
        app.router.add_post("/webhook", self._webhook)
        app.router.add_get("/health", lambda _: web.json_response({}, status=self.status))
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", getattr(self, "port", 0))
        await site.start()
        self.port = site._server.sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/webhook"
        return self

    async def __aexit__(self, *_):
        await self._runner.cleanup()

    async def _webhook(self, request):
        self.connections.add(request.transport)
        self.calls.append((dict(request.headers), await request.json()))
        return web.json_response({"events": [], "responses": []}, status=self.status)


def story(coroutine):
    asyncio.run(asyncio.wait_for(coroutine, 30))


def test_one_connection_for_all_calls():
    async def calls():
        async with Server() as server:
            endpoint = ActionEndpoint(server.url, {"Authorization": "Bearer s"})
            for number in range(3):
                assert await endpoint.request(json={"number": number}) == {
                    "events": [],
                    "responses": [],
                }
            assert await endpoint.state() == "ok"
            assert len(server.connections) == 1
            assert [body["number"] for _, body in server.calls] == [0, 1, 2]
            assert server.calls[0][0]["Authorization"] == "Bearer s"
            await endpoint.close()

    story(calls())


def test_a_server_that_was_started_again_is_called_again():
    async def calls():
        server = Server()
        async with server:
            endpoint = ActionEndpoint(server.url, {})
            await endpoint.request(json={})
        state = turn.begin()
        async with server:
            await endpoint.request(json={})
        assert state.lost is None and len(server.calls) == 2
        await endpoint.close()

    story(calls())


def test_a_server_that_is_away_loses_the_turn_and_says_so_in_its_state():
    async def calls():
        async with Server() as server:
            pass
        endpoint = ActionEndpoint(server.url, {})
        state = turn.begin()
        with pytest.raises(aiohttp.ClientConnectionError):
            await endpoint.request(json={})
        assert state.lost == "action server (ClientConnectorError)"
        assert "does not answer" in await endpoint.state()
        await endpoint.close()

    story(calls())


def test_what_the_server_answers_is_no_lost_turn():
    async def calls():
        async with Server(status=500) as server:
            endpoint = ActionEndpoint(server.url, {})
            state = turn.begin()
            with pytest.raises(ClientResponseError):
                await endpoint.request(json={})
            assert state.lost is None and await endpoint.state() == "answered 500"
            await endpoint.close()

    story(calls())


def test_rasas_action_finds_what_it_knows_to_handle():
    """Rasa makes its own error of a server that is away; and asks the endpoint about the domain."""

    async def calls():
        from conversation_events import DOMAIN, opening
        from rasa.shared.core.trackers import DialogueStateTracker

        async with Server() as server:
            tracker = DialogueStateTracker.from_events("c", opening(), DOMAIN.slots)
            action = RemoteAction("action_answer", ActionEndpoint(server.url, {}))
            assert await action.run(None, None, tracker, DOMAIN) == []
            assert "domain" not in server.calls[0][1]
            assert len(server.calls[0][1]["tracker"]["events"]) == len(opening())
            await action.action_endpoint.close()
        with pytest.raises(RasaException):
            await action.run(None, None, tracker, DOMAIN)
        await action.action_endpoint.close()

    story(calls())


def test_only_the_last_turns_are_sent():
    def turns(count):
        return [e for n in range(count) for e in ({"event": "user", "n": n}, {"event": "bot"})]

    call = {"tracker": {"events": turns(9), "slots": {}}, "next_action": "a"}
    before = json.dumps(call)
    sent = with_recent_events(call)["tracker"]["events"]
    assert sent[0] == {"event": "bot"}  # the reply before the first of the messages
    assert [e["n"] for e in sent if "n" in e] == list(range(9 - TURNS_SENT, 9))
    assert json.dumps(call) == before
    for few in (turns(1), turns(TURNS_SENT), [], None):
        assert with_recent_events({"tracker": {"events": few}})["tracker"]["events"] == few


def test_rasas_endpoint_is_still_called_in_the_way_that_is_replaced():
    """RemoteAction calls ``request``, with these words."""
    import inspect

    source = inspect.getsource(RemoteAction.run)
    assert "await self.action_endpoint.request(" in source
    for word in ("json=", 'method="post"', "timeout=", "compress="):
        assert word in source
    assert set(inspect.signature(EndpointConfig.request).parameters) == set(
        inspect.signature(ActionEndpoint.request).parameters
    )
