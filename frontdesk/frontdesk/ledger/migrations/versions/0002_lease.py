"""Which process works on a conversation, and until when."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the lease."""
    op.add_column("conversation", sa.Column("held_by", sa.String(40)))
    op.add_column("conversation", sa.Column("held_until", sa.DateTime(timezone=True)))
    few = sa.text("held_until IS NOT NULL")
    op.create_index("held", "conversation", ["held_until"], postgresql_where=few)


def downgrade() -> None:
    """Take it away."""
    with op.batch_alter_table("conversation") as table:
        table.drop_index("held")
        table.drop_column("held_until")
        table.drop_column("held_by")
