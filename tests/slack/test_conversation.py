"""A client and the assistant in Slack: direct messages, threads, clicks, consent, the plan."""

import pytest

OPENING = "opening"


def texts(messages):
    return [m.words for m in messages]


@pytest.fixture(params=["http", "socket"])
def both(request, desk, slack):
    """In both ways Slack's events come."""
    desk(request.param)
    return slack


def test_a_direct_message_is_answered_once_and_in_order(both, brain):
    anna = both.user("U1")
    anna.says(anna.dm, "is this an audit?")
    posted = both.wait_posted(anna.dm, count=3)
    assert posted[0].text == OPENING and posted[1].text == "echo: is this an audit?"
    assert posted[2].text == "more" and posted[2].buttons == ["Lien?"]
    assert posted[0].thread is None
    anna.says(anna.dm, "and now?")
    assert both.wait_posted(anna.dm, count=5)[3].text == "echo: and now?"
    assert [t["text"] for t in brain.turns] == ["", "is this an audit?", "and now?"]


def test_a_click_is_the_buttons_own_and_is_used_once(both, brain):
    anna = both.user("U1")
    anna.says(anna.dm, "hello")
    last = both.wait_posted(anna.dm, count=3)[-1]
    stale = type(last)(dict(last), last.channel, by_app=True)
    anna.clicks(last, "Lien?")
    both.wait_posted(anna.dm, count=5)
    both.wait_for(lambda: "You chose: Lien?" in both.find(anna.dm, last.ts).words)
    assert both.find(anna.dm, last.ts).buttons == []
    anna.clicks(stale, "Lien?")  # from a window that has not noticed yet
    anna.says(anna.dm, "next")
    both.wait_for(lambda: "echo: next" in [m.text for m in both.posted(anna.dm)])
    assert [t["payload"] for t in brain.turns].count('/faq{"topic": "lien"}') == 1


def test_consent_before_the_case_then_the_plan_with_its_files(both):
    anna = both.user("U1")
    anna.says(anna.dm, "plan")
    question = both.wait_posted(anna.dm, count=3)[-1]
    assert "May I ask about your case?" in question.words
    assert "How much?" not in "".join(texts(both.posted(anna.dm)))
    anna.clicks(question, "I agree, go on")
    both.wait_for(lambda: "How much?" in [m.text for m in both.posted(anna.dm)])
    anna.says(anna.dm, "result")
    both.wait_for(lambda: any(m.get("files") for m in both.posted(anna.dm)))
    told = next(m for m in both.posted(anna.dm) if "Sources." in m.words)
    assert "about $732 a month" in told.words or "about $733 a month" in told.words
    names = sorted(f.name for f in both.files.values() if f.user != "U1")
    assert [n.rsplit("-", 1)[0] for n in names] == ["cp503-chart", "cp503-plan"]
    contents = {f.name.rsplit(".")[-1]: f.content for f in both.files.values()}
    assert contents["pdf"].startswith(b"%PDF-") and contents["png"].startswith(b"\x89PNG")


def test_who_does_not_agree_is_out_of_the_questions(desk, slack, brain):
    desk()
    anna = slack.user("U1")
    anna.says(anna.dm, "plan")
    question = slack.wait_posted(anna.dm, count=3)[-1]
    stale = type(question)(dict(question), question.channel, by_app=True)
    anna.clicks(question, "No, general answers only")
    slack.wait_for(lambda: "echo: /stop" in [m.text for m in slack.posted(anna.dm)])
    assert "How much?" not in "".join(texts(slack.posted(anna.dm)))
    anna.clicks(stale, "I agree, go on")  # from a window that has not noticed yet
    anna.says(anna.dm, "plan")
    again = slack.wait_for(
        lambda: [m for m in slack.posted(anna.dm) if "May I ask" in m.words and m.buttons]
    )
    assert len(again) == 1


def test_a_mention_is_answered_in_its_thread_once_though_it_comes_as_two_events(both, brain):
    anna, ben = both.user("U1"), both.user("U2")
    asked = anna.mentions("C1", "is this an audit?")
    posted = both.wait_posted("C1", thread=asked.ts, count=3)
    assert [m.text for m in posted] == [OPENING, "echo: is this an audit?", "more"]
    ben.says("C1", "and a lien?", thread_ts=asked.ts)  # no mention needed in our thread
    both.wait_posted("C1", thread=asked.ts, count=5)
    anna.says("C1", "not for the bot")
    anna.says("C1", "in another thread", thread_ts="1700000000.000100")
    assert len([t for t in brain.turns if t["text"]]) == 2
    assert both.messages("C1", thread=None)[0].ts == asked.ts


