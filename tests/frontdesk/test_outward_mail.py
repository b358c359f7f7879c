"""E-mail through a real SMTP server: to the firm's people when a case waits, to visitors who ask."""

import asyncio

import pytest
from brain_stand_in import FACTS, _reply, serving
from handoff_stand import Advisor, Guest, put_in
from outward_stand import post_office, quick, until
from pydantic import ValidationError
from structlog.testing import capture_logs

from frontdesk import app
from frontdesk.app import make_app
from frontdesk.outward.mail_me import address
from frontdesk.outward.settings import OutwardSettings
from tools.visitor import NotTaken


def run(coroutine):
    return asyncio.run(asyncio.wait_for(coroutine, 60))


@pytest.fixture
def office():
    with post_office() as opened:
        yield opened


@pytest.fixture
def start(settings, office, monkeypatch):
    """Start the frontdesk with mail."""
    monkeypatch.setattr(app, "Handoff", app.Handoff)
    put_in(app)
    quick(monkeypatch)
    monkeypatch.setenv("SMTP_URL", f"smtp://127.0.0.1:{office.port}")
    monkeypatch.setenv("MAIL_FROM", "desk@harbor.example")
    more = {
        "handoff": True, "firm_name": "Harbor Tax", "firm_phone": "555-0100",
        "desk_origin": "https://desk.harbor.example", "brain_timeout_seconds": 5.0,
    }  # fmt: skip
    chosen = settings.model_copy(update=more)
    return lambda: serving(make_app(chosen), chosen.port)


@pytest.fixture
def staff(monkeypatch):
    monkeypatch.setenv("DESK_MAIL_TO", "anna@harbor.example, ben@harbor.example")


def test_the_firms_people_hear_that_a_case_waits(start, office, staff):
    async def story(site):
        async with Advisor(site), Guest(site) as guest:
            await guest.say("result")
            await guest.say("my secret is that i owe 12000")
            await guest.wait_for_a_person()
            await until(lambda: office.mails)
            to, mail = office.mails[0]
            assert to == ["anna@harbor.example", "ben@harbor.example"]
            text = mail.get_content()
            assert "The visitor asked for a person." in text
            assert "Place in line: 1 of 1" in text and "Channel: website" in text
            assert "Open the desk: https://desk.harbor.example/desk" in text
            whole = mail.as_string()
            assert "secret" not in whole and "12,000" not in whole and "12000" not in whole
            assert mail["from"] == "Harbor Tax <desk@harbor.example>"
            assert mail["auto-submitted"] == "auto-generated"
            assert mail["message-id"].startswith("<o-") and "harbor.example>" in mail["message-id"]
            assert len(office.mails) == 1

    with start() as site:
        run(story(site))


def test_a_case_that_was_taken_meanwhile_is_no_news(start, office, staff):
    office.close()

    async def story(site):
        async with Advisor(site) as anna, Guest(site) as guest:
            await guest.wait_for_a_person()
            await asyncio.sleep(0.5)  # mail is down; it was tried
            await anna.take_first()
            office.open()
            await asyncio.sleep(1.5)
            assert office.mails == []

    with start() as site:
        run(story(site))


def test_smtp_down_and_a_restart_lose_nothing(start, office, staff):
    office.close()

    async def ask(site):
        async with Advisor(site), Guest(site) as guest:
            await guest.wait_for_a_person()

    with start() as site:
        run(ask(site))
    with start() as site:
        import httpx

        async def story():
            async def seen():
                line = httpx.get(site + "/health").json()["outward"]
                return line.startswith("mail: 1 waiting (SMTPConnectError")

            await until(seen)
            office.open()
            await until(lambda: office.mails)
            await until(lambda: httpx.get(site + "/health").json()["outward"] == "ok")
            assert len(office.mails) == 1

        run(story())


def attachments(mail):
    return {part.get_filename(): part for part in mail.iter_attachments()}


