"""The rest of the desk: canned replies, follow-ups that are done, and an audit log that has an end."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

KEPT_DAYS = 30  # the database itself keeps a younger entry, whatever AUDIT_DAYS says
SENTENCE = "the audit log is only ever added to"

# A firm changes or removes them; they name no figure and promise nothing.
REPLIES = (
    (
        "First greeting",
        "Hello {visitor}, this is {advisor} from {firm}. I have read what you wrote so far, so you do "
        "not have to tell it again. Give me a minute to look at it.",
    ),
    (
        "Look at the notice",
        "Could you look at your notice? The due date and the amount stand near the top of the first "
        "page. Please tell me both as they are printed. Leave out your Social Security number.",
    ),
    (
        "What a payment plan needs",
        "For a payment plan the IRS looks at three things: how much you owe in all, how much you can "
        "pay a month, and whether all your tax returns are filed. Which of these do you know already?",
    ),
    (
        "Documents: not in this chat",
        "Please do not send documents or account numbers in this chat. {firm} has a safe way for "
        "them. I will tell you how to use it.",
    ),
    (
        "A call is easier",
        "This is easier to talk over on the phone. You can reach us at {phone}. Or tell me your "
        "number and when a call suits you.",
    ),
    (
        "I need to look something up",
        "I would like to look this up before I answer, so that you get it right. Please stay here if "
        "you can. If you have to leave, your question is kept.",
    ),
    (
        "What we agreed",
        "Let me sum up what we have. Your notice says {amount}, due {due_date}. The plan we talked "
        "about is: {plan}. Is that right?",
    ),
    (
        "Goodbye",
        "Thank you for talking with me. You can write here again at any time. Please keep your "
        "notice, and go by the date printed on it.",
    ),
)


def upgrade() -> None:
    """Add them."""
    moment = sa.DateTime(timezone=True)
    table = op.create_table(
        "desk_reply",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("title", sa.String(80), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("by_id", sa.String(40)),
        sa.Column("by_name", sa.String(80), nullable=False),
        sa.Column("at", moment, nullable=False),
    )
    at = datetime.now(UTC)
    op.bulk_insert(
        table,
        [
            {"id": f"r-start-{n}", "title": title, "text": text, "by_id": None,
             "by_name": "The desk", "at": at}
            for n, (title, text) in enumerate(REPLIES, 1)
        ],
    )  # fmt: skip
    op.add_column("handoff_case", sa.Column("closed_seq", sa.Integer))
    op.add_column("handoff_case", sa.Column("followed_at", moment))
    op.add_column("handoff_case", sa.Column("followed_by", sa.String(80)))
    op.create_index("desk_audit_at", "desk_audit", ["at"])
    _drop_triggers()
    _keep_the_audit_log()


def _drop_triggers() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER desk_audit_kept ON desk_audit")
        return
    op.execute("DROP TRIGGER desk_audit_no_delete")


def _keep_the_audit_log() -> None:
    """Whoever deletes, an entry goes only for its age, by the database's own clock."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER desk_audit_kept BEFORE UPDATE OR TRUNCATE ON desk_audit "
            "FOR EACH STATEMENT EXECUTE FUNCTION desk_audit_kept()"
        )
        op.execute(
            "CREATE TRIGGER desk_audit_young BEFORE DELETE ON desk_audit FOR EACH ROW "
            f"WHEN (OLD.at > now() - interval '{KEPT_DAYS} days') "
            "EXECUTE FUNCTION desk_audit_kept()"
        )
        return
    op.execute(
        "CREATE TRIGGER desk_audit_young BEFORE DELETE ON desk_audit "
        f"WHEN OLD.at > datetime('now', '-{KEPT_DAYS} days') "
        f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
    )


def downgrade() -> None:
    """Take them away; the audit log has no end again."""
    if op.get_bind().dialect.name == "postgresql":
        for trigger in ("desk_audit_young", "desk_audit_kept"):
            op.execute(f"DROP TRIGGER {trigger} ON desk_audit")
        op.execute(
            "CREATE TRIGGER desk_audit_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON desk_audit "
            "FOR EACH STATEMENT EXECUTE FUNCTION desk_audit_kept()"
        )
    else:
        op.execute("DROP TRIGGER desk_audit_young")
        op.execute(
            "CREATE TRIGGER desk_audit_no_delete BEFORE DELETE ON desk_audit "
            f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
        )
    op.drop_index("desk_audit_at", "desk_audit")
    for column in ("followed_by", "followed_at", "closed_seq"):
        op.drop_column("handoff_case", column)
    op.drop_table("desk_reply")
