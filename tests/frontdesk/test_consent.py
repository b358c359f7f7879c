"""Questions about a person's case, and results, are shown only to who agreed to them."""

import asyncio

import pytest

from tools.visitor import NotTaken, Visitor


def run(coroutine):
    return asyncio.run(asyncio.wait_for(coroutine, 30))


def texts(visitor):
    return [m["text"] for _, m in sorted(visitor.messages.items())]


def numbered(visitor):
    assert sorted(visitor.messages) == list(range(1, len(visitor.messages) + 1))


def test_a_general_question_needs_no_consent(site):
    async def story():
        async with Visitor(site, consent=False) as visitor:
            assert not visitor.session["consent"] and not visitor.session["held"]
            await visitor.say("hello")
            assert texts(visitor)[1:] == ["hello", "echo: hello", "more"] and not visitor.held

    run(story())


def test_the_question_about_the_case_comes_when_they_agree(site):
    async def story():
        async with Visitor(site, consent=False) as visitor:
            await visitor.say("plan")
            await visitor._until(lambda: visitor.held)
            assert texts(visitor)[1:] == ["plan", "Yes, you can."]
            await visitor.tell("consent", agree=True)
            await visitor._until(lambda: "How much?" in texts(visitor))
            numbered(visitor)
            turn = await visitor.say("plan")  # asked once only
            assert [m["text"] for m in turn.replies] == ["Yes, you can.", "How much?"]
            token = visitor.token
        async with Visitor(site, token, consent=False) as again:
            assert again.session["consent"] and not again.held
            numbered(again)

    run(story())


def test_what_is_held_is_still_held_after_a_reload_and_comes_after_what_was_said_since(site):
    async def story():
        async with Visitor(site, consent=False) as visitor:
            await visitor.say("result")
            token = visitor.token
        async with Visitor(site, token, consent=False) as again:
            assert again.held and "A plan fits." not in texts(again)
            await again.say("hello")
            last = max(again.messages)
            async with Visitor(site, token, consent=False) as other:
                await other.tell("consent", agree=True)
            await again._until(lambda: "Sources." in texts(again))
            assert texts(again)[-2:] == ["A plan fits.", "Sources."]
            assert min(s for s, m in again.messages.items() if m["text"] == "A plan fits.") > last
            numbered(again)

    run(story())


def test_of_several_held_questions_only_the_last_is_asked(site):
    async def story():
        async with Visitor(site, consent=False) as visitor:
            await visitor.say("plan")
            await visitor.say("plan")
            await visitor.tell("consent", agree=True)
            await visitor._until(lambda: "How much?" in texts(visitor))
            assert texts(visitor).count("How much?") == 1
            numbered(visitor)

    run(story())


def test_who_does_not_agree_is_out_of_the_questions(site, brain):
    async def story():
        async with Visitor(site, consent=False) as visitor:
            await visitor.say("plan")
            await visitor.tell("consent", agree=False)
            await visitor._until(lambda: "echo: /stop" in texts(visitor))
            assert "No, general answers only" in texts(visitor)
            assert "How much?" not in texts(visitor)
            numbered(visitor)
            token = visitor.token
        async with Visitor(site, token, consent=False) as again:
            assert not again.held and not again.session["consent"]
            await again.say("plan")
            await again._until(lambda: again.held)  # asked again when it matters again

    run(story())
    assert [t["payload"] for t in brain.turns].count("/stop") == 1


def test_who_does_not_agree_to_a_result_is_told_it_is_dropped(site, brain):
    async def story():
        async with Visitor(site, consent=False) as visitor:
            await visitor.say("result")
            await visitor.tell("consent", agree=False)
            await visitor._until(lambda: any("dropped the result" in t for t in texts(visitor)))
            await visitor.tell("consent", agree=False)  # nothing is held any more: nothing is said
            await visitor.tell("consent", agree=True)
            assert "A plan fits." not in texts(visitor)
            numbered(visitor)

    run(story())
    assert "/stop" not in [t["payload"] for t in brain.turns]


@pytest.mark.parametrize("agree", [None, "yes", 1])
def test_an_unreadable_consent_is_no_consent(site, agree):
    async def story():
        async with Visitor(site, consent=False) as visitor:
            with pytest.raises(NotTaken) as refused:
                await visitor.tell("consent", agree=agree)
            assert refused.value.code == "bad_request"
            async with Visitor(site, visitor.token, consent=False) as again:
                assert not again.session["consent"]

    run(story())
