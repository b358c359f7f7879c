"""A conversation as the next turn needs it: its state now and its last turns, however long it is.

Rasa copies, replays and walks through every event of a conversation several times a turn, so a turn
gets slower with each one before. Rules look at most a few actions back; so do the actions. Here the
older events are replaced by a few that stand for the state they led to (docs/adr/0009). The database
keeps them all.
"""

from __future__ import annotations

import copy
import dataclasses
from typing import Any, Dict, FrozenSet, List, Optional, Text, Tuple

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActionReverted,
    ActiveLoop,
    BotUttered,
    ConversationPaused,
    Event,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

LOOK_BACK = 6  # actions a rule may look back on; that the longest is shorter is tested
RAW_TURNS = 2  # the last turns stay just as they happened
MOST_EVENTS = 110  # past it the older ones are replaced: every tenth turn or so


class ShortTracker(DialogueStateTracker):
    """Rasa's tracker with a copy that replays nothing, and no work done twice in a turn.

    ``saved`` of its events are in the database or stand for what is there; ``rows`` is how many rows
    the conversation had there then (None: not known).
    """

    saved: int = 0
    rows: Optional[int] = 0
    _states: Optional[Tuple[Any, List[State]]] = None
    _applied: Tuple[Event, ...] = ()  # what applied_events() gave, after _seen events, the last of
    _seen: int = 0  # them _last; _loops are the names of the forms among them
    _last: Optional[Event] = None
    _loops: FrozenSet[Text] = frozenset()

    def copy(self) -> "ShortTracker":
        """A tracker in the same state. Rasa's own replays all events to get there.

        One thing differs: Rasa's copy brings back a follow-up action that was just taken up.
        """
        twin: ShortTracker = object.__new__(type(self))
        twin.__dict__.update(self.__dict__)
        twin.events = self.events.copy()
        twin.slots = _copies(self.slots)
        twin.active_loop = copy.copy(self.active_loop)
        twin.model_id = twin.assistant_id = twin._states = None
        return twin

    def applied_events(self) -> List[Event]:
        """As Rasa's, but going on from where it was asked last."""
        events, count = self.events, len(self.events)
        if self._seen > count or (self._seen and events[self._seen - 1] is not self._last):
            self._seen, self._applied = 0, ()
        if self._seen < count:
            fresh = [events[i] for i in range(self._seen - count, 0)]
            loops = {e.name for e in fresh if e.type_name == ActiveLoop.type_name and e.name}
            if not loops <= self._loops:  # a form's name counts for the events before it, too
                self._loops |= loops
                self._applied, fresh = (), list(events)
            done = list(self._applied)
            for event in fresh:
                self._apply(event, done)
            self._applied, self._seen, self._last = tuple(done), count, events[-1]
        return list(self._applied)

    def _apply(self, event: Event, done: List[Event]) -> None:
        """One step of Rasa's own ``applied_events``."""
        kind = event.type_name
        if kind in (Restarted.type_name, SessionStarted.type_name):
            done.clear()
        elif kind == ActionReverted.type_name:
            self._undo_till_previous(ActionExecuted, done)
        elif kind == UserUtteranceReverted.type_name:
            self._undo_till_previous(UserUttered, done)
            self._undo_till_previous(ActionExecuted, done)
        elif (
            kind == ActionExecuted.type_name
            and event.action_name in self._loops
            and not self._first_loop_execution_or_unhappy_path(event.action_name, done)
        ):
            self._undo_till_previous_loop_execution(event.action_name, done)
        else:
            done.append(event)

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
        at = (
            id(domain),
            len(self.events),
            id(self.events[-1]) if self.events else 0,
            omit_unset_slots,
        )
        if self._states is None or self._states[0] != at:
            # RulePolicy asks twice: once for the words of the message and once for its intent.
            self._states = (at, self._last_states(domain, omit_unset_slots))
        return [{key: dict(part) for key, part in state.items()} for state in self._states[1]]

    def _last_states(self, domain: Domain, omit_unset_slots: bool) -> List[State]:
        events = self.applied_events()
        skip = sum(e.type_name == ActionExecuted.type_name for e in events) - LOOK_BACK
        walker = _walker(domain)
        states: List[State] = []
        for event in events:
            if event.type_name == ActionExecuted.type_name:
                skip -= 1
                if skip < 0:
                    states.append(domain.get_active_state(walker, omit_unset_slots))
            walker.update(event)
        states.append(domain.get_active_state(walker, omit_unset_slots))
        return states


def _walker(domain: Domain) -> DialogueStateTracker:
    """A tracker at the start of a conversation, to go through events with and then be used again.

    Making one means a copy of each slot, which cost more than the walk; nothing here is awaited, so
    one serves all conversations in turn. (Not a dictionary by domain: Rasa hashes a domain by all
    that is in it.)
    """
    global _kept
    if _kept is None or _kept[0] is not domain:
        _kept = (domain, DialogueStateTracker("walker", domain.slots))
    walker = _kept[1]
    walker.events.clear()
    walker._reset()
    return walker


_kept: Optional[Tuple[Domain, DialogueStateTracker]] = None


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
    for event in (
        _standing_for(before, _forms(events[:raw_from])) + applied[cut:] + events[raw_from:]
    ):
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


def _forms(events: List[Event]) -> List[Text]:
    return list(dict.fromkeys(e.name for e in events if isinstance(e, ActiveLoop) and e.name))


def _standing_for(before: DialogueStateTracker, forms: List[Text]) -> List[Event]:
    """Events that lead a new tracker to the state of ``before``.

    ``forms``: those that ever were open. By their names Rasa tells a form's action from others, also
    when the form is closed.
    """
    made: List[Event] = [event for name in forms for event in (ActiveLoop(name), ActiveLoop(None))]
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
        "message": _timeless(tracker.latest_message),
        "said": _timeless(tracker.latest_bot_utterance),
        "action": tracker.latest_action,
        "followup": tracker.followup_action,
        "paused": tracker.is_paused(),
    }


def _timeless(event: Optional[Event]) -> Dict[Text, Any]:
    """An event's content; that of "nothing yet" is made anew, at another time, in each tracker."""
    content = event.as_dict() if event else {}
    content.pop("timestamp", None)
    return content
