"""What HR and a candidate write to each other about one application.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = depends_on = None

BigInt = sa.BigInteger().with_variant(sa.Integer, "sqlite")
MESSAGES = (
    "account_closed", "account_confirm", "account_email_change", "account_email_notice", "account_email_taken",
    "account_exists", "account_password_changed", "account_password_reset",
    "alert_confirm", "alert_exists", "alert_keep", "alert_limit", "alert_vacancies",
    "application_appointed", "application_not_appointed", "application_not_shortlisted", "application_reminder",
    "application_reserve", "application_shortlisted", "application_submitted", "application_withdrawn",
    "interview_booked", "interview_cancelled", "interview_invited", "interview_panel_booked",
    "interview_panel_cancelled", "vacancy_approved", "vacancy_changes_requested", "vacancy_commented",
    "vacancy_ended", "vacancy_extended", "vacancy_paused", "vacancy_resumed",
)  # fmt: skip
NEW_MESSAGES = ("conversation_to_candidate", "conversation_to_hr")


def upgrade() -> None:
    _allow((*MESSAGES, *NEW_MESSAGES))
    op.create_table(
        "conversation_message",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("application_id", BigInt, nullable=False),
        sa.Column("author_id", BigInt, nullable=False),
        sa.Column("is_by_candidate", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("notice_id", BigInt, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_conversation_message_application_id_application"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["user_account.id"], name=op.f("fk_conversation_message_author_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["outbox_message.id"], name=op.f("fk_conversation_message_notice_id_outbox_message")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation_message")),
    )
    op.create_index("ix_conversation_message_application_id_id", "conversation_message", ["application_id", "id"])
    op.create_index(op.f("ix_conversation_message_notice_id"), "conversation_message", ["notice_id"])


def downgrade() -> None:
    op.drop_table("conversation_message")
    listed = ", ".join(f"'{name}'" for name in NEW_MESSAGES)
    op.execute(f"DELETE FROM outbox_message WHERE notification IN ({listed})")  # noqa: S608  names of our own
    _allow(MESSAGES)


def _allow(values):
    """Let a message be one of `values`, as the CHECK says."""
    listed = ", ".join(f"'{value}'" for value in sorted(values))
    name = op.f("ck_outbox_message_notification")
    with op.batch_alter_table("outbox_message") as batch_op:
        batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, sa.text(f"notification IN ({listed})"))
