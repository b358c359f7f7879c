"""Turns of one conversation in order, without Rasa's second of waiting between them."""

import asyncio
import time

import pytest
from rasa.core.lock_store import InMemoryLockStore, LockStore
from rasa.utils.endpoints import EndpointConfig

from assistant.lock_store import PromptLockStore


def test_rasa_makes_it_from_the_endpoints():
    made = LockStore.create(EndpointConfig(type="assistant.lock_store.PromptLockStore"))
    assert isinstance(made, PromptLockStore)


def test_turns_come_in_order_and_at_once():
    async def story():
        store, done = PromptLockStore(), []

        async def turn(number):
            async with store.lock("c"):
                await asyncio.sleep(0.005)
                done.append(number)

        began = time.monotonic()
        await asyncio.gather(*(turn(number) for number in range(20)))
        assert done == list(range(20))
        assert time.monotonic() - began < 1  # Rasa's own takes 19
        assert not store._moved and not store.conversation_locks

    asyncio.run(story())


def test_other_conversations_do_not_wait():
    async def story():
        store = PromptLockStore()
        async with store.lock("a"):
            async with store.lock("b"):
                pass

    asyncio.run(asyncio.wait_for(story(), 5))


def test_a_turn_that_fails_or_is_given_up_lets_the_next_in():
    async def story():
        store, done = PromptLockStore(), []

        async def fails():
            async with store.lock("c"):
                await asyncio.sleep(0.01)
                raise RuntimeError

        async def turn():
            async with store.lock("c"):
                done.append(1)

        first = asyncio.create_task(fails())
        await asyncio.sleep(0)
        given_up, next_one = asyncio.create_task(turn()), asyncio.create_task(turn())
        await asyncio.sleep(0)
        given_up.cancel()
        with pytest.raises(RuntimeError):
            await first
        await asyncio.wait_for(next_one, 2)
        assert done == [1]

    asyncio.run(story())


@pytest.mark.parametrize("kind", [PromptLockStore, InMemoryLockStore])
def test_a_turn_that_never_ends_gives_way_when_its_time_is_over(kind):
    async def story():
        store = kind()
        hanging = store.lock("c", lock_lifetime=0.2)
        await hanging.__aenter__()
        began = time.monotonic()
        async with store.lock("c", wait_time_in_seconds=0.05):
            assert 0.1 < time.monotonic() - began < 2

    asyncio.run(story())
