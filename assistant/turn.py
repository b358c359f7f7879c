"""Whether the turn under way can still be kept: one flag from the parts that know to the channel.

Rasa goes on when an action or the database fails, and saves a turn that was only half done. Here the
part that failed marks the turn as lost; then nothing of it is saved or answered, and the frontdesk,
which keeps the message, gives it again.
"""

from __future__ import annotations

import logging
from contextvars import ContextVar
from typing import Optional, Text

logger = logging.getLogger(__name__)


class Turn:
    """One message being answered; ``lost`` says why it can't be kept, in two or three words."""

    lost: Optional[Text] = None


_current: ContextVar[Optional[Turn]] = ContextVar("turn", default=None)


def begin() -> Turn:
    """Start a turn in this task; outside of one (``rasa shell``) Rasa does as it always does."""
    turn = Turn()
    _current.set(turn)
    return turn


def lose(why: Text) -> bool:
    """Mark the turn under way as lost; False when there is none."""
    turn = _current.get()
    if turn is None:
        return False
    if turn.lost is None:
        logger.warning("turn lost: %s", why)
        turn.lost = why
    return True


def is_lost() -> bool:
    """Whether the turn under way was lost."""
    turn = _current.get()
    return turn is not None and turn.lost is not None