def test_a_visitor_is_sent_their_conversation_and_plan(start, office, brain):
    case = {
        "plan": "long_term",
        "facts": {**FACTS, "due_date": "2026-12-07"},
        "as_of": "2026-11-28",
    }
    brain.replies = lambda body: [
        _reply("A plan fits.", case if body["text"] == "result" else None)
    ]

    async def story(site):
        async with Guest(site) as guest:
            assert guest.session["mail"] is True
            await guest.say("result")
            with capture_logs() as logs:
                ack = await guest.tell(
                    "mail_me", to=" ann@example.com ", transcript=True, plan=True
                )
                assert ack["sends"] == ["transcript", "plan"]
                await until(lambda: office.mails)
            assert "ann@example.com" not in str(logs)
            (to, mail) = office.mails[0]
            assert to == ["ann@example.com"]
            body = mail.get_body().get_content()
            assert "Harbor Tax" in body and "your payment plan" in body and "555-0100" in body
            assert "result" not in body  # what a visitor typed is in the attachment only
            papers = attachments(mail)
            assert list(papers) == ["cp503-conversation.txt", "cp503-plan.pdf", "cp503-dates.ics"]
            assert "A plan fits." in papers["cp503-conversation.txt"].get_content()
            assert papers["cp503-plan.pdf"].get_content().startswith(b"%PDF")
            dates = papers["cp503-dates.ics"].get_payload(decode=True)
            assert dates.startswith(b"BEGIN:VCALENDAR")

    with start() as site:
        run(story(site))


def test_the_address_is_gone_when_it_was_sent(start, office, settings):
    async def story(site):
        async with Guest(site) as guest:
            await guest.say("hello")
            await guest.tell("mail_me", to="ann@example.com", transcript=True, plan=True)
            await until(lambda: office.mails)
            await until(lambda: b"ann@example.com" not in _bytes(settings.folder))

    with start() as site:
        run(story(site))
    assert b"ann@example.com" not in _bytes(settings.folder)


def _bytes(folder):
    import sqlite3

    with sqlite3.connect(folder / "frontdesk.db") as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return b"".join(p.read_bytes() for p in folder.glob("frontdesk.db*"))


def test_what_a_visitor_is_told_instead(start, office):
    async def refused(guest, **body):
        with pytest.raises(NotTaken) as taken:
            await guest.tell("mail_me", **body)
        assert str(taken.value).endswith(".")
        return taken.value.code

    async def story(site):
        async with Guest(site, consent=False) as guest:
            await guest.say("hello")
            ask = {"to": "ann@example.com", "transcript": True, "plan": False}
            assert await refused(guest, **ask) == "consent_needed"
            await guest.tell("consent", agree=True)
            assert await refused(guest, **{**ask, "to": "ann at example"}) == "bad_contact"
            assert (
                await refused(guest, **{**ask, "to": "a@b.example\nBcc: c@d.example"})
                == "bad_contact"
            )
            assert await refused(guest, **{**ask, "to": None}) == "bad_contact"
            assert await refused(guest, **{**ask, "plan": "yes"}) == "bad_request"
            assert await refused(guest, to=ask["to"], transcript=False, plan=True) == "nothing"
            assert await refused(guest, to=ask["to"]) == "nothing"
            for _ in range(3):
                assert (await guest.tell("mail_me", **ask))["sends"] == ["transcript"]
            assert await refused(guest, **ask) == "too_many"
            await until(lambda: len(office.mails) == 3)
        async with Guest(site) as guest:
            assert await refused(guest, **ask) == "nothing"  # nothing was said yet

    with start() as site:
        run(story(site))


def test_a_new_conversation_does_not_start_the_count_again_for_ever(start, office):
    async def story(site):
        async with Guest(site) as guest:
            sent = 0
            with pytest.raises(NotTaken, match="several times"):
                for _ in range(4):
                    await guest.say("hello")
                    for _ in range(3):
                        await guest.tell("mail_me", to="ann@example.com", transcript=True)
                        sent += 1
                    await guest.tell("restart")
                    await asyncio.sleep(0.2)
            assert sent == 6

    with start() as site:
        run(story(site))


def test_without_mail(settings):
    async def story(site):
        async with Guest(site) as guest:
            assert guest.session["mail"] is False
            await guest.say("hello")
            with pytest.raises(NotTaken) as taken:
                await guest.tell("mail_me", to="ann@example.com", transcript=True)
            assert taken.value.code == "mail_off"

    with serving(make_app(settings), settings.port) as site:
        run(story(site))


