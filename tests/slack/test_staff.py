"""The firm's people in Slack: a card for each case that waits, claimed by whom the desk knows."""

import sqlite3

import httpx
import pytest
from desk import FrontdeskAlone
from staff import (
    ORIGIN,
    STAFF,
    AtTheDesk,
    a_person_please,
    account,
    asks_for_a_person,
    open_always,
)

from frontdesk.handoff import whole


@pytest.fixture
def mode():
    return "http"


@pytest.fixture
def url(desk, slack, brain, monkeypatch, mode):
    open_always(monkeypatch)
    a_person_please(brain)
    slack.channel(STAFF, private=True, name="tax-desk")
    monkeypatch.setenv("SLACK_STAFF_CHANNEL", STAFF)
    return desk(mode, desk_origin=ORIGIN, handoff_grace_seconds=1)


@pytest.fixture
def anna(url, slack, tmp_path):
    """An advisor whose desk account and Slack account are linked; she is U2 in Slack."""
    made = account(url, tmp_path / "data")
    assert "linked to the desk account of anna" in made.links(slack.user("U2"))
    return made


@pytest.fixture
def ben(url, slack, tmp_path):
    made = account(url, tmp_path / "data", "ben")
    assert "linked" in made.links(slack.user("U3"))
    return made


def card(slack):
    return slack.wait_posted(STAFF)[-1]


def says(slack, words):
    """Wait until the latest card says something."""
    slack.wait_for(lambda: words in card(slack).words, why=f"no card says {words}")
    return card(slack)


def told(slack, user):
    """The last thing only they were shown."""
    found = [m for m in slack.ephemerals if m.user_only == user]
    return found[-1].words if found else ""


def test_a_card_says_why_and_how_urgent_and_nothing_of_the_visitor(url, slack, tmp_path):
    client = slack.user("U1")
    client.says(client.dm, "my name is Jo Doe, I owe $12,345 and live at 555-0199")
    asks_for_a_person(slack, client)
    shown = says(slack, "A case waits")
    assert "The visitor asked for a person" in shown.words and "Slack" in shown.words
    assert "no deadline known" in shown.words and "Waiting since <!date^" in shown.words
    assert shown.buttons == ["Claim", "Open the desk"]
    for secret in ("Jo", "12,345", "$", "555", "U1", client.dm):
        assert secret not in shown.words
    assert len(slack.posted(STAFF)) == 1


def test_claimed_in_slack_the_advisor_goes_on_at_the_desk(url, slack, brain, anna):
    client, slacker = slack.user("U1"), slack.user("U2")
    asks_for_a_person(slack, client)
    slacker.clicks(says(slack, "A case waits"), "Claim")
    shown = says(slack, "anna has this case")
    assert shown.buttons == ["Open the desk"]
    answer = slack.wait_for(  # the last thing told may still be the link's
        lambda: told(slack, "U2") if "You have this case now" in told(slack, "U2") else ""
    )
    case = answer.split("/desk#/work/")[1].split("|")[0]
    assert f"<{ORIGIN}/desk#/work/{case}|" in answer and "5 minutes" in answer
    slack.wait_for(
        lambda: "anna of Harbor Tax has taken your case" in slack.posted(client.dm)[-1].words
    )
    desk = AtTheDesk(url, anna.token)
    desk(desk.advisor.connect())
    opened = desk(desk.advisor.open(case))
    assert opened["case"]["mine"]
    desk(desk.advisor.say("good morning"))
    slack.wait_for(lambda: "good morning" in slack.posted(client.dm)[-1].words)
    turns = len(brain.turns)
    client.says(client.dm, "hello anna")
    slack.wait_for(lambda: "hello anna" in [m["text"] for m in desk.advisor.messages.values()])
    assert len(brain.turns) == turns
    desk(desk.advisor.do("release", case=case))
    back = says(slack, "A case is back in the queue")
    assert back.buttons == ["Claim", "Open the desk"]
    slacker.clicks(back, "Claim")
    says(slack, "anna has this case")
    desk(desk.advisor.do("close", case=case, outcome="answered"))
    assert "Questions answered" in says(slack, "anna closed this case").words
    assert len(slack.posted(STAFF)) == 1, "it is one card all the way"
    desk(desk.advisor.close())


