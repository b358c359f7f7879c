"""A conversation as the next turn needs it: its state now and its last turns, however long it is.

Rasa copies, replays and walks through every event of a conversation several times a turn, so a turn
gets slower with each one before. Rules look at most a few actions back; so do the actions. Here the
older events are replaced by a few that stand for the state they led to (docs/adr/0009). The database
keeps them all.
"""

from __future__ import annotations

import copy
import dataclasses
from typing import Any, Dict, List, Optional, Text

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    BotUttered,
    ConversationPaused,
    Event,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

LOOK_BACK = 8  # actions a rule may look back on; that the longest is shorter is tested
RAW_TURNS = 2  # the last turns stay just as they happened
MOST_EVENTS = 110  # past it the older ones are replaced: every tenth turn or so


class ShortTracker(DialogueStateTracker):
    """Rasa's tracker with a copy that replays nothing and states of the last actions only.

    ``saved`` of its events are in the database or stand for what is there; ``rows`` is how many rows
    the conversation had there then (None: not known).
    """

    saved: int = 0
    rows: Optional[int] = 0

    def copy(self) -> "ShortTracker":
        """A tracker in the same state. Rasa's own replays all events to get there.

        One thing differs: Rasa's copy brings back a follow-up action that was just taken up.
        """
        twin: ShortTracker = object.__new__(type(self))
        twin.__dict__.update(self.__dict__)
        twin.events = self.events.copy()
        twin.slots = _copies(self.slots)
        twin.active_loop = copy.copy(self.active_loop)
        twin.model_id = twin.assistant_id = None
        return twin

    def past_states(
        self,
        domain: Domain,
        omit_unset_slots: bool = False,
        ignore_rule_only_turns: bool = False,
        rule_only_data: Optional[Dict[Text, Any]] = None,
    ) -> List[State]:
        """The states before the last ``LOOK_BACK`` actions, and the present one."""
        if ignore_rule_only_turns:  # for policies that learn; there are none here
            return super().past_states(
                domain, omit_unset_slots, ignore_rule_only_turns, rule_only_data
            )
        events = self.applied_events()
        skip = sum(isinstance(e, ActionExecuted) for e in events) - LOOK_BACK
        walker = self.init_copy()
        states: List[State] = []
        for event in events:
            if isinstance(event, ActionExecuted):
                skip -= 1
                if skip < 0:
                    states.append(domain.get_active_state(walker, omit_unset_slots))
            walker.events.append(event)
            event.apply_to(walker)
        states.append(domain.get_active_state(walker, omit_unset_slots))
        return states


def _copies(slots: Dict[Text, Any]) -> Dict[Text, Any]:
    made = {}
    for name, slot in slots.items():
        twin = object.__new__(type(slot))
        twin.__dict__.update(slot.__dict__)
        made[name] = twin
    return made


def short_tracker(sender: Text, events: List[Event], domain: Domain, rows: int) -> ShortTracker:
    """The tracker of saved events, shortened when they are many."""
    tracker = ShortTracker(sender, domain.slots)
    for event in events:
        tracker.update(event)
    tracker.saved, tracker.rows = len(events), rows
    return shortened(tracker, domain)


def shortened(tracker: ShortTracker, domain: Domain) -> ShortTracker:
    """The same tracker with fewer events, when it has too many and all of them are saved.

    Whether the short one is in the same state is checked, not assumed; if not, it stays long.
    """
    if len(tracker.events) <= MOST_EVENTS or tracker.saved != len(tracker.events):
        return tracker
    events = list(tracker.events)
    raw_from = _start_of_turn(events, RAW_TURNS)
    older = DialogueStateTracker(tracker.sender_id, domain.slots)
    older.events.extend(events[:raw_from])
    applied = older.applied_events()
    cut = _cut(applied)
    if cut <= 0:
        return tracker
    before = DialogueStateTracker.from_events(tracker.sender_id, applied[:cut], domain.slots)
    short = ShortTracker(tracker.sender_id, domain.slots)
    for event in _standing_for(before) + applied[cut:] + events[raw_from:]:
        short.update(event)
    short.saved, short.rows = len(short.events), tracker.rows
    return short if len(short.events) < len(events) and same(short, tracker) else tracker


def _start_of_turn(events: List[Event], turns: int) -> int:
    """Where the last so many turns begin (with the action_listen before the message)."""
    at = len(events)
    for index in range(len(events) - 1, -1, -1):
        if isinstance(events[index], UserUttered):
            at, turns = index, turns - 1
            if not turns:
                break
    while at and not _listens(events[at]):
        at -= 1
    return at


def _listens(event: Event) -> bool:
    return isinstance(event, ActionExecuted) and event.action_name == ACTION_LISTEN_NAME


def _cut(applied: List[Event]) -> int:
    """The last start of a turn with enough actions and a message, answered, after it; 0 if none."""
    actions = said = 0
    for index in range(len(applied) - 1, 0, -1):
        actions += isinstance(applied[index], ActionExecuted)
        said += isinstance(applied[index], BotUttered)
        if actions > LOOK_BACK and said and _listens(applied[index]):
            following = applied[index + 1 : index + 2]
            if following and isinstance(following[0], UserUttered):
                return index
    return 0


def _standing_for(before: DialogueStateTracker) -> List[Event]:
    """Events that lead a new tracker to the state of ``before``."""
    made: List[Event] = []
    loop = before.active_loop
    if loop is not None:
        told = loop.trigger_message or {}
        if told.get("text") or (told.get("intent") or {}).get("name"):
            made.append(UserUttered._from_parse_data(told.get("text"), told))
        made.append(ActiveLoop(loop.name))
        if loop.rejected and loop.name:
            made.append(ActionExecutionRejected(loop.name))
    made += [
        SlotSet(slot.name, slot.value)
        for slot in before.slots.values()
        if slot.value != slot.initial_value
    ]
    if before.is_paused():
        made.append(ConversationPaused())
    for event in made:
        event.timestamp = before.events[-1].timestamp
    return made


def same(one: DialogueStateTracker, other: DialogueStateTracker) -> bool:
    """Whether two trackers lead to the same next turn: state, and the last actions applied."""
    ours, theirs = one.applied_events(), other.applied_events()
    for _ in range(LOOK_BACK):
        mine, yours = _up_to_last_action(ours), _up_to_last_action(theirs)
        if [id(e) for e in mine] != [id(e) for e in yours]:
            return False
        del ours[len(ours) - len(mine) :], theirs[len(theirs) - len(yours) :]
    return state_of(one) == state_of(other)


def _up_to_last_action(events: List[Event]) -> List[Event]:
    for index in range(len(events) - 1, -1, -1):
        if isinstance(events[index], ActionExecuted):
            return events[index:]
    return list(events)


def state_of(tracker: DialogueStateTracker) -> Dict[Text, Any]:
    """All that a tracker knows besides its events."""
    loop = tracker.active_loop
    state = dataclasses.asdict(loop) if loop else {}
    told = state.pop("trigger_message", None) or {}
    return {
        "slots": tracker.current_slot_values(),
        "loop": state,
        "trigger": (told.get("text"), told.get("intent")),
        "message": tracker.latest_message.as_dict() if tracker.latest_message else None,
        "said": tracker.latest_bot_utterance.as_dict() if tracker.latest_bot_utterance else None,
        "action": tracker.latest_action,
        "followup": tracker.followup_action,
        "paused": tracker.is_paused(),
    }