@pytest.mark.parametrize("step", ["rcpt", "data"])
def test_what_the_server_refuses_for_good_is_given_up_and_the_address_with_it(
    start, office, settings, step
):
    office.refuse = {step: "550 no such mailbox"}

    async def story(site):
        import httpx

        async with Guest(site) as guest:
            await guest.say("hello")
            await guest.tell("mail_me", to="ann@example.com", transcript=True)
            await until(lambda: "1 given up" in httpx.get(site + "/health").json()["outward"])
            assert httpx.get(site + "/health").status_code == 200

    with start() as site:
        run(story(site))
    assert b"ann@example.com" not in _bytes(settings.folder)


def test_what_it_refuses_for_now_is_sent_later(start, office):
    office.refuse = {"rcpt": "451 greylisted"}

    async def story(site):
        async with Guest(site) as guest:
            await guest.say("hello")
            await guest.tell("mail_me", to="ann@example.com", transcript=True)
            await asyncio.sleep(0.5)
            office.refuse = {}
            await until(lambda: office.mails)

    with start() as site:
        run(story(site))


def test_a_visitor_who_deletes_everything_is_sent_nothing(start, office):
    office.close()

    async def story(site):
        async with Guest(site) as guest:
            await guest.say("hello")
            await guest.tell("mail_me", to="ann@example.com", transcript=True)
            await guest.tell("delete")
            office.open()
            await asyncio.sleep(1)
            assert office.mails == []

    with start() as site:
        run(story(site))


@pytest.mark.parametrize(
    "given, found",
    [
        ("ann@example.com", "ann@example.com"),
        ("  a.b+c@sub.example.com ", "a.b+c@sub.example.com"),
        ("ann@bücher.example", "ann@xn--bcher-kva.example"),
    ],
)
def test_addresses(given, found):
    assert address(given) == found


@pytest.mark.parametrize(
    "given",
    ["", "ann", "@example.com", "ann@", "a b@example.com", "a@b", "a@b..example", "a,b@example.com",
     "a@b.example, c@d.example", "a@example.com\r\nBcc: x@y.example", "<a@b.example>", 5, None,
     "a" * 65 + "@example.com", "a@" + "b" * 250 + ".com", "a@-b.example"],
)  # fmt: skip
def test_no_addresses(given):
    from frontdesk.gate import Refused

    with pytest.raises(Refused):
        address(given)


@pytest.mark.parametrize(
    "given, words",
    [
        ({"smtp_url": "mail.example.com"}, "SMTP_URL must be like"),
        ({"smtp_url": "smtp://m.example"}, "needs MAIL_FROM"),
        ({"smtp_url": "smtp://m.example", "mail_from": "nobody"}, "MAIL_FROM must be"),
        ({"smtp_url": "smtp://m.example:x", "mail_from": "a@b.example"}, "cannot be read"),
        ({"desk_mail_to": "a@b.example"}, "DESK_MAIL_TO needs"),
        ({"desk_mail_to": "a@b.example;c"}, "comma separated"),
        ({"smtp_url": "smtp://m", "smtp_host": "m", "mail_from": "a@b.example"}, "one of them"),
    ],
)
def test_settings_that_do_not_fit(given, words):
    with pytest.raises(ValidationError, match=words):
        OutwardSettings(_env_file=None, **given)


def test_settings_of_a_mail_server():
    def smtp(**given):
        return OutwardSettings(_env_file=None, mail_from="a@b.example", **given).smtp

    one = smtp(smtp_url="smtp://user%40b:p%3Aw@mail.example.com")
    assert (one.host, one.port, one.user, one.password) == (
        "mail.example.com",
        587,
        "user@b",
        "p:w",
    )
    assert one.starttls and not one.tls
    one = smtp(smtp_url="smtps://mail.example.com")
    assert one.port == 465 and one.tls and not one.starttls
    one = smtp(smtp_host="mail.example.com", smtp_port=465, smtp_user="u", smtp_password="p")
    assert one.tls and one.user == "u"
    assert not smtp(smtp_host="127.0.0.1", smtp_port=1025).starttls
    assert not smtp(smtp_host="mail.example.com", smtp_starttls=False).starttls
