"""The people of the desk: accounts, second factors, sessions, tries, audit log, opening hours."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

TABLES = (
    "desk_hours", "desk_audit", "desk_tries", "desk_setup", "desk_session", "desk_recovery",
    "desk_passkey", "desk_totp", "desk_user",
)  # fmt: skip
SENTENCE = "the audit log is only ever added to"


def upgrade() -> None:
    """Add them."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "desk_user",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("name_key", sa.String(200), nullable=False, unique=True),
        sa.Column("display_name", sa.String(80), nullable=False),
        sa.Column("role", sa.String(8), nullable=False),
        sa.Column("email", sa.String(254), unique=True),
        sa.Column("subject", sa.String(255), unique=True),
        sa.Column("password_hash", sa.String(200)),
        sa.Column("disabled", sa.Boolean, nullable=False),
        sa.Column("created_at", moment, nullable=False),
    )

    def of_user(key: bool = False) -> sa.Column[str]:
        return sa.Column(
            "user_id", sa.String(40), sa.ForeignKey("desk_user.id"), nullable=False, primary_key=key
        )

    op.create_table(
        "desk_totp",
        of_user(key=True),
        sa.Column("sealed", sa.Text),
        sa.Column("pending", sa.Text),
        sa.Column("last_step", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "desk_passkey",
        sa.Column("id", sa.String(1400), primary_key=True),
        of_user(),
        sa.Column("public_key", sa.Text, nullable=False),
        sa.Column("sign_count", sa.BigInteger, nullable=False),
        sa.Column("label", sa.String(60), nullable=False),
        sa.Column("created_at", moment, nullable=False),
    )
    op.create_table(
        "desk_recovery",
        sa.Column("hash", sa.String(64), primary_key=True),
        of_user(),
        sa.Column("used_at", moment),
    )
    op.create_table(
        "desk_session",
        sa.Column("hash", sa.String(64), primary_key=True),
        of_user(),
        sa.Column("full", sa.Boolean, nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("used_at", moment, nullable=False),
        sa.Column("ends_at", moment, nullable=False),
        sa.Column("challenge", sa.String(120)),
    )
    op.create_table(
        "desk_setup",
        sa.Column("hash", sa.String(64), primary_key=True),
        of_user(),
        sa.Column("ends_at", moment, nullable=False),
        sa.Column("challenge", sa.String(120)),
    )
    op.create_table(
        "desk_tries",
        sa.Column("key", sa.String(80), primary_key=True),
        sa.Column("failed", sa.Integer, nullable=False),
        sa.Column("last_at", moment, nullable=False),
        sa.Column("closed_until", moment),
    )
    op.create_table(
        "desk_audit",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", moment, nullable=False),
        sa.Column("user_id", sa.String(40)),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("about", sa.String(80)),
        sa.Column("address", sa.String(64)),
        sa.Column("details", sa.JSON, nullable=False),
    )
    op.create_table(
        "desk_hours",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("weekly", sa.JSON, nullable=False),
        sa.Column("holidays", sa.Boolean, nullable=False),
        sa.Column("closed", sa.JSON, nullable=False),
    )
    for table in ("desk_passkey", "desk_recovery", "desk_session", "desk_setup"):
        op.create_index(f"ix_{table}_user_id", table, ["user_id"])
    op.create_index("ix_desk_session_ends_at", "desk_session", ["ends_at"])
    op.create_index("ix_desk_tries_last_at", "desk_tries", ["last_at"])
    op.create_index("desk_audit_about", "desk_audit", ["about"])
    _keep_the_audit_log()


def _keep_the_audit_log() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION desk_audit_kept() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{SENTENCE}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER desk_audit_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON desk_audit "
            "FOR EACH STATEMENT EXECUTE FUNCTION desk_audit_kept()"
        )
        return
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER desk_audit_no_{change.lower()} BEFORE {change} ON desk_audit "
            f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
        )


def downgrade() -> None:
    """Take them away."""
    for table in TABLES:
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION desk_audit_kept()")
