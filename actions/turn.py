"""What one message tells, once it is read: the type that all actions share."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Dict, List, Optional

from rasa_sdk.events import SlotSet

UNKNOWN = "unknown"


@dataclass
class Turn:
    """One message: new values of slots, the questions in it, and what kind of move it is."""

    intent: str
    confidence: float
    facts: Dict[str, Any] = field(default_factory=dict)  # slot -> value
    topics: List[str] = field(default_factory=list)
    wants_plan: bool = False
    certain: bool = True  # else the answer says which question it took the message for
    nearest: List[str] = field(default_factory=list)  # likeliest topics, best first
    mood: Optional[str] = None
    aspect: Optional[str] = None  # of the last answer, asked by a short follow-up
    leans: bool = False  # a short message that points back at the last answer, or goes on from it
    points: bool = False  # of these, one whose words point back
    bare: bool = False  # a short message in which no word names a topic
    asked_next: Optional[Dict[str, Any]] = (
        None  # what people ask after the last answer that it may be
    )
    by_the_month: bool = False  # asks what it is a month, of a balance that is known
    tells: bool = False  # a fact, and asks nothing
    age: bool = False  # tells an age
    elsewhere: bool = False  # names another creditor, office or tax, and nothing of ours
    past_hearing: Optional[str] = None  # a notice with a hearing right, told of long ago
    tapped: bool = False  # one of our own buttons, not typed
    text: str = ""
    bad_amount: Optional[str] = None  # an amount that cannot be one: "negative", "zero", "large"
    unsure: bool = False
    refuses: bool = False

    def events(self) -> List[Dict[str, Any]]:
        """The facts as slot events."""
        return [SlotSet(slot, value) for slot, value in self.facts.items()]


def money(value: Any) -> Optional[Decimal]:
    """An amount as it stands in an entity or a slot; None where it is none."""
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None