@pytest.mark.parametrize("mode", ["http", "socket"])
def test_of_two_who_claim_one_gets_it_and_the_other_is_told_who(url, slack, anna, ben):
    asks_for_a_person(slack, slack.user("U1"))
    shown = says(slack, "A case waits")
    stale = type(shown)(dict(shown), shown.channel, by_app=True)
    slack.user("U2").clicks(shown, "Claim")
    slack.user("U3").clicks(stale, "Claim")
    slack.wait_for(lambda: "anna has this case already" in told(slack, "U3"))
    slack.wait_for(lambda: "You have this case now" in told(slack, "U2"))


def test_who_is_not_linked_is_told_how_and_nothing_is_claimed(url, slack):
    asks_for_a_person(slack, slack.user("U1"))
    slack.user("U3").clicks(says(slack, "A case waits"), "Claim")
    slack.wait_for(lambda: "/cp503 link CODE" in told(slack, "U3"))
    assert ORIGIN in told(slack, "U3") and "Claim" in card(slack).buttons


def test_a_closed_account_claims_nothing(url, slack, tmp_path, anna):
    with sqlite3.connect(tmp_path / "data" / "frontdesk.db") as database:
        database.execute("UPDATE desk_user SET disabled = 1")
    asks_for_a_person(slack, slack.user("U1"))
    slack.user("U2").clicks(says(slack, "A case waits"), "Claim")
    slack.wait_for(lambda: "account is closed" in told(slack, "U2"))
    assert "Claim" in card(slack).buttons


def test_a_code_is_good_once_for_ten_minutes_and_for_the_firms_own(url, slack, tmp_path, anna):
    made = anna.post("me/slack").json()
    assert made["minutes"] == 10 and made["type"].startswith("/cp503 link ")
    stranger = slack.user("U9")
    assert "firm's own people" in stranger.commands(made["type"][7:], channel="C3").json()["text"]
    other = slack.user("U3")
    assert "does not fit" in other.commands("link wrong-code").json()["text"]
    assert "does not fit" in other.commands("LINK").json()["text"]
    spelled = made["code"].upper().replace("-", " ")
    assert "linked to the desk account" in other.commands(f"link {spelled}").json()["text"]
    assert "does not fit" in other.commands(f"link {made['code']}").json()["text"]
    assert anna.get("me/slack").json()["linked"] is True
    late = anna.post("me/slack").json()["code"]
    with sqlite3.connect(tmp_path / "data" / "frontdesk.db") as database:
        database.execute("UPDATE staff_code SET ends_at = '2020-01-01 00:00:00'")
    assert "does not fit" in other.commands(f"link {late}").json()["text"]
    assert anna.post("me/slack/remove").json() == {"linked": False}
    assert anna.get("me/slack").json()["linked"] is False
    for path in (tmp_path / "data").rglob("*"):
        assert not path.is_file() or made["code"].encode() not in path.read_bytes()


def test_cases_are_claimed_in_that_channel_and_by_the_firm_only(url, slack, anna):
    asks_for_a_person(slack, slack.user("U1"))
    shown = says(slack, "A case waits")
    slack.user("U9").clicks(shown, "Claim")  # of another organization
    slack.wait_for(lambda: "firm's own" in told(slack, "U9"))
    elsewhere = type(shown)(dict(shown), "C1", by_app=True)
    slack.user("U2").clicks(elsewhere, "Claim")
    slack.wait_for(lambda: "firm's own" in told(slack, "U2"))
    assert "Claim" in card(slack).buttons


def test_taken_back_asked_again_and_deleted(url, slack):
    client = slack.user("U1")
    asks_for_a_person(slack, client)
    says(slack, "A case waits")
    client.opens_home()
    home = slack.wait_for(lambda: slack.home("U1"))
    client.clicks(home, "Delete my conversation")
    shown = says(slack, "This case is gone")
    assert shown.buttons == []
    asks_for_a_person(slack, client)
    slack.wait_posted(STAFF, count=2)
    says(slack, "A case waits")


def test_claimed_and_never_come_the_case_goes_back(desk, slack, brain, monkeypatch, tmp_path):
    from datetime import timedelta

    monkeypatch.setattr(whole, "EXPECTED", timedelta(seconds=3))
    open_always(monkeypatch)
    a_person_please(brain)
    slack.channel(STAFF, private=True, name="tax-desk")
    monkeypatch.setenv("SLACK_STAFF_CHANNEL", STAFF)
    url = desk("http", desk_origin=ORIGIN, handoff_grace_seconds=0.5)
    account(url, tmp_path / "data").links(slack.user("U2"))
    client = slack.user("U1")
    asks_for_a_person(slack, client)
    slack.user("U2").clicks(says(slack, "A case waits"), "Claim")
    says(slack, "anna has this case")
    says(slack, "A case is back in the queue")
    slack.wait_for(lambda: "anna could not open your case" in slack.posted(client.dm)[-1].words)


