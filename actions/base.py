"""What every action shares: the day it answers for, and an apology instead of silence.

A failing action would leave the person without an answer and Rasa without its events, so each
action runs inside :meth:`Safe.run`, which logs the error's kind (never what was written) and says
what happened.
"""

from __future__ import annotations

import logging
import traceback
from abc import ABC, abstractmethod
from datetime import date, datetime
from typing import Any, Dict, List, Sequence

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.case import known
from assistant.topics import HUMAN, HUMAN_TOPIC, PLAN, topics

logger = logging.getLogger(__name__)

Events = List[Dict[str, Any]]
Button = Dict[str, str]

SORRY = (
    "Something went wrong on my side, so I can't answer that just now. What you told me is kept. "
    "Please try once more, or call the number printed on your notice."
)
PLAN_BUTTON = {"title": "Find my payment plan", "payload": "/plan"}
PERSON_BUTTON = {"title": "Talk to a person", "payload": f'/faq{{"topic": "{HUMAN_TOPIC}"}}'}
MOST_BUTTONS = 4


class Safe(Action, ABC):
    """An action that never fails in silence; subclasses implement :meth:`act`."""

    @abstractmethod
    async def act(self, say: CollectingDispatcher, tracker: Tracker) -> Events:
        """Do the work: say things, return events."""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> Events:
        try:
            events = await self.act(dispatcher, tracker)
            _tell_known(dispatcher, tracker, events)
            return events
        except Exception as error:  # whatever it was, the person gets an answer
            # Where and what kind only: the error's own words may quote what the person wrote.
            place = traceback.extract_tb(error.__traceback__)[-1]
            logger.error(
                "action %s failed: %s at %s:%s",
                self.name(),
                type(error).__name__,
                place.name,
                place.lineno,
            )
            dispatcher.utter_message(text=SORRY, buttons=[PERSON_BUTTON])
            return []


def _tell_known(say: CollectingDispatcher, tracker: Tracker, events: Events) -> None:
    """What is known of the case rides on the last reply, for who may take over from here."""
    slots = {**tracker.slots, **{e["name"]: e["value"] for e in events if e["event"] == "slot"}}
    facts = known(slots)
    if say.messages and (facts or known(tracker.slots)):
        say.utter_message(json_message={"data": {"known": facts}})


def today(tracker: Tracker) -> date:
    """The day the message was written (the frontdesk tells it), else the clock's."""
    at = (tracker.latest_message.get("metadata") or {}).get("at")
    if isinstance(at, str):
        try:
            return datetime.fromisoformat(at.replace("Z", "+00:00")).date()
        except ValueError:
            pass
    return date.today()


def topic_button(name: str) -> Button:
    """A button that asks a topic's question, or starts the plan questions, or reaches a person."""
    if name == PLAN:
        return PLAN_BUTTON
    if name in (HUMAN, HUMAN_TOPIC):
        return PERSON_BUTTON
    return {"title": topics()[name].title, "payload": f'/faq{{"topic": "{name}"}}'}


def buttons_for(names: Sequence[str], without: Sequence[str] = ()) -> List[Button]:
    """Up to four different buttons for next steps, without those just answered."""
    chosen: Dict[str, Button] = {}
    for name in names:
        if name not in without:
            button = topic_button(name)
            chosen.setdefault(button["payload"], button)
    return list(chosen.values())[:MOST_BUTTONS]


def say_with_links(
    say: CollectingDispatcher,
    text: str,
    buttons: Sequence[Button] = (),
    links: Sequence[Dict[str, str]] = (),
    data: Any = None,
) -> None:
    """One reply; links and data follow in Rasa's ``custom`` field (see assistant/channel.py)."""
    say.utter_message(text=text, buttons=list(buttons))
    if links or data is not None:
        say.utter_message(json_message={"links": list(links), "data": data})
