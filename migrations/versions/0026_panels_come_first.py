"""Applications are read as they arrive where a vacancy says so; decisions can wait for a panel, which is written to.

Revision ID: 0026
Revises: 0025
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = depends_on = None

MESSAGES = (
    "vacancy_change_decided", "vacancy_changed",
    "account_closed", "account_confirm", "account_email_change", "account_email_notice", "account_email_taken",
    "account_exists", "account_passkey_added", "account_passkey_copied", "account_passkey_removed",
    "account_password_changed", "account_password_reset",
    "alert_confirm", "alert_exists", "alert_keep", "alert_limit", "alert_vacancies",
    "application_appointed", "application_not_appointed", "application_not_shortlisted", "application_reminder",
    "application_corrected", "application_reserve", "application_shortlisted", "application_submitted",
    "application_vacancy_cancelled", "application_withdrawn",
    "content_claims_stale", "conversation_to_candidate", "conversation_to_hr",
    "interest_registered", "interest_renewal",
    "interview_booked", "interview_cancelled", "interview_invited", "interview_panel_booked",
    "interview_panel_cancelled", "vacancy_approved", "vacancy_changes_requested", "vacancy_commented",
    "vacancy_ended", "vacancy_extended", "vacancy_paused", "vacancy_resumed",
)  # fmt: skip
NEW_MESSAGES = ("panel_joined", "panel_to_score", "panel_to_settle")


def upgrade() -> None:
    _allow((*MESSAGES, *NEW_MESSAGES))
    op.add_column("vacancy", sa.Column("is_rolling", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("vacancy", sa.Column("scores_first", sa.Boolean(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("vacancy") as batch_op:
        batch_op.drop_column("scores_first")
        batch_op.drop_column("is_rolling")
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
