"""Posting while Slack is slow, refuses, fails, or takes a post and never says so."""

import pytest

FAULTS = [
    lambda slack: slack.fail("chat.postMessage", status=429, retry_after=1, times=2),
    lambda slack: slack.fail("chat.postMessage", status=500, times=2),
    lambda slack: slack.fail("chat.postMessage", error="internal_error", times=1),
    lambda slack: slack.lose_answer("chat.postMessage", times=2),
    lambda slack: slack.slow("chat.postMessage", seconds=1.5, times=2),
]


def said(slack, channel):
    return [m.text for m in slack.posted(channel)]


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    from frontdesk.slack import outbox

    monkeypatch.setattr(outbox, "WAITS", (0.2, 0.2, 0.5))
    monkeypatch.setattr(outbox, "REFUSED_WAIT", 0.5)


@pytest.mark.parametrize("fault", FAULTS, ids=["429", "500", "error", "lost", "slow"])
def test_each_reply_comes_once_and_in_order(desk, slack, fault):
    desk()
    anna = slack.user("U1")
    anna.says(anna.dm, "first")
    slack.wait_posted(anna.dm, count=3)
    fault(slack)
    for n in range(3):
        anna.says(anna.dm, f"question {n}")
    slack.wait_for(
        lambda: said(slack, anna.dm)[-1:] == ["more"] and len(said(slack, anna.dm)) == 9, 40
    )
    expected = ["opening", "echo: first", "more"]
    for n in range(3):
        expected += [f"echo: question {n}", "more"]
    assert said(slack, anna.dm) == expected


def test_retry_after_is_honoured(desk, slack):
    desk()
    anna = slack.user("U1")
    anna.says(anna.dm, "first")
    slack.wait_posted(anna.dm, count=3)
    slack.fail("chat.postMessage", status=429, retry_after=3)
    anna.says(anna.dm, "second")
    slack.wait_posted(anna.dm, count=5, seconds=20)
    tries = [c.at for c in slack.called("chat.postMessage")]
    refused = next(c for c in slack.called("chat.postMessage") if c.status == 429)
    assert min(at for at in tries if at > refused.at) - refused.at >= 3


def test_a_second_between_posts_in_a_channel_keeps_slacks_own_limit(
    slack, brain, tmp_path, monkeypatch
):
    from desk import make_app, serving, settings

    for name, value in slack.environment().items():
        monkeypatch.setenv(name, value)
    slack.strict_rates, slack.burst = True, 1
    chosen = settings(brain, tmp_path)
    with serving(make_app(chosen), chosen.port) as url:
        slack.app_url = url
        anna = slack.user("U1")
        anna.says(anna.dm, "hello")
        slack.wait_posted(anna.dm, count=3, seconds=20)
    assert all(c.status == 200 for c in slack.called("chat.postMessage"))


def test_what_can_never_be_posted_is_let_go_and_the_rest_goes_on(desk, slack):
    desk()
    anna, ben = slack.user("U1"), slack.user("U2")
    slack.fail(
        "chat.postMessage", error="is_archived", times=None,
        where=lambda body: body.get("channel") == anna.dm,
    )  # fmt: skip
    anna.says(anna.dm, "hello")
    ben.says(ben.dm, "hello")
    slack.wait_posted(ben.dm, count=3)
    assert slack.posted(anna.dm) == []


def test_blocks_that_slack_does_not_take_are_posted_as_words(desk, slack):
    desk()
    anna = slack.user("U1")
    slack.fail(
        "chat.postMessage", error="invalid_blocks", times=None,
        where=lambda body: "blocks" in body,
    )  # fmt: skip
    anna.says(anna.dm, "hello")
    posted = slack.wait_posted(anna.dm, count=3)
    assert [m.text for m in posted] == ["opening", "echo: hello", "more"]


def test_files_whose_answer_was_lost_are_not_shared_twice(desk, slack):
    desk()
    anna = slack.user("U1")
    anna.says(anna.dm, "plan")
    anna.clicks(slack.wait_posted(anna.dm, count=3)[-1], "I agree, go on")
    slack.lose_answer("files.completeUploadExternal")
    anna.says(anna.dm, "result")
    slack.wait_for(lambda: [m for m in slack.posted(anna.dm) if m.get("files")])
    anna.says(anna.dm, "after")
    slack.wait_for(lambda: "echo: after" in said(slack, anna.dm), 30)
    assert len([m for m in slack.posted(anna.dm) if m.get("files")]) == 1
