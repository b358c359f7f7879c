"""An advisor takes over in Slack: offered and agreed to by buttons, their words posted under their name."""

import re

import pytest
from handoff_stand import put_in
from staff import AtTheDesk, a_person_please, asks_for_a_person

from frontdesk import app


@pytest.fixture
def url(desk, monkeypatch):
    monkeypatch.setattr(app, "Handoff", app.Handoff)
    put_in(app)
    return desk("http")


def texts(advisor):
    return [m["text"] for m in advisor.messages.values()]


def test_an_advisor_takes_over(url, slack, brain):
    said = brain.replies
    brain.replies = lambda body: (
        [{"text": "You can call.", "buttons": [], "links": [], "data": {"handoff": True}}]
        if body["text"] == "a person please"
        else said(body)
    )
    desk = AtTheDesk(url)
    advisor = desk.advisor
    desk(advisor.connect())
    jo = slack.user("U1")
    jo.says(jo.dm, "a person please")
    offer = slack.wait_posted(jo.dm, count=3)[-1]
    assert offer.buttons == ["Yes, pass it on", "No, go on here"]
    jo.clicks(offer, "Yes, pass it on")
    slack.wait_for(lambda: "You are next in line." in slack.posted(jo.dm)[-1].words)
    opened = desk(advisor.take_first())
    assert opened["case"]["channel"] == "slack"
    slack.wait_for(lambda: "Anna" in slack.posted(jo.dm)[-1].words)
    turns = len(brain.turns)
    for n in range(5):
        jo.says(jo.dm, f"question {n}")
        slack.wait_for(lambda n=n: f"question {n}" in texts(advisor))
        desk(advisor.say(f"answer {n}"))
    slack.wait_for(lambda: "answer 4" in slack.posted(jo.dm)[-1].words)
    answers = [m for m in slack.posted(jo.dm) if re.search(r"answer \d", m.words)]
    assert len(answers) == 5 and all("Anna, tax advisor (a person)" in m.words for m in answers)
    assert [m.words.split("answer ")[1][0] for m in answers] == list("01234")
    assert len(brain.turns) == turns
    desk(advisor.do("note", case=advisor.case, client_id="n" * 12, text="a secret remark"))
    desk(advisor.do("close", case=advisor.case, outcome="answered"))
    slack.wait_for(lambda: "Did the talk with Anna help?" in slack.posted(jo.dm)[-1].words)
    assert "has closed this" in slack.posted(jo.dm)[-2].words
    asked = slack.posted(jo.dm)[-1]
    assert asked.buttons == ["It helped", "Partly", "It did not help"]
    jo.clicks(asked, "Partly")
    slack.wait_for(lambda: "passed on to the firm" in slack.posted(jo.dm)[-1].words)
    assert desk(advisor.open(advisor.case))["case"]["rating"] == "partly"
    assert len(brain.turns) == turns
    jo.says(jo.dm, "and now?")
    slack.wait_for(lambda: "echo: and now?" in [m.text for m in slack.posted(jo.dm)])
    assert "secret remark" not in str(slack.posted(jo.dm))
    desk(advisor.close())


def test_where_others_read_along_nothing_is_offered(url, slack, brain):
    brain.replies = lambda body: [
        {"text": "You can call.", "buttons": [], "links": [], "data": {"handoff": True}}
    ]
    jo = slack.user("U1")
    jo.mentions("C1", "a person please")
    slack.wait_for(lambda: any("You can call." in m.words for m in slack.posted("C1")))
    jo.mentions("C1", "please")
    slack.wait_for(lambda: len([m for m in slack.posted("C1") if "You can call." in m.words]) > 1)
    assert not any("pass it on" in m.words for m in slack.posted("C1"))


@pytest.fixture
def talk(url, slack, brain):
    """U1 is with Anna; (the client, Anna's browser)."""
    a_person_please(brain)
    desk = AtTheDesk(url)
    desk(desk.advisor.connect())
    jo = slack.user("U1")
    asks_for_a_person(slack, jo)
    desk(desk.advisor.take_first())
    slack.wait_for(lambda: "is here now" in slack.posted(jo.dm)[-1].words)
    yield jo, desk.advisor
    desk(desk.advisor.close())


def test_what_a_client_changes_reaches_the_advisor_once(talk, slack, brain):
    jo, advisor = talk
    turns = len(brain.turns)
    said = jo.says(jo.dm, "I owe $1,200")
    slack.wait_for(lambda: "I owe $1,200" in texts(advisor))
    jo.edits(said, "I owe $12,000")
    slack.wait_for(lambda: "(changed) I owe $12,000" in texts(advisor))
    slack.send(slack.deliveries[-1].body, retry=1)
    jo.edits(said, "I owe $12,000")  # a preview came: nothing is different
    jo.deletes(said)
    jo.says(jo.dm, "that is all")
    slack.wait_for(lambda: "that is all" in texts(advisor))
    assert texts(advisor).count("(changed) I owe $12,000") == 1
    assert len(brain.turns) == turns


def test_a_file_for_the_advisor_is_told_to_both_and_taken_by_nobody(talk, slack, brain):
    jo, advisor = talk
    turns = len(brain.turns)
    jo.shares_file(jo.dm, "notice.pdf", b"%PDF")
    slack.wait_for(lambda: "(sent a file, which was not taken)" in texts(advisor))
    slack.wait_for(lambda: "it was not passed on" in slack.posted(jo.dm)[-1].words)
    assert not slack.called("files.info") and len(brain.turns) == turns


def test_elsewhere_nothing_shows_of_an_open_case(talk, slack, brain):
    jo, advisor = talk
    turns = len(brain.turns)
    answer = jo.commands("and my levy?", channel="C1")
    assert "direct message" in answer.json()["text"]
    slack.wait_for(lambda: "and my levy?" in texts(advisor))
    assert len(brain.turns) == turns and slack.posted("C1") == []
    asked = jo.mentions("C1", "is this an audit?")
    slack.wait_posted("C1", thread=asked.ts, count=3)
    everything = "\n".join(m.words for m in slack.posted("C1"))
    assert "Anna" not in everything and "is this an audit?" not in texts(advisor)
    assert "with_advisor" not in everything and "case" not in everything
