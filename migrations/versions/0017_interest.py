"""Interest registered without an application, and sections of an application that were filled in from it.

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = depends_on = None

BigInt = sa.BigInteger().with_variant(sa.Integer, "sqlite")
MESSAGES = (
    "account_closed", "account_confirm", "account_email_change", "account_email_notice", "account_email_taken",
    "account_exists", "account_passkey_added", "account_passkey_copied", "account_passkey_removed",
    "account_password_changed", "account_password_reset",
    "alert_confirm", "alert_exists", "alert_keep", "alert_limit", "alert_vacancies",
    "application_appointed", "application_not_appointed", "application_not_shortlisted", "application_reminder",
    "application_reserve", "application_shortlisted", "application_submitted", "application_withdrawn",
    "conversation_to_candidate", "conversation_to_hr",
    "interview_booked", "interview_cancelled", "interview_invited", "interview_panel_booked",
    "interview_panel_cancelled", "vacancy_approved", "vacancy_changes_requested", "vacancy_commented",
    "vacancy_ended", "vacancy_extended", "vacancy_paused", "vacancy_resumed",
)  # fmt: skip
NEW_MESSAGES = ("interest_registered", "interest_renewal")
STATES = ("registered", "renewing", "newly_qualified", "overseas", "returning", "not_required", "applied")


def upgrade() -> None:
    _allow((*MESSAGES, *NEW_MESSAGES))
    states = ", ".join(f"'{state}'" for state in STATES)
    op.create_table(
        "interest",
        sa.Column("candidate_id", BigInt, nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.Column("right_to_work", sa.Boolean(), nullable=False),
        sa.Column("needs_sponsorship", sa.Boolean(), nullable=False),
        sa.Column("teams", sa.JSON(), nullable=False),
        sa.Column("grades", sa.JSON(), nullable=False),
        sa.Column("hours_wanted", sa.String(200), nullable=False),
        sa.Column("consent", sa.Text(), nullable=False),
        sa.Column("consented_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(f"state IN ({states})", name=op.f("ck_interest_state")),
        sa.CheckConstraint("consent <> ''", name=op.f("ck_interest_consent_given")),
        sa.CheckConstraint("expires_at > consented_at", name=op.f("ck_interest_expires_after_consent")),
        sa.ForeignKeyConstraint(
            ["candidate_id"],
            ["user_account.id"],
            name=op.f("fk_interest_candidate_id_user_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("candidate_id", name=op.f("pk_interest")),
    )
    op.create_index("ix_interest_expires_at", "interest", ["expires_at"])
    with op.batch_alter_table("section_state") as batch_op:
        batch_op.add_column(sa.Column("is_from_interest", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("section_state") as batch_op:
        batch_op.alter_column("is_from_interest", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("section_state") as batch_op:
        batch_op.drop_column("is_from_interest")
    op.drop_table("interest")
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
