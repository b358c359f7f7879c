"""An advisor takes over in Slack: offered and agreed to by buttons, their words posted under their name."""

import re

import pytest
from handoff_stand import put_in
from staff import AtTheDesk

from frontdesk import app


@pytest.fixture
def url(desk, monkeypatch):
    monkeypatch.setattr(app, "Handoff", app.Handoff)
    put_in(app)
    return desk("http", handoff=True)


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
    slack.wait_for(lambda: "has closed this" in slack.posted(jo.dm)[-1].words)
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