@pytest.mark.parametrize("said", ["plan", "result"])
def test_in_a_channel_the_case_gets_an_invitation_and_no_amount(desk, slack, said):
    desk()
    anna = slack.user("U1")
    asked = anna.mentions("C1", said)
    slack.wait_for(
        lambda: any("direct message" in m.words for m in slack.posted("C1", thread=asked.ts))
    )
    everything = "\n".join(texts(slack.posted("C1")))
    assert "How much?" not in everything and "$" not in everything
    assert not [f for f in slack.files.values() if "C1" in str(f.shared)]
    anna.says(anna.dm, "hello")
    slack.wait_for(lambda: "echo: hello" in [m.text for m in slack.posted(anna.dm)])


@pytest.mark.parametrize("where", ["C3", "dm"])
def test_where_another_organization_reads_along_only_general_answers(desk, slack, where):
    desk()
    person = slack.user("U9") if where == "dm" else slack.user("U1")
    if where == "dm":
        place = person.dm
        person.says(place, "result")
    else:
        place = where
        person.mentions(place, "result")
    slack.wait_for(lambda: any("shared with another" in m.words for m in slack.posted(place)))
    assert "$" not in "\n".join(texts(slack.posted(place))) and not slack.files


def test_somebody_of_another_organization_may_click_in_a_shared_channel(desk, slack, brain):
    desk()
    asked = slack.user("U1").mentions("C3", "hello")
    last = slack.wait_posted("C3", thread=asked.ts, count=3)[-1]
    slack.user("U9").clicks(last, "Lien?")
    slack.wait_posted("C3", thread=asked.ts, count=5)
    assert [t["payload"] for t in brain.turns].count('/faq{"topic": "lien"}') == 1
    # A button of a direct message is of use to nobody else.
    anna, ben = slack.user("U1"), slack.user("U2")
    anna.says(anna.dm, "hello")
    hers = slack.wait_posted(anna.dm, count=3)[-1]
    ben.says(ben.dm, "hello")
    bens = slack.wait_posted(ben.dm, count=3)[-1]
    forged = type(bens)({**bens, "blocks": hers.blocks}, ben.dm, by_app=True)
    ben.clicks(forged, "Lien?")
    slack.wait_for(lambda: [e for e in slack.ephemerals if "not there any more" in e.text])
    assert [t["payload"] for t in brain.turns].count('/faq{"topic": "lien"}') == 1


def test_what_nobody_typed_is_ignored(desk, slack, brain):
    desk()
    anna = slack.user("U1")
    first = anna.says(anna.dm, "hello")
    slack.wait_posted(anna.dm, count=3)
    anna.edits(first, "hello again")
    anna.deletes(first)
    anna.joins("C1")
    anna.says("C1", "just talking")
    slack.event({"type": "message", "channel": anna.dm, "user": "U7", "bot_id": "B9", "ts": "1.2",
                 "text": "from a bot", "channel_type": "im"})  # fmt: skip
    delivery = slack.event({"type": "team_rename", "name": "New"})
    assert delivery.status == 200
    anna.says(anna.dm, "last")
    slack.wait_for(lambda: "echo: last" in [m.text for m in slack.posted(anna.dm)])
    assert [t["text"] for t in brain.turns] == ["", "hello", "last"]


def test_a_file_is_told_that_it_cannot_be_read(desk, slack):
    desk()
    anna = slack.user("U1")
    anna.shares_file(anna.dm, "notice.pdf", b"%PDF", text="what is this")
    slack.wait_for(lambda: any("can't read files" in m.words for m in slack.posted(anna.dm)))
    slack.wait_for(lambda: "echo: what is this" in [m.text for m in slack.posted(anna.dm)])


def test_a_file_without_words_is_no_question(desk, slack, brain):
    desk()
    anna = slack.user("U1")
    anna.says(anna.dm, "hello")
    slack.wait_posted(anna.dm, count=3)
    for name in ("one.png", "two.png"):
        sent = anna.shares_file(anna.dm, name, b"PNG")
        slack.send(sent.deliveries[0].body, retry=1)
    anna.says(anna.dm, "next")
    slack.wait_for(lambda: "echo: next" in [m.text for m in slack.posted(anna.dm)])
    assert [t["text"] for t in brain.turns] == ["", "hello", "next"]
    told = [m for m in slack.posted(anna.dm) if "can't read files" in m.words]
    assert len(told) == 1, "said once for several in a row"


