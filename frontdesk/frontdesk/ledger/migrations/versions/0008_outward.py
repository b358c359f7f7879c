"""What is told elsewhere: the outbox of mail, webhook and Chatwoot, and a case's ids in Chatwoot."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add them."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "outward_sending",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("key", sa.String(48), nullable=False, unique=True),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("what", sa.String(24), nullable=False),
        sa.Column(
            "conversation_id",
            sa.String(48),
            sa.ForeignKey("conversation.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("case_id", sa.String(48), sa.ForeignKey("handoff_case.id", ondelete="CASCADE")),
        sa.Column("details", sa.JSON, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("since", moment, nullable=False),
        sa.Column("due", moment, nullable=False),
        sa.Column("error", sa.String(40)),
        sa.Column("failed_at", moment),
        sa.Column("created_at", moment, nullable=False),
    )
    op.create_index("outward_sending_state", "outward_sending", ["state", "kind", "id"])
    op.create_index("ix_outward_sending_conversation_id", "outward_sending", ["conversation_id"])
    op.create_index("ix_outward_sending_case_id", "outward_sending", ["case_id"])
    op.create_table(
        "outward_chatwoot",
        sa.Column("case_id", sa.String(48), primary_key=True),
        sa.Column("conversation_id", sa.String(48), nullable=False),
        sa.Column("contact", sa.String(80)),
        sa.Column("contact_id", sa.BigInteger),
        sa.Column("there", sa.BigInteger),
        sa.Column("upto", sa.Integer, nullable=False),
        sa.Column("posted", sa.BigInteger, nullable=False),
        sa.Column("read", sa.BigInteger, nullable=False),
        sa.Column("noted", sa.JSON, nullable=False),
        sa.Column("status", sa.String(12)),
        sa.Column("assignee", sa.String(40)),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("over", sa.Boolean, nullable=False),
    )
    op.create_index("ix_outward_chatwoot_conversation_id", "outward_chatwoot", ["conversation_id"])
    op.create_index("ix_outward_chatwoot_there", "outward_chatwoot", ["there"])


def downgrade() -> None:
    """Take them away."""
    op.drop_table("outward_chatwoot")
    op.drop_table("outward_sending")
