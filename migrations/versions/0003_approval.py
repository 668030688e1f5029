"""A vacancy waits for approval: its statuses, who saved and sent it, comments, and the messages about it.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = depends_on = None

BigInt = sa.BigInteger().with_variant(sa.Integer, "sqlite")

MESSAGES = (
    "account_confirm", "account_exists", "account_password_changed", "account_password_reset",
    "application_not_shortlisted", "application_shortlisted", "application_submitted", "application_withdrawn",
)  # fmt: skip
NEW_MESSAGES = ("vacancy_approved", "vacancy_changes_requested", "vacancy_commented")
STATUSES = ("draft", "published", "cancelled")
NEW_STATUSES = ("draft", "awaiting_approval", "changes_requested", "published", "cancelled")
PEOPLE = ("edited_by_id", "sent_by_id")
WAITING = "status <> 'awaiting_approval' OR sent_at IS NOT NULL"


def upgrade() -> None:
    with op.batch_alter_table("outbox_message") as batch_op:
        _allow(batch_op, "outbox_message", "notification", (*MESSAGES, *NEW_MESSAGES))
    with op.batch_alter_table("vacancy") as batch_op:
        batch_op.add_column(sa.Column("edited_by_id", BigInt, nullable=True))
        batch_op.add_column(sa.Column("sent_by_id", BigInt, nullable=True))
        batch_op.add_column(sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True))
        for column in PEOPLE:
            batch_op.create_foreign_key(op.f(f"fk_vacancy_{column}_user_account"), "user_account", [column], ["id"])
        _allow(batch_op, "vacancy", "status", NEW_STATUSES)
        batch_op.create_check_constraint(op.f("ck_vacancy_waiting_was_sent"), sa.text(WAITING))
    op.create_table(
        "vacancy_comment",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("vacancy_id", BigInt, nullable=False),
        sa.Column("author_id", BigInt, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["user_account.id"], name=op.f("fk_vacancy_comment_author_id_user_account")
        ),
        sa.ForeignKeyConstraint(["vacancy_id"], ["vacancy.id"], name=op.f("fk_vacancy_comment_vacancy_id_vacancy")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vacancy_comment")),
    )
    op.create_index(op.f("ix_vacancy_comment_vacancy_id"), "vacancy_comment", ["vacancy_id"])


def downgrade() -> None:
    op.drop_table("vacancy_comment")
    op.execute("UPDATE vacancy SET status = 'draft' WHERE status IN ('awaiting_approval', 'changes_requested')")
    # What was there before cannot read a status that it does not know.
    op.execute("UPDATE vacancy_event SET source = 'draft' WHERE source IN ('awaiting_approval', 'changes_requested')")
    op.execute("UPDATE vacancy_event SET target = 'draft' WHERE target IN ('awaiting_approval', 'changes_requested')")
    with op.batch_alter_table("vacancy") as batch_op:
        batch_op.drop_constraint(op.f("ck_vacancy_waiting_was_sent"), type_="check")
        _allow(batch_op, "vacancy", "status", STATUSES)
        for column in PEOPLE:
            batch_op.drop_constraint(op.f(f"fk_vacancy_{column}_user_account"), type_="foreignkey")
        for column in (*PEOPLE, "sent_at"):
            batch_op.drop_column(column)
    op.execute(
        "DELETE FROM outbox_message WHERE notification IN"
        " ('vacancy_approved', 'vacancy_changes_requested', 'vacancy_commented')"
    )
    with op.batch_alter_table("outbox_message") as batch_op:
        _allow(batch_op, "outbox_message", "notification", MESSAGES)


def _allow(batch_op, table, column, values):
    """Let `column` hold `values`, as its CHECK says."""
    listed = ", ".join(f"'{value}'" for value in values)
    batch_op.drop_constraint(op.f(f"ck_{table}_{column}"), type_="check")
    batch_op.create_check_constraint(op.f(f"ck_{table}_{column}"), sa.text(f"{column} IN ({listed})"))