@pytest.mark.parametrize(
    "text, answer",
    [
        ("my ssn is 078-05-1120", "I removed what looked like a Social Security number"),
        ("x" * 40_000, "longer than 2,000 characters"),
        ("\u0000\u0007bell", "echo: bell"),
        ("😭😭", "echo: 😭😭"),
        ("AT&T <b> “quoted”", 'echo: AT&amp;T &lt;b&gt; "quoted"'),
    ],
)
def test_odd_words_are_handled(desk, slack, tmp_path, text, answer):
    desk()
    anna = slack.user("U1")
    anna.says(anna.dm, text)
    slack.wait_for(lambda: any(answer in m.words for m in slack.posted(anna.dm)))
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or b"078-05-1120" not in path.read_bytes()


def test_the_command_is_answered_in_the_direct_message(desk, slack):
    desk()
    anna = slack.user("U1")
    said = anna.commands("is this an audit?", channel="C1")
    assert said.status == 200 and "direct message" in said.json()["text"]
    slack.wait_for(lambda: "echo: is this an audit?" in [m.text for m in slack.posted(anna.dm)])
    assert slack.posted("C1") == []
    assert "/cp503" in anna.commands("", channel="C1").json()["text"]


def test_the_shortcut_explains_a_message_to_who_asked(desk, slack):
    desk()
    anna, ben = slack.user("U1"), slack.user("U2")
    said = ben.says("C1", "they sent us a CP503 about $5,000")
    anna.uses_shortcut(said)
    slack.wait_for(lambda: any("CP503" in m.text for m in slack.posted(anna.dm)))
    assert slack.posted("C1") == []


def test_home_form_and_deletion(desk, slack, brain):
    desk()
    anna = slack.user("U1")
    anna.opens_home()
    home = slack.wait_for(lambda: slack.home("U1"))
    assert "Harbor Tax keeps our conversation for 90 days" in home.words
    anna.clicks(home, "Fill in a form")
    modal = slack.wait_for(lambda: slack.modals)[0]
    wrong = anna.submits(
        modal, {"amount": "lots", "time": "So much a month (below)", "returns": "Yes, all filed"}
    )
    assert set(wrong.errors) == {"amount", "monthly"}
    right = anna.submits(
        modal,
        {"amount": "$12,000", "time": "So much a month (below)", "monthly": "300",
         "returns": "Yes, all filed"},
    )  # fmt: skip
    assert right.errors == {} and right.status == 200
    said = "I owe $12,000, I can pay $300 a month, all my returns are filed"
    slack.wait_for(lambda: f"echo: {said}" in [m.text for m in slack.posted(anna.dm)])
    anna.says(anna.dm, "result")  # consent was given with the form
    slack.wait_for(lambda: any(m.get("files") for m in slack.posted(anna.dm)))
    anna.opens_home()
    slack.wait_for(lambda: "worked out on 2026-11-28" in slack.home("U1").words)
    anna.clicks(slack.home("U1"), "Delete my conversation")
    slack.wait_for(lambda: "none worked out yet" in slack.home("U1").words)
    slack.wait_for(lambda: brain.forgotten)


@pytest.mark.parametrize("way", ["command", "shortcut", "form", "start"])
def test_somebody_of_another_organization_gets_general_answers_by_every_way(desk, slack, way):
    desk()
    stranger, anna = slack.user("U9"), slack.user("U1")
    if way == "command":
        stranger.commands("result", channel="C3")
    elif way == "shortcut":
        stranger.uses_shortcut(anna.says("C3", "result"))
    else:
        stranger.opens_home()
        home = slack.wait_for(lambda: slack.home("U9"))
        if way == "start":
            stranger.clicks(home, "Find my payment plan")
        else:
            stranger.clicks(home, "Fill in a form")
            modal = slack.wait_for(lambda: slack.modals)[0]
            stranger.submits(
                modal,
                {"amount": "12000", "time": "Within 180 days", "returns": "Yes, all filed"},
            )
        slack.wait_for(lambda: slack.posted(stranger.dm))
        stranger.commands("result", channel="C3")
    slack.wait_for(lambda: any("shared with another" in m.words for m in slack.posted(stranger.dm)))
    everything = "\n".join(texts(slack.posted(stranger.dm)))
    assert "about $7" not in everything and "May I ask" not in everything and not slack.files
