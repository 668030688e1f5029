"""People change their address, close their account, are reminded of drafts, and give an address abroad.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = depends_on = None

BigInt = sa.BigInteger().with_variant(sa.Integer, "sqlite")

MESSAGES = (
    "account_confirm", "account_exists", "account_password_changed", "account_password_reset",
    "alert_confirm", "alert_exists", "alert_keep", "alert_limit", "alert_vacancies",
    "application_not_shortlisted", "application_shortlisted", "application_submitted", "application_withdrawn",
    "vacancy_approved", "vacancy_changes_requested", "vacancy_commented",
)  # fmt: skip
NEW_MESSAGES = (
    "account_closed", "account_email_change", "account_email_notice", "account_email_taken", "application_reminder",
)  # fmt: skip


def upgrade() -> None:
    with op.batch_alter_table("outbox_message") as batch_op:
        _allow(batch_op, sorted((*MESSAGES, *NEW_MESSAGES)))
    op.create_table(
        "email_change",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("user_id", BigInt, nullable=False),
        sa.Column("old_email", sa.String(254), nullable=False),
        sa.Column("new_email", sa.String(254), nullable=False),
        sa.Column("confirm_hash", sa.String(64), nullable=False),
        sa.Column("undo_hash", sa.String(64), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undo_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_email_change_user_id_user_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_email_change")),
        sa.UniqueConstraint("confirm_hash", name=op.f("uq_email_change_confirm_hash")),
        sa.UniqueConstraint("undo_hash", name=op.f("uq_email_change_undo_hash")),
    )
    op.create_index(op.f("ix_email_change_user_id"), "email_change", ["user_id"])
    op.create_index(op.f("ix_email_change_undo_until"), "email_change", ["undo_until"])
    op.create_table(
        "application_reminder",
        sa.Column("application_id", BigInt, nullable=False),
        sa.Column("message_id", BigInt, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_application_reminder_application_id_application"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["outbox_message.id"], name=op.f("fk_application_reminder_message_id_outbox_message")
        ),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_application_reminder")),
    )
    op.create_index(op.f("ix_application_reminder_message_id"), "application_reminder", ["message_id"])
    op.add_column("contact_details", sa.Column("country", sa.String(200), nullable=False, server_default=""))
    op.add_column("user_account", sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("user_account", sa.Column("wants_reminders", sa.Boolean(), nullable=False, server_default=sa.true()))


def downgrade() -> None:
    op.drop_column("user_account", "wants_reminders")
    op.drop_column("user_account", "closed_at")
    op.drop_column("contact_details", "country")
    op.drop_table("application_reminder")
    op.drop_table("email_change")
    listed = ", ".join(f"'{name}'" for name in NEW_MESSAGES)
    op.execute(f"DELETE FROM outbox_message WHERE notification IN ({listed})")  # noqa: S608  names of our own
    with op.batch_alter_table("outbox_message") as batch_op:
        _allow(batch_op, MESSAGES)


def _allow(batch_op, names):
    """Let the outbox hold the messages called `names`, as its CHECK says."""
    listed = ", ".join(f"'{name}'" for name in names)
    batch_op.drop_constraint(op.f("ck_outbox_message_notification"), type_="check")
    batch_op.create_check_constraint(op.f("ck_outbox_message_notification"), sa.text(f"notification IN ({listed})"))
