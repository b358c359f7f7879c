"""Consent, what a visitor marked on an answer, and what Rasa has still to forget."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add them."""
    moment = sa.DateTime(timezone=True)
    op.add_column("visitor", sa.Column("consented_at", moment))
    op.add_column("message", sa.Column("helpful", sa.Boolean))
    op.add_column("message", sa.Column("helpful_word", sa.Text))
    op.add_column("message", sa.Column("ticked", sa.JSON))
    op.create_table(
        "forgetting",
        sa.Column("conversation_id", sa.String(48), primary_key=True),
        sa.Column("due", moment, nullable=False),
        sa.Column("told", sa.Boolean, nullable=False),
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("forgetting")
    with op.batch_alter_table("message") as table:
        for column in ("helpful", "helpful_word", "ticked"):
            table.drop_column(column)
    with op.batch_alter_table("visitor") as table:
        table.drop_column("consented_at")
