"""Cases shown to the firm's people elsewhere than at the desk, who they are there, and when one is expected.

A card has no foreign key: it outlives its case until it says that the case is gone.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add them."""
    moment = sa.DateTime(timezone=True)
    op.add_column("handoff_case", sa.Column("expected_until", moment))
    op.create_table(
        "staff_card",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("case_id", sa.String(48), nullable=False),
        sa.Column("asked_at", moment, nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("reference", sa.String(40)),
        sa.Column("shown", sa.String(80), nullable=False),
        sa.Column("showing", sa.String(80), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("due", moment, nullable=False),
        sa.UniqueConstraint("case_id", "asked_at"),
    )
    op.create_table(
        "staff_account",
        sa.Column("key", sa.String(120), primary_key=True),
        sa.Column(
            "user_id", sa.String(40), sa.ForeignKey("desk_user.id"), nullable=False, unique=True
        ),
        sa.Column("linked_at", moment, nullable=False),
    )
    op.create_table(
        "staff_code",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column(
            "user_id", sa.String(40), sa.ForeignKey("desk_user.id"), nullable=False, unique=True
        ),
        sa.Column("ends_at", moment, nullable=False),
    )


def downgrade() -> None:
    """Take them away."""
    for table in ("staff_code", "staff_account", "staff_card"):
        op.drop_table(table)
    with op.batch_alter_table("handoff_case") as case:
        case.drop_column("expected_until")
