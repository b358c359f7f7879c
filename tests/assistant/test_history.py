"""A shortened conversation goes on exactly as the whole one would."""

import hashlib
import inspect

import pytest
from conversation_events import (
    DOMAIN,
    KINDS,
    followed,
    form_answered,
    form_begins,
    form_ends,
    form_interrupted,
    form_rejected,
    opening,
    question,
    reverted,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from rasa.shared.core.events import ActionExecuted
from rasa.shared.core.trackers import DialogueStateTracker
from ruamel.yaml import YAML

from assistant import history
from assistant.history import LOOK_BACK, ShortTracker, shortened, state_of
from tools.project import ROOT


def both(turns, most=30):
    """(the whole tracker, the one shortened after each turn) of the same turns."""
    whole = DialogueStateTracker("c", DOMAIN.slots)
    short = ShortTracker("c", DOMAIN.slots)
    for make in turns:
        for event in make():
            whole.update(event)
            short.update(event)
        short.saved = len(short.events)
        short = shortened(short, DOMAIN)
        yield whole, short


def tail(tracker):
    events = tracker.applied_events()
    actions = [i for i, e in enumerate(events) if isinstance(e, ActionExecuted)]
    return [id(e) for e in (events[actions[-LOOK_BACK] :] if len(actions) >= LOOK_BACK else events)]


def possible(turns):
    """The turns without what cannot come: a form's turn before it was ever open (Rasa opens it where it
    runs) and more than one taken back (only Rasa's own fallback does that, and config.yml names another).
    """
    opened = reverts = 0
    for make in turns:
        opened |= make in (form_begins, followed)
        reverts += make is reverted
        early = not opened and make in (form_answered, form_interrupted, form_rejected, form_ends)
        if not early and (make is not reverted or reverts == 1):
            yield make


@given(turns=st.lists(st.sampled_from(KINDS), min_size=1, max_size=40).map(possible).map(list))
@settings(max_examples=150, deadline=None)
def test_state_and_states_stay_those_of_the_whole_conversation(turns):
    most, history.MOST_EVENTS = history.MOST_EVENTS, 30
    try:
        for whole, short in both([opening, *turns]):
            assert state_of(short) == state_of(whole)
            assert short.applied_events() == DialogueStateTracker.applied_events(short)
            states, ours = whole.past_states(DOMAIN), short.past_states(DOMAIN)
            assert ours[-LOOK_BACK:] == states[-LOOK_BACK:]
            assert len(ours) == len(states) or len(ours) == LOOK_BACK + 1
            assert whole.idx_after_latest_restart() or tail(short) == tail(whole)
            twin, again = short.copy(), whole.copy()
            assert state_of(twin) == state_of(again) and twin.past_states(DOMAIN) == ours
            assert short.is_active_loop_rejected == whole.is_active_loop_rejected
    finally:
        history.MOST_EVENTS = most


def test_an_answer_to_a_form_that_ended_leaves_the_states_alike(monkeypatch):
    monkeypatch.setattr(history, "MOST_EVENTS", 30)
    turns = [form_begins, form_ends, *[question] * 5, form_answered, form_answered]
    for whole, short in both([opening, *turns]):
        assert short.past_states(DOMAIN)[-LOOK_BACK:] == whole.past_states(DOMAIN)[-LOOK_BACK:]


@pytest.mark.parametrize("kinds", [[question], [form_interrupted], [question, form_interrupted]])
def test_a_long_conversation_stays_short(kinds):
    turns = [opening, form_begins, *kinds * (300 // len(kinds))]
    longest = max(len(short.events) for _, short in both(turns))
    assert longest <= history.MOST_EVENTS + 10


def test_events_that_were_taken_away_are_no_longer_applied():
    tracker = ShortTracker("c", DOMAIN.slots)
    for event in opening() + form_begins() + question():
        tracker.update(event)
        assert tracker.applied_events() == DialogueStateTracker.applied_events(tracker)
    tracker.events.pop()
    assert tracker.applied_events() == DialogueStateTracker.applied_events(tracker)
    tracker.events.extend(form_interrupted()[:1])
    assert tracker.applied_events() == DialogueStateTracker.applied_events(tracker)


def test_rasas_walk_over_events_is_still_the_one_that_is_continued():
    source = inspect.getsource(DialogueStateTracker.applied_events)
    known = "764d5065ea9997d6"
    assert hashlib.sha256(source.encode()).hexdigest()[:16] == known, (
        "compare history._apply with it"
    )


def test_what_was_not_saved_is_never_shortened():
    tracker = ShortTracker("c", DOMAIN.slots)
    for event in [e for make in [opening] + [question] * 60 for e in make()]:
        tracker.update(event)
    tracker.saved = len(tracker.events) - 1
    assert shortened(tracker, DOMAIN) is tracker


def test_a_copy_is_apart():
    tracker = ShortTracker("c", DOMAIN.slots)
    for event in opening() + form_begins():
        tracker.update(event)
    twin = tracker.copy()
    twin.slots["amount_owed"].value = "1"
    twin.active_loop.rejected = True
    twin.update(question()[0])
    assert tracker.get_slot("amount_owed") is None and not tracker.is_active_loop_rejected
    assert len(twin.events) == len(tracker.events) + 1


def test_no_rule_looks_back_further():
    longest = 0
    for path in (ROOT / "data" / "rules").glob("*.yml"):
        for rule in YAML(typ="safe").load(path)["rules"]:
            longest = max(longest, sum("action" in step for step in rule["steps"]))
    assert 0 < longest + 2 <= LOOK_BACK  # with the action_listen before and after
