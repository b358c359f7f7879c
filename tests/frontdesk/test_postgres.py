"""The ledger on a real PostgreSQL: what holds on SQLite holds there."""

import psycopg
import pytest
from test_consent import (  # noqa: F401
    test_of_several_held_questions_only_the_last_is_asked,
    test_what_is_held_is_still_held_after_a_reload_and_comes_after_what_was_said_since,
    test_who_does_not_agree_is_out_of_the_questions,
)
from test_deletion import (  # noqa: F401
    test_another_visitor_keeps_theirs,
    test_the_other_tab_is_told,
)
from test_marks import test_ticks_stay_and_two_pages_tick_at_once  # noqa: F401
from test_website import (  # noqa: F401  # run here again, on the other database
    run,
    test_a_button_that_is_not_there,
    test_a_number_is_masked_before_it_is_stored_or_sent_on,
    test_a_reload_shows_everything_once_and_in_order,
    test_a_restart_opens_a_new_conversation,
    test_a_tap_carries_our_payload_and_a_typed_command_does_not,
    test_a_turn_is_opened_answered_and_in_order,
    test_brain_away_is_told_once_and_answered_later,
    test_messages_at_once_are_answered_one_at_a_time_in_order,
    test_the_same_client_id_is_answered_once,
    test_two_tabs_see_the_same,
    test_what_waits_is_answered_after_a_restart,
)

from frontdesk.ledger import address
from frontdesk.ledger.migrate import migrate
from frontdesk.ledger.models import Base
from tools.servers import fresh_database
from tools.visitor import Visitor


@pytest.fixture
def database_url(postgres):
    return fresh_database(postgres)


def test_migrations_make_the_tables_of_the_models(database_url, tmp_path):
    url = address(tmp_path, database_url)
    migrate(url)
    migrate(url)
    with psycopg.connect(database_url) as connection:
        for table in Base.metadata.sorted_tables:
            query = "SELECT column_name FROM information_schema.columns WHERE table_name = %s"
            columns = {row[0] for row in connection.execute(query, [table.name])}
            assert columns == {c.name for c in table.columns}


def test_connections_that_broke_cost_no_message(site, database_url):
    async def story():
        async with Visitor(site) as visitor:
            await visitor.say("before")
            with psycopg.connect(database_url) as connection:
                connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            assert "echo: after" in (await visitor.say("after")).texts

    run(story())
