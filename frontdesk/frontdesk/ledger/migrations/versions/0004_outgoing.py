"""Where a conversation lives on another channel, and what has still to be posted there."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add them."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "person",
        sa.Column("key", sa.String(120), primary_key=True),
        sa.Column("visitor_id", sa.String(40), sa.ForeignKey("visitor.id"), nullable=False),
    )
    op.create_index("ix_person_visitor_id", "person", ["visitor_id"])
    op.create_table(
        "place",
        sa.Column("key", sa.String(160), primary_key=True),
        sa.Column(
            "conversation_id", sa.String(48), sa.ForeignKey("conversation.id"), nullable=False
        ),
        sa.Column("general", sa.Boolean, nullable=False),
        sa.Column("details", sa.JSON, nullable=False),
    )
    op.create_index("ix_place_conversation_id", "place", ["conversation_id"])
    op.create_table(
        "outgoing",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("conversation_id", sa.String(48), nullable=False),
        sa.Column("message_id", sa.String(48), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("due", moment, nullable=False),
        sa.Column("reference", sa.Text),
        sa.UniqueConstraint("message_id", "kind"),
    )
    op.create_index("outgoing_state", "outgoing", ["state", "conversation_id", "id"])
    op.create_index("outgoing_conversation", "outgoing", ["conversation_id"])


def downgrade() -> None:
    """Take them away."""
    for table in ("outgoing", "place", "person"):
        op.drop_table(table)
