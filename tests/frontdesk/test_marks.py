"""Ratings and ticks: kept on the server, told to every page, and only on what they belong to."""

import asyncio

import pytest
from test_consent import numbered, run

from tools.visitor import NotTaken, Visitor


def of(visitor, text):
    return [m for m in visitor.messages.values() if m["text"] == text][-1]


def test_a_rating_is_kept_changed_and_taken_back(site):
    async def story():
        async with Visitor(site) as visitor:
            await visitor.say("hello")
            seq = of(visitor, "echo: hello")["seq"]
            assert of(visitor, "echo: hello")["rating"] is None
            await visitor.tell("rate", seq=seq, helpful=False, word="my ssn is 078-05-1120")
            async with Visitor(site, visitor.token) as other:
                assert of(other, "echo: hello")["rating"] is False
                await other.tell("rate", seq=seq, helpful=True)
            await visitor._until(lambda: of(visitor, "echo: hello")["rating"] is True)
            ack = await visitor.tell("rate", seq=seq, helpful=None)
            assert ack["message"]["rating"] is None
            numbered(visitor)

    run(story())


def test_a_word_with_a_rating_is_masked(site, settings):
    async def story():
        async with Visitor(site) as visitor:
            await visitor.say("hello")
            seq = of(visitor, "echo: hello")["seq"]
            await visitor.tell("rate", seq=seq, helpful=False, word="my ssn is 078-05-1120")

    run(story())
    for path in settings.folder.rglob("*"):
        assert not path.is_file() or b"078-05-1120" not in path.read_bytes()


def test_ticks_stay_and_two_pages_tick_at_once(site):
    async def story():
        async with Visitor(site) as one:
            await one.say("result")
            seq = of(one, "Sources.")["seq"]
            assert of(one, "Sources.")["card"] == "plan" and of(one, "A plan fits.")["card"] is None
            async with Visitor(site, one.token) as two:
                await asyncio.gather(
                    *(one.tell("tick", seq=seq, step=n, done=True) for n in (0, 2, 4)),
                    *(two.tell("tick", seq=seq, step=n, done=True) for n in (1, 3)),
                )
                await two.tell("tick", seq=seq, step=2, done=False)
                await one._until(lambda: of(one, "Sources.")["ticked"] == [0, 1, 3, 4])
            async with Visitor(site, one.token) as again:
                assert of(again, "Sources.")["ticked"] == [0, 1, 3, 4]

    run(story())


@pytest.mark.parametrize(
    "event, body",
    [
        ("rate", {"seq": 99, "helpful": True}),
        ("rate", {"seq": 0, "helpful": True}),
        ("rate", {"seq": -1, "helpful": True}),
        ("rate", {"seq": 2, "helpful": True}),  # the visitor's own message
        ("rate", {"seq": "3", "helpful": True}),
        ("rate", {"seq": 3, "helpful": "yes"}),
        ("rate", {"seq": 3, "helpful": True, "word": 5}),
        ("rate", {"seq": 3}),
        ("tick", {"seq": 3, "step": 0, "done": True}),  # no plan there
        ("tick", {"seq": 3, "step": 0}),
        ("tick", {"step": 0, "done": True}),
    ],
)
def test_what_makes_no_sense_is_refused(site, event, body):
    async def story():
        async with Visitor(site) as visitor:
            await visitor.say("hello")
            try:
                await visitor.tell(event, **body)
            except NotTaken as refused:
                assert refused.code == "bad_request"
            else:
                assert event == "rate" and body == {"seq": 3}  # a rating taken back that was none

    run(story())


@pytest.mark.parametrize("step", [-1, 40, 10_000_000, True, 0.5])
def test_a_step_that_is_none_is_refused(site, step):
    async def story():
        async with Visitor(site) as visitor:
            await visitor.say("result")
            seq = of(visitor, "Sources.")["seq"]
            with pytest.raises(NotTaken):
                await visitor.tell("tick", seq=seq, step=step, done=True)

    run(story())


def test_marks_take_no_place_among_the_messages(site):
    async def story():
        async with Visitor(site) as visitor:
            await visitor.say("result")
            seq = of(visitor, "Sources.")["seq"]
            for n in range(25):
                await visitor.tell("tick", seq=seq, step=n, done=True)
            await visitor.say("hello")

    run(story())
