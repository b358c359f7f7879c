"""Which case an advisor may see, and which they may change: the one place that knows."""

from __future__ import annotations

from typing import Protocol

from sqlalchemy import ColumnElement, and_, false, or_

from frontdesk.handoff.models import Case
from frontdesk.handoff.moves import BOT, CLOSED, WAITING, WITH_ADVISOR

MANAGER = "manager"
ROLES = ("advisor", MANAGER)


class User(Protocol):
    """Whoever sits at the desk, as the desk's people have them."""

    @property
    def user(self) -> str: ...
    @property
    def display_name(self) -> str: ...
    @property
    def role(self) -> str: ...


def see(user: User, case: Case) -> bool:
    """Waiting cases all see, the others only whose they are, and managers.

    Nobody sees a case that was never passed on, nor one the visitor took back: there the consent ended.
    """
    if user.role not in ROLES or case.consented_at is None or case.state == BOT:
        return False
    if case.state == WAITING or user.role == MANAGER:
        return True
    return case.state in (WITH_ADVISOR, CLOSED) and case.advisor_id == user.user


def seen_by(user: User) -> ColumnElement[bool]:
    """The same as a condition of a query over cases."""
    if user.role not in ROLES:
        return false()
    passed_on = and_(
        Case.consented_at.is_not(None), Case.state.in_((WAITING, WITH_ADVISOR, CLOSED))
    )
    if user.role == MANAGER:
        return passed_on
    return and_(passed_on, or_(Case.state == WAITING, Case.advisor_id == user.user))


def change(user: User, case: Case) -> bool:
    """Who has it; a manager may move it on for a colleague who cannot."""
    return see(user, case) and (case.advisor_id == user.user or user.role == MANAGER)