def test_a_channel_shared_with_others_gets_no_card(desk, slack, brain, monkeypatch, capfd):
    open_always(monkeypatch)
    a_person_please(brain)
    slack.channel(STAFF, ext_shared=True, name="with-a-bank")
    monkeypatch.setenv("SLACK_STAFF_CHANNEL", STAFF)
    desk("http", desk_origin=ORIGIN)
    asks_for_a_person(slack, slack.user("U1"))
    assert slack.posted(STAFF) == []
    assert "shared" in "".join(capfd.readouterr())


@pytest.mark.parametrize(
    "fault",
    [
        lambda slack: slack.lose_answer("chat.postMessage", where=to_staff),
        lambda slack: slack.fail("chat.postMessage", status=429, retry_after=1, where=to_staff),
        lambda slack: slack.fail("chat.postMessage", status=500, where=to_staff),
        lambda slack: slack.lose_answer("chat.update", where=to_staff),
        lambda slack: slack.fail("chat.update", error="internal_error", where=to_staff),
    ],
    ids=["lost", "429", "500", "update lost", "update error"],
)
def test_each_card_comes_once_whatever_slack_does(url, slack, monkeypatch, anna, fault):
    from frontdesk.slack import outbox

    monkeypatch.setattr(outbox, "WAITS", (0.2, 0.2, 0.5))
    monkeypatch.setattr(outbox, "REFUSED_WAIT", 0.5)
    fault(slack)
    asks_for_a_person(slack, slack.user("U1"))
    slack.user("U2").clicks(says(slack, "A case waits"), "Claim")
    says(slack, "anna has this case")
    assert len(slack.posted(STAFF)) == 1


def to_staff(body):
    return body.get("channel") == STAFF


@pytest.fixture
def killable(slack, brain, tmp_path):
    a_person_please(brain)
    slack.channel(STAFF, private=True, name="tax-desk")
    slack.automatic = True
    slack.retry_delays = (0.2, 2.0, 40.0)
    more = {"SLACK_STAFF_CHANNEL": STAFF, "DESK_ORIGIN": ORIGIN}
    made = FrontdeskAlone(tmp_path / "data", brain, slack.environment() | more).start()
    slack.app_url = made.url
    yield made
    made.kill()


def test_killed_after_each_step_of_a_card_it_comes_once_and_says_what_is_so(
    killable, slack, tmp_path
):
    anna = account(killable.url, tmp_path / "data")
    anna.links(slack.user("U2"))
    client = slack.user("U1")
    slack.slow("chat.postMessage", 30, times=1, done_first=True, where=to_staff)
    asks_for_a_person(slack, client)
    shown = card(slack)  # it is there, and the frontdesk does not know
    killable.kill()
    killable.start()
    slack.user("U2").clicks(shown, "Claim")  # meanwhile somebody claims it
    slack.wait_for(lambda: "anna has this case" in card(slack).words, 60)
    slack.slow("chat.update", 30, times=1, where=to_staff)
    client.opens_home()
    client.clicks(slack.wait_for(lambda: slack.home("U1")), "Delete my conversation")
    slack.wait_for(lambda: len(slack.called("chat.update")) > 1)
    killable.kill()  # before Slack had the last change
    killable.start()
    slack.wait_for(lambda: "This case is gone" in card(slack).words, 60)
    assert len(slack.posted(STAFF)) == 1


def test_without_a_staff_channel_there_is_nothing_to_link(desk, slack, tmp_path):
    url = desk("http", desk_origin=ORIGIN)
    anna = account(url, tmp_path / "data")
    assert anna.get("me/slack").json() == {"on": False, "linked": False, "linked_at": None}
    assert anna.post("me/slack").status_code == 404
    assert httpx.get(f"{url}/desk/api/me/slack").status_code == 401


def test_a_staff_channel_needs_the_desks_address(brain, tmp_path, monkeypatch, slack):
    from desk import make_app, settings

    for name, value in slack.environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("SLACK_STAFF_CHANNEL", STAFF)
    with pytest.raises(ValueError, match="needs DESK_ORIGIN"):
        make_app(settings(brain, tmp_path))
