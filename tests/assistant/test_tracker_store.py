"""The store in memory and the database never tell two stories; compared with Rasa's own SQL store."""

import asyncio
import sqlite3
import subprocess

import psycopg2
import pytest
from conversation_events import DOMAIN, KINDS, form_begins, opening, question, user
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from rasa.core.agent import Agent
from rasa.core.tracker_store import SQLTrackerStore, TrackerStore
from rasa.utils.endpoints import EndpointConfig
from sqlalchemy.exc import OperationalError

from assistant import turn
from assistant.history import LOOK_BACK, MOST_EVENTS, ShortTracker, state_of
from assistant.tracker_store import DataDirTrackerStore, HotTrackerStore
from tools.project import DESK_PYTHON, ROOT, environment


def run(coroutine):
    return asyncio.run(coroutine)


class Postgres:
    """Stores on one PostgreSQL database; its server comes with the frontdesk's test environment."""

    def __init__(self, _):
        self._server = subprocess.Popen(
            [str(DESK_PYTHON), "-c", SERVER], cwd=str(ROOT), env=environment(),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        self._url = self._server.stdout.readline().strip()
        if not self._url:
            pytest.fail("no PostgreSQL in the frontdesk environment: run make setup")

    def store(self, kind, **settings):
        return kind(DOMAIN, dialect="postgresql", host=self._url, **settings)

    def clear(self):
        connection = psycopg2.connect(self._url)
        with connection, connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS events")
        connection.close()

    def close(self):
        self._server.communicate("")


SERVER = """
import sys
from tools import servers
with servers.postgres() as url:
    print(url, flush=True)
    sys.stdin.read()
"""


class Sqlite:
    """Stores on one SQLite file, as in ``make run``."""

    def __init__(self, folder):
        self._folder = folder

    def store(self, kind, **settings):
        if kind is SQLTrackerStore:
            return SQLTrackerStore(DOMAIN, db=str(self._folder / "rasa.db"))
        made = DataDirTrackerStore.__new__(DataDirTrackerStore)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("DATA_DIR", str(self._folder))
            made.__init__(DOMAIN)
        made._most_kept = settings.get("kept", made._most_kept)
        return made

    def clear(self):
        for path in self._folder.glob("rasa.db*"):
            path.unlink()

    def close(self):
        pass


@pytest.fixture(scope="module", params=[Sqlite, Postgres])
def database(request, tmp_path_factory):
    made = request.param(tmp_path_factory.mktemp("database"))
    yield made
    made.close()


@pytest.fixture
def fresh(database):
    database.clear()
    return database


async def add(store, sender, *turns):
    """Turns as Rasa's processor does them: fetched, events added, saved once."""
    for make in turns:
        tracker = await store.get_or_create_tracker(sender, append_action_listen=False)
        for event in make():
            tracker.update(event)
        await store.save(tracker)


async def agrees(database, store, sender):
    """The store's tracker is in the state that Rasa's own store reads from the same rows."""
    plain = await database.store(SQLTrackerStore).retrieve(sender)
    ours = await store.retrieve(sender)
    assert (plain is None) == (ours is None)
    if plain is None:
        return
    assert state_of(ours) == state_of(plain)
    states, expected = ours.past_states(DOMAIN), plain.past_states(DOMAIN)
    assert states[-LOOK_BACK:] == expected[-LOOK_BACK:]


def rows(store, sender="c"):
    with store.engine.connect() as connection:
        return connection.execute(
            store._table.select().where(store._table.c.sender_id == sender).order_by("id")
        ).all()


def test_a_conversation_is_written_as_rasa_writes_it(fresh):
    async def story():
        ours = fresh.store(HotTrackerStore)
        plain = fresh.store(SQLTrackerStore)
        made = [make() for make in (opening, question, form_begins)]
        for store, sender in ((ours, "ours"), (plain, "plain")):
            await add(store, sender, *[lambda turn=turn: turn for turn in made])
        mine, rasas = rows(ours, "ours"), rows(ours, "plain")
        assert [tuple(r)[2:] for r in mine] == [tuple(r)[2:] for r in rasas]
        await agrees(fresh, ours, "ours")

    run(story())


def test_nothing_is_read_again_while_nothing_changed(fresh, monkeypatch):
    async def story():
        store = fresh.store(HotTrackerStore)
        await add(store, "c", opening, question)
        monkeypatch.setattr(store, "_loaded", None)  # calling it would fail
        monkeypatch.setattr(store, "_caught_up", None)
        await add(store, "c", *[question] * 30)
        assert len((await store.retrieve("c")).events) <= MOST_EVENTS + 10

    run(story())


def test_only_what_another_process_wrote_is_read(fresh, monkeypatch):
    async def story():
        one, other = fresh.store(HotTrackerStore), fresh.store(HotTrackerStore)
        await add(one, "c", opening, *[question] * 5)
        await add(other, "c", question, form_begins)
        monkeypatch.setattr(one, "_loaded", None)
        await agrees(fresh, one, "c")
        await add(one, "c", question)
        await agrees(fresh, other, "c")

    run(story())


def test_two_processes_at_once_lose_and_double_nothing(fresh):
    async def story():
        one, other = fresh.store(HotTrackerStore), fresh.store(HotTrackerStore)
        await add(one, "c", opening)
        first, second = await one.retrieve("c"), await other.retrieve("c")
        for tracker, make in ((first, question), (second, form_begins)):
            for event in make():
                tracker.update(event)
        await one.save(first)
        await other.save(second)
        await one.save(first)  # nothing new in it
        assert len(rows(one)) == len(opening()) + len(question()) + len(form_begins())
        for store in (one, other):
            await agrees(fresh, store, "c")
        first.update(user("faq"))
        await one.save(first)
        assert len(rows(one)) == len(opening()) + len(question()) + len(form_begins()) + 1
        await agrees(fresh, one, "c")
        await agrees(fresh, other, "c")

    run(story())


def test_a_new_conversation_begun_by_two_processes_keeps_both_turns(fresh):
    async def story():
        one, other = fresh.store(HotTrackerStore), fresh.store(HotTrackerStore)
        trackers = [await s.get_or_create_tracker("c", None, False) for s in (one, other)]
        for store, tracker in zip((one, other), trackers):
            for event in opening() + question():
                tracker.update(event)
            await store.save(tracker)
        assert len(rows(one)) == 2 * (len(opening()) + len(question()))
        await agrees(fresh, one, "c")
        await agrees(fresh, other, "c")

    run(story())


def test_new_conversations_are_this_stores_also_behind_rasas_wrapper(fresh):
    async def story():
        one, other = fresh.store(HotTrackerStore), fresh.store(HotTrackerStore)
        for store in (one, other):
            safe = Agent._create_tracker_store(store, DOMAIN)
            tracker = await safe.get_or_create_tracker("c", append_action_listen=False)
            assert isinstance(tracker, ShortTracker)
            for event in opening():
                tracker.update(event)
            store.tracker = tracker
        for store in (one, other):
            await store.save(store.tracker)
        assert len(rows(one)) == 2 * len(opening())

    run(story())


def test_rows_that_are_removed_are_forgotten(fresh):
    async def story():
        store = fresh.store(HotTrackerStore)
        await add(store, "c", opening, question)
        with store.engine.begin() as connection:
            connection.execute(store._table.delete().where(store._table.c.sender_id == "c"))
        assert await store.retrieve("c") is None
        assert await store.holding("c", "m1") is None
        await add(store, "c", opening)
        await agrees(fresh, store, "c")

    run(story())


def test_a_turn_that_was_not_saved_leaves_no_trace(fresh):
    async def story():
        store = fresh.store(HotTrackerStore)
        await add(store, "c", opening, form_begins)
        tracker = await store.retrieve("c")
        for event in question():
            tracker.update(event)
        tracker.slots["amount_owed"].value = "7"
        await agrees(fresh, store, "c")
        assert len(rows(store)) == len(opening()) + len(form_begins())

    run(story())


def test_a_message_is_found_however_long_ago_it_came(fresh):
    async def story():
        store = fresh.store(HotTrackerStore, kept=1)
        await add(store, "c", opening)
        early = user("faq", "the early one")
        await add(store, "c", lambda: [early], *[question] * 40)
        short = await store.retrieve("c")
        assert early.message_id not in [getattr(e, "message_id", None) for e in short.events]
        for again in (store, fresh.store(HotTrackerStore)):
            found = await again.holding("c", early.message_id)
            assert "the early one" in [getattr(e, "text", None) for e in found.events]
            assert await again.holding("c", "never") is None
            assert await again.holding("nobody", early.message_id) is None

    run(story())


def test_few_conversations_are_kept_and_the_others_come_back(fresh):
    async def story():
        store = fresh.store(HotTrackerStore, kept=2)
        for sender in "abcd":
            await add(store, sender, opening, question)
        assert list(store._kept) == ["c", "d"]
        for sender in "abcd":
            await add(store, sender, form_begins)
            await agrees(fresh, store, sender)
        assert len(store._kept) == 2

    run(story())


def test_a_lost_turn_is_not_saved(fresh):
    async def story():
        store = fresh.store(HotTrackerStore)
        await add(store, "c", opening)
        turn.begin()
        tracker = await store.retrieve("c")
        for event in question():
            tracker.update(event)
        turn.lose("for a test")
        await store.save(tracker)
        assert len(rows(store)) == len(opening())
        turn.begin()
        await add(store, "c", question)
        await agrees(fresh, store, "c")

    run(story())


def test_a_database_that_fails_loses_the_turn_and_nothing_else(fresh, monkeypatch):
    def fails(*_):
        raise OperationalError("insert", {}, Exception("disk full"))

    async def story():
        store = fresh.store(HotTrackerStore)
        safe = Agent._create_tracker_store(store, DOMAIN)  # as Rasa wraps it
        await add(store, "c", opening)
        for broken in ("_add", "_current"):
            state = turn.begin()
            with monkeypatch.context() as patch:
                patch.setattr(store, broken, fails)
                await add(safe, "c", question)
            assert state.lost == "database (OperationalError)"
            assert len(rows(store)) == len(opening())
        turn.begin()
        await add(store, "c", question)
        await agrees(fresh, store, "c")

    run(story())


def test_of_one_turn_done_by_two_workers_one_is_kept(fresh):
    async def story():
        one, other = fresh.store(HotTrackerStore), fresh.store(HotTrackerStore)
        await add(one, "c", opening)
        slow = turn.begin()
        late = await one.retrieve("c")
        for event in question():
            late.update(event)
        turn.begin()
        await add(other, "c", question)
        turn._current.set(slow)
        await one.save(late)
        assert slow.lost == "overtaken"
        assert len(rows(one)) == len(opening()) + len(question())
        turn.begin()
        await agrees(fresh, one, "c")

    run(story())


@pytest.mark.parametrize("forgotten", [False, True])
def test_a_turn_that_another_worker_finished_just_before_it_was_fetched_is_not_done_again(
    fresh, forgotten
):
    async def story():
        one, other = fresh.store(HotTrackerStore), fresh.store(HotTrackerStore)
        asked = question()
        message = asked[0].message_id
        late = turn.begin()
        assert await one.holding("c", message) is None  # then the other worker answers
        turn.begin()
        await add(other, "c", opening, lambda: asked)
        turn._current.set(late)
        tracker = await one.retrieve("c")
        for event in asked:
            tracker.update(event)
        if forgotten:
            one._kept.clear()
        await one.save(tracker)
        assert late.lost == "done by another worker"
        assert len(rows(one)) == len(opening()) + len(asked)
        found = await one.holding("c", message)
        assert found is not None
        turn.begin()
        await agrees(fresh, one, "c")

    run(story())


def test_a_forgotten_conversation_is_gone_for_every_process_and_the_others_stay(fresh):
    async def story():
        one, other = fresh.store(HotTrackerStore), fresh.store(HotTrackerStore)
        for sender in ("c", "d"):
            await add(one, sender, opening, question)
            assert await other.retrieve(sender) is not None
        one.forget("c")
        one.forget("nobody")
        assert rows(one) == [] and rows(one, "d") != []
        for store in (one, other):
            assert await store.retrieve("c") is None and await store.retrieve("d") is not None
        await add(other, "c", opening)
        assert len(rows(one)) == len(opening())

    run(story())


def test_forgotten_words_are_not_left_in_sqlites_files(tmp_path):
    async def story():
        store = Sqlite(tmp_path).store(DataDirTrackerStore)
        words = "my dog is called bartholomew"
        await add(store, "c", opening, lambda: [user("faq", words)])
        assert any(words.encode() in path.read_bytes() for path in tmp_path.iterdir())
        store.forget("c")
        assert not any(words.encode() in path.read_bytes() for path in tmp_path.iterdir())

    run(story())


def test_without_a_turn_a_database_error_is_rasas(fresh, monkeypatch):
    async def story():
        turn._current.set(None)
        store = fresh.store(HotTrackerStore)
        monkeypatch.setattr(
            store, "_add", lambda *_: (_ for _ in ()).throw(OperationalError("", {}, None))
        )
        with pytest.raises(OperationalError):
            await add(store, "c", opening)

    run(story())


def test_a_tracker_that_rasa_made_itself_is_saved_as_rasa_does(fresh):
    async def story():
        from rasa.shared.core.trackers import DialogueStateTracker

        store = fresh.store(HotTrackerStore)
        await add(store, "c", opening)
        put = DialogueStateTracker.from_events("c", opening()[1:] + question(), DOMAIN.slots)
        await store.save(put)
        await agrees(fresh, store, "c")

    run(story())


def test_a_new_domain_empties_the_memory(fresh):
    async def story():
        store = fresh.store(HotTrackerStore)
        await add(store, "c", opening)
        store.domain = DOMAIN
        assert not store._kept
        await agrees(fresh, store, "c")

    run(story())


NO_SHRINKING = (
    Phase.explicit,
    Phase.reuse,
    Phase.generate,
)  # each step is I/O: it would take minutes
steps = st.tuples(st.integers(0, 2), st.sampled_from("ab"), st.sampled_from(KINDS), st.booleans())


@given(script=st.lists(steps, min_size=1, max_size=25), seed=st.integers(0, 99))
@settings(max_examples=12, deadline=None, phases=NO_SHRINKING)
def test_any_interleaving_of_stores_is_what_rasas_store_reads(database, script, seed):
    """Stores with turns of one another under way, some never saved, some restarted."""

    async def story():
        database.clear()
        stores = [database.store(HotTrackerStore, kept=1 + seed % 2) for _ in range(2)]
        stores.append(database.store(SQLTrackerStore))  # a Rasa without our store, beside
        written = {"a": [], "b": []}
        pending = []
        for which, sender, make, later in script:
            store = stores[which]
            tracker = await store.get_or_create_tracker(sender, None, False)
            events = (opening() if not tracker.events else []) + make()
            for event in events:
                tracker.update(event)
            if isinstance(store, HotTrackerStore):
                pending.append((store, tracker, events))
                if later:
                    continue  # saved after the next ones
            else:
                await store.save(tracker)  # Rasa's own store: only when nobody writes between
                written[sender] += events
            while pending:
                kept, tracker, events = pending.pop()
                await kept.save(tracker)
                written[tracker.sender_id] += events
        for sender, events in written.items():
            held = [r.timestamp for r in rows(stores[0], sender)]
            assert held == [e.timestamp for e in events]  # each once, in the order of saving
            for store in stores[:2]:
                await agrees(database, store, sender)

    run(story())


def test_sqlite_keeps_its_connections_and_its_log(tmp_path, monkeypatch):
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    store = TrackerStore.create(EndpointConfig(type="assistant.tracker_store.DataDirTrackerStore"))
    assert isinstance(store, DataDirTrackerStore)
    with store.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 1
        first = connection.connection.connection
    with store.engine.connect() as connection:
        assert connection.connection.connection is first
    run(add(store, "c", opening))
    assert sqlite3.connect(tmp_path / "rasa.db").execute("select count(*) from events").fetchone()


def test_rasas_store_is_still_the_one_that_was_built_on(tmp_path):
    """The columns, the session filter and the tracker that this store stands on."""
    store = SQLTrackerStore(DOMAIN, db=str(tmp_path / "x.db"))
    columns = [c.name for c in store.SQLEvent.__table__.columns]
    assert columns == [
        "id", "sender_id", "type_name", "timestamp", "intent_name", "action_name", "data",
    ]  # fmt: skip
    tracker = store.init_tracker("c")
    ours = set(vars(ShortTracker("c", DOMAIN.slots)))
    assert ours == set(vars(tracker))  # what a copy has to take along
