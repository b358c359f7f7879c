"""The desk's people on a real PostgreSQL, where many work at once: all that only one may win."""

import pytest
from test_desk_passkeys import (  # noqa: F401
    desk,
    test_a_copy_of_a_key_is_found_out_by_its_counter,
    test_a_key_that_does_not_count_works_again_and_again,
    test_a_second_passkey_and_removing_until_the_last,
    test_an_answer_counts_once_and_for_its_challenge,
    test_set_up_and_sign_in_with_a_passkey,
)
from test_desk_people import (  # noqa: F401
    test_a_link_is_for_once_and_for_a_day,
    test_a_link_used_at_once_sets_up_once,
    test_a_password_is_changed_with_the_old_one_and_ends_other_sessions,
    test_another_app_counts_only_once_it_is_confirmed,
    test_managers_make_change_and_close_accounts,
    test_the_audit_log_goes_only_for_its_age,
    test_the_audit_log_tells_who_did_what_and_in_nobodys_words,
    test_the_command_line_resets_and_takes_everything_away,
    test_the_database_keeps_the_audit_log,
    test_the_last_manager_stays,
    test_two_managers_who_remove_each_other_leave_one,
)
from test_desk_sign_in import (  # noqa: F401
    test_a_code_is_taken_once,
    test_a_recovery_code_is_taken_once_however_it_is_typed,
    test_a_recovery_code_used_at_once_lets_exactly_one_in,
    test_disabled_means_now,
    test_locked_out_then_freed_each_time_longer,
    test_many_at_once_do_not_slip_past_the_lock,
    test_one_half_session_makes_one_full_session,
    test_sessions_end_unused_after_an_hour_and_used_after_twelve,
    test_the_right_password_does_not_start_the_count_of_the_second_factor_again,
    test_the_same_code_at_once_lets_one_in,
)

from tools.servers import fresh_database


@pytest.fixture
def database_url(postgres):
    return fresh_database(postgres)
