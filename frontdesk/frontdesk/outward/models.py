"""What is to be told elsewhere, and how a case is known in Chatwoot."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.ledger.models import Base, Moment


class Sending(Base):
    """Something to tell elsewhere; it goes with its conversation (ON DELETE CASCADE).

    ``kind``: MAIL, WEBHOOK or CHATWOOT. ``what``: the audit log's word for it, or PAPERS. ``state``:
    "waiting", "sending" (begun; if it breaks off, it may have arrived), "sent", "moot" (there was nothing
    to tell any more) or "given_up". ``key``: by which whoever gets it knows it again. ``since``: when
    ``due`` was set, by the same clock. ``details``: ids, kinds and, only until it is sent, an address.
    """

    __tablename__ = "outward_sending"
    __table_args__ = (Index("outward_sending_state", "state", "kind", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    key: Mapped[str] = mapped_column(String(48), unique=True)
    kind: Mapped[str] = mapped_column(String(12))
    what: Mapped[str] = mapped_column(String(24))
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversation.id", ondelete="CASCADE"), index=True
    )
    case_id: Mapped[str | None] = mapped_column(
        ForeignKey("handoff_case.id", ondelete="CASCADE"), index=True
    )
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    state: Mapped[str] = mapped_column(String(8), default="waiting")
    tries: Mapped[int] = mapped_column(default=0)
    since: Mapped[datetime] = mapped_column(Moment)
    due: Mapped[datetime] = mapped_column(Moment)
    error: Mapped[str | None] = mapped_column(String(40))  # the kind of the last failure
    failed_at: Mapped[datetime | None] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment)


class Link(Base):
    """A case's conversation in Chatwoot: ids and numbers only.

    It hangs on nothing, so that it is still known what is to be deleted there after a visitor deleted
    everything here. ``upto``: the last of our messages that is there. ``posted``: the last message there
    that was ours; ``read``: the last one there that was looked at. ``noted``: notes there that were
    written once, by name. ``status`` and ``assignee``: as they were there at the last look. ``round``:
    a case whose visitor came back has another conversation there.
    """

    __tablename__ = "outward_chatwoot"
    case_id: Mapped[str] = mapped_column(String(48), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(String(48), index=True)
    contact: Mapped[str | None] = mapped_column(String(80))  # its source id
    contact_id: Mapped[int | None] = mapped_column(BigInteger)
    there: Mapped[int | None] = mapped_column(
        BigInteger, index=True
    )  # the conversation's number there
    upto: Mapped[int] = mapped_column(default=0)
    posted: Mapped[int] = mapped_column(BigInteger, default=0)
    read: Mapped[int] = mapped_column(BigInteger, default=0)
    noted: Mapped[list[str]] = mapped_column(JSON, default=list)
    status: Mapped[str | None] = mapped_column(String(12))
    assignee: Mapped[str | None] = mapped_column(String(40))
    round: Mapped[int] = mapped_column(default=1)
    over: Mapped[bool] = mapped_column(default=False)  # nothing of the case is told there any more
