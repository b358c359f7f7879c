"""The hand-over to a person: cases, private notes, and who is at the desk.

They go with their conversation by themselves (ON DELETE CASCADE), whoever deletes it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add them."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "handoff_case",
        sa.Column("id", sa.String(48), primary_key=True),
        sa.Column(
            "conversation_id",
            sa.String(48),
            sa.ForeignKey("conversation.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("live", sa.String(48), unique=True),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("why", sa.String(16), nullable=False),
        sa.Column("offered", sa.Boolean, nullable=False),
        sa.Column("offered_seq", sa.Integer),
        sa.Column("offers", sa.JSON, nullable=False),
        sa.Column("consented_at", moment),
        sa.Column("name", sa.Text),
        sa.Column("contact", sa.Text),
        sa.Column("asked_at", moment),
        sa.Column("waits_from", moment),
        sa.Column("told_place", sa.Integer),
        sa.Column("callback_at", moment),
        sa.Column("advisor_id", sa.String(40)),
        sa.Column("advisor_name", sa.String(80)),
        sa.Column("claimed_at", moment),
        sa.Column("corrections", sa.JSON, nullable=False),
        sa.Column("outcome", sa.String(16)),
        sa.Column("follow_up", sa.String(10)),
        sa.Column("closed_at", moment),
        sa.Column("created_at", moment, nullable=False),
    )
    op.create_index("ix_handoff_case_conversation_id", "handoff_case", ["conversation_id"])
    op.create_index("handoff_case_state", "handoff_case", ["state", "advisor_id"])
    op.create_table(
        "handoff_note",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column(
            "case_id",
            sa.String(48),
            sa.ForeignKey("handoff_case.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("author_id", sa.String(40)),
        sa.Column("author_name", sa.String(80), nullable=False),
        sa.Column("client_id", sa.String(64), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.UniqueConstraint("case_id", "client_id"),
    )
    op.create_index("ix_handoff_note_case_id", "handoff_note", ["case_id"])
    op.create_table(
        "handoff_present",
        sa.Column("user_id", sa.String(40), primary_key=True),
        sa.Column("display_name", sa.String(80), nullable=False),
        sa.Column("seen_at", moment, nullable=False),
    )


def downgrade() -> None:
    """Take them away."""
    for table in ("handoff_present", "handoff_note", "handoff_case"):
        op.drop_table(table)
