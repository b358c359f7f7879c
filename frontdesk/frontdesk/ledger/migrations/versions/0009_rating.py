"""How a visitor rates the help, once their case is closed."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add it."""
    op.add_column("handoff_case", sa.Column("rating", sa.String(8)))
    op.add_column("handoff_case", sa.Column("rated_at", sa.DateTime(timezone=True)))
