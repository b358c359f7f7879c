"""A second server that speaks Rasa's side of the exchange; tests say how it behaves."""

import asyncio
import contextlib
import socket
import threading
from decimal import Decimal

import uvicorn
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

from irs.situation import Situation
from irs.told import to_json

SECRET = "a-secret-of-the-tests"
CASE = Situation(amount_owed=Decimal("12000"), days_to_pay=540, returns_filed=True)
FACTS = to_json(CASE.with_usual_answers())


def _reply(text, data=None):
    return {"text": text, "buttons": [], "links": [], "data": data}


class BrainStandIn:
    """Answers ``echo: <text>``; ``down``, ``slow`` and ``refuse`` change that.

    "plan" is answered with a question about the case, "owe" with the next one and what is known by
    then, "result" with a computed plan.
    """

    def __init__(self):
        self.turns = []
        self.forgotten = []
        self.down = False
        self.slow = 0.0
        self.refuse = set()
        self.at_once = {}
        self.most_at_once = 0
        self.most_in_all = 0
        self.port = _free()
        self.served = []  # (port, conversation) of each turn: served on two ports it is two workers

    def replies(self, body):
        if body["payload"] == "/get_started":
            return [
                {
                    "text": "opening",
                    "buttons": [{"title": "Audit?", "payload": '/faq{"topic": "is_it_audit"}'}],
                    "links": [],
                    "data": None,
                }
            ]
        said = body["payload"] or body["text"]
        if said == "plan":
            return [_reply("Yes, you can."), _reply("How much?", {"asks": "amount_owed"})]
        if said == "owe":
            known = {"amount_owed": "12000.00", "final_levy_notice": True}
            return [_reply("How long?", {"asks": "days_to_pay", "known": known})]
        if said == "start over":
            return [_reply("All cleared.", {"known": {}})]
        if said == "result":
            case = {"plan": "long_term", "facts": FACTS, "as_of": "2026-11-28"}
            return [_reply("A plan fits."), _reply("Sources.", case)]
        return [
            {"text": f"echo: {said}", "buttons": [], "links": [], "data": None},
            {
                "text": "more",
                "buttons": [{"title": "Lien?", "payload": '/faq{"topic": "lien"}'}],
                "links": [{"title": "IRS", "url": "https://www.irs.gov"}],
                "data": None,
            },
        ]

    async def turn(self, request):
        if request.headers.get("authorization") != f"Bearer {SECRET}":
            return JSONResponse({"error": "secret"}, 401)
        body = await request.json()
        conversation = body["conversation"]
        self.served.append((request.url.port, conversation))
        self.at_once[conversation] = self.at_once.get(conversation, 0) + 1
        self.most_at_once = max(self.most_at_once, self.at_once[conversation])
        self.most_in_all = max(self.most_in_all, sum(self.at_once.values()))
        try:
            if self.down:
                return JSONResponse({"error": "down"}, 503)
            if body["text"] in self.refuse:
                return JSONResponse({"error": "malformed"}, 400)
            if self.slow:
                await asyncio.sleep(self.slow)
            self.turns.append(body)
            return JSONResponse({"replies": self.replies(body)})
        finally:
            self.at_once[conversation] -= 1

    async def forget(self, request):
        if request.headers.get("authorization") != f"Bearer {SECRET}":
            return JSONResponse({"error": "secret"}, 401)
        if self.down:
            return JSONResponse({"error": "down"}, 503)
        self.forgotten.append(request.path_params["conversation"])
        return JSONResponse({"forgotten": True})

    async def health(self, request):
        if request.headers.get("authorization") != f"Bearer {SECRET}":
            return JSONResponse({"error": "secret"}, 401)
        return JSONResponse({"rasa": "ok", "actions": "ok"}, 200)

    def app(self):
        base = "/webhooks/frontdesk"
        return Starlette(
            routes=[
                Route(base + "/turn", self.turn, methods=["POST"]),
                Route(base + "/health", self.health),
                Route(base + "/conversation/{conversation}", self.forget, methods=["DELETE"]),
            ]
        )


def _free():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def serving(app, port):
    """An ASGI app on a real port, in a thread of its own."""
    server = uvicorn.Server(
        uvicorn.Config(
            app, port=port, log_level="error", lifespan="auto", timeout_graceful_shutdown=1
        )
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        if not thread.is_alive():
            raise RuntimeError("the server did not start")
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)
