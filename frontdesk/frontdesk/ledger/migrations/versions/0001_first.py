"""Visitors, conversations, messages."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the first tables."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "visitor",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("created_at", moment, nullable=False),
    )
    op.create_table(
        "conversation",
        sa.Column("id", sa.String(48), primary_key=True),
        sa.Column("visitor_id", sa.String(40), sa.ForeignKey("visitor.id"), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("last_seq", sa.Integer, nullable=False),
    )
    op.create_index("ix_conversation_visitor_id", "conversation", ["visitor_id"])
    op.create_table(
        "message",
        sa.Column("id", sa.String(48), primary_key=True),
        sa.Column(
            "conversation_id", sa.String(48), sa.ForeignKey("conversation.id"), nullable=False
        ),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("author", sa.String(12), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("payload", sa.Text),
        sa.Column("buttons", sa.JSON, nullable=False),
        sa.Column("links", sa.JSON, nullable=False),
        sa.Column("data", sa.JSON),
        sa.Column("masked", sa.JSON, nullable=False),
        sa.Column("chosen", sa.Integer),
        sa.Column("client_id", sa.String(64)),
        sa.Column("reply_to", sa.Integer),
        sa.Column("answered", sa.Boolean, nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.UniqueConstraint("conversation_id", "seq"),
        sa.UniqueConstraint("conversation_id", "client_id"),
    )
    op.create_index("waiting", "message", ["answered", "conversation_id"])


def downgrade() -> None:
    """Back to nothing."""
    for table in ("message", "conversation", "visitor"):
        op.drop_table(table)
