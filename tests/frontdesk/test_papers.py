"""A plan's card and the documents: only for the visitor whose conversation it is, and not for long."""

import httpx
import pytest
from itsdangerous import URLSafeTimedSerializer
from test_consent import run
from test_marks import of

from frontdesk.channels.website import papers
from tools.visitor import NotTaken, Visitor


async def with_plan(site):
    visitor = Visitor(site)
    await visitor.connect()
    await visitor.say("result")
    return visitor, of(visitor, "Sources.")["seq"]


def test_the_card_is_that_of_the_facts(site):
    async def story():
        visitor, seq = await with_plan(site)
        plan = (await visitor.tell("plan", seq=seq))["plan"]
        assert plan["as_of"] == "2026-11-28" and plan["nothing"] is not None
        own = plan["ways"][0]
        assert own["id"] == "own_pace" and own["payments"] == 18
        assert own["balance"][0][1] >= "12000.00" and own["balance"][-1][1] == "0.00"
        assert plan["steps"] and plan["references"] and plan["disclaimer"]
        await visitor.close()

    run(story())


KINDS = [
    ("pdf", "application/pdf", "attachment", b"%PDF-"),
    ("transcript", "text/plain", "attachment", b"result"),
    ("print", "text/html", "inline", b"<article"),
]


@pytest.mark.parametrize("kind, type_, place, inside", KINDS)
def test_a_document_is_behind_its_link(site, kind, type_, place, inside):
    async def story():
        visitor, seq = await with_plan(site)
        url = (await visitor.tell("document", kind=kind, seq=seq))["url"]
        answer = httpx.get(site + url)
        assert answer.status_code == 200 and inside in answer.content
        assert answer.headers["content-type"].startswith(type_)
        assert answer.headers["content-disposition"].startswith(place)
        assert answer.headers["cache-control"] == "no-store"
        if kind == "pdf":
            shown = httpx.get(site + url, params={"inline": ""})
            assert shown.headers["content-disposition"].startswith("inline")
        await visitor.tell("delete")
        gone = httpx.get(site + url)
        assert gone.status_code == 404 and "run out" in gone.text
        await visitor.close()

    run(story())


def test_another_visitor_gets_none_of_it(site):
    async def story():
        visitor, seq = await with_plan(site)
        async with Visitor(site) as other:
            for event, body in (("plan", {}), ("document", {"kind": "pdf"})):
                with pytest.raises(NotTaken) as refused:
                    await other.tell(event, seq=seq, **body)
                assert refused.value.code == "no_such_plan"
            url = (await other.tell("document", kind="transcript"))["url"]
            assert "A plan fits." not in httpx.get(site + url).text
        await visitor.close()

    run(story())


def test_a_link_that_was_tampered_with_or_is_old_opens_nothing(site, settings, monkeypatch):
    async def story():
        visitor, seq = await with_plan(site)
        url = (await visitor.tell("document", kind="transcript"))["url"]
        _, _, key, name = url.split("/")
        # Not the last letter: it has bits to spare, and another may say the same.
        forged = key[:-5] + ("A" if key[-5] != "A" else "B") + key[-4:]
        for wrong in (forged, "x", key.split(".")[0]):
            assert httpx.get(f"{site}/documents/{wrong}/{name}").status_code == 404
        other = URLSafeTimedSerializer("another-secret", salt="document")
        other_key = other.dumps([visitor.session["conversation"], "transcript", 0])
        assert httpx.get(f"{site}/documents/{other_key}/{name}").status_code == 404
        # The visitor's token is signed for another purpose.
        assert httpx.get(f"{site}/documents/{visitor.token}/{name}").status_code == 404
        monkeypatch.setattr(papers, "LINK_SECONDS", -1)
        assert httpx.get(site + url).status_code == 404
        await visitor.close()

    run(story())


@pytest.mark.parametrize(
    "event, body, code",
    [
        ("plan", {"seq": 1}, "no_such_plan"),
        ("plan", {"seq": 0}, "no_such_plan"),
        ("plan", {"seq": "1"}, "bad_request"),
        ("plan", {}, "bad_request"),
        ("document", {"kind": "pdf"}, "no_such_plan"),
        ("document", {"kind": "secrets", "seq": 1}, "no_such_plan"),
        ("document", {"kind": ["pdf"], "seq": 1}, "no_such_plan"),
        ("document", {"kind": "pdf", "seq": "x"}, "bad_request"),
    ],
)
def test_what_is_not_there_is_said(site, event, body, code):
    async def story():
        async with Visitor(site) as visitor:
            with pytest.raises(NotTaken) as refused:
                await visitor.tell(event, **body)
            assert refused.value.code == code and str(refused.value).endswith(".")

    run(story())


def test_words_in_a_transcript_are_never_markup(site):
    async def story():
        async with Visitor(site) as visitor:
            await visitor.say("<script>alert(1)</script><img src=x onerror=alert(1)>")
            url = (await visitor.tell("document", kind="print"))["url"]
            page = httpx.get(site + url)
            assert "<script>alert" not in page.text and "<img" not in page.text
            assert "&lt;script&gt;" in page.text
            assert "default-src 'none'" in page.headers["content-security-policy"]

    run(story())
