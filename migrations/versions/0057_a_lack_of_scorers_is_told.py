"""HR is told when a panel lacks a scorer.

Revision ID: 0057
Revises: 0056
"""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = depends_on = None

MESSAGES = (
    "account_closed", "account_confirm", "account_email_change", "account_email_notice", "account_email_taken",
    "account_exists", "account_passkey_added", "account_passkey_copied", "account_passkey_removed",
    "account_password_changed", "account_password_reset", "alert_confirm", "alert_exists", "alert_keep", "alert_limit",
    "alert_vacancies", "application_appointed", "application_corrected", "application_not_appointed",
    "application_not_shortlisted", "application_reminder", "application_reserve", "application_shortlisted",
    "application_submitted", "application_vacancy_cancelled", "application_withdrawn", "content_claims_stale",
    "conversation_to_candidate", "conversation_to_hr", "details_again", "details_asked", "details_bank_changed",
    "details_received", "details_reminder", "document_asked", "document_received", "interest_registered",
    "interest_renewal", "interview_booked", "interview_cancelled", "interview_invited", "interview_panel_booked",
    "interview_panel_cancelled", "panel_joined", "panel_to_score", "panel_to_settle", "self_disclosure_asked",
    "self_disclosure_came", "self_disclosure_released", "self_disclosure_reminder", "vacancy_approved",
    "vacancy_change_decided", "vacancy_change_overtaken", "vacancy_changed", "vacancy_changes_requested", "vacancy_commented", "vacancy_ended",
    "vacancy_extended", "vacancy_paused", "vacancy_resumed",
)  # fmt: skip
NEW_MESSAGE = "panel_lacks_scorer"


def upgrade() -> None:
    _allow((*MESSAGES, NEW_MESSAGE))


def downgrade() -> None:
    op.execute(f"DELETE FROM outbox_message WHERE notification = '{NEW_MESSAGE}'")  # noqa: S608
    _allow(MESSAGES)


def _allow(messages):
    """Let the outbox have these kinds of messages, as its CHECK says."""
    listed = ", ".join(f"'{name}'" for name in sorted(messages))
    name = op.f("ck_outbox_message_notification")
    with op.batch_alter_table("outbox_message") as batch_op:
        batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, sa.text(f"notification IN ({listed})"))
