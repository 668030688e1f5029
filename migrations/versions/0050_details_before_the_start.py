"""What somebody who is to be appointed tells before they start, and what was found when it was checked.

Revision ID: 0050
Revises: 0049
"""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = depends_on = None

BigInt = sa.BigInteger().with_variant(sa.Integer, "sqlite")
MESSAGES = (
    "account_closed", "account_confirm", "account_email_change", "account_email_notice", "account_email_taken",
    "account_exists", "account_passkey_added", "account_passkey_copied", "account_passkey_removed",
    "account_password_changed", "account_password_reset", "alert_confirm", "alert_exists", "alert_keep",
    "alert_limit", "alert_vacancies", "application_appointed", "application_corrected", "application_not_appointed",
    "application_not_shortlisted", "application_reminder", "application_reserve", "application_shortlisted",
    "application_submitted", "application_vacancy_cancelled", "application_withdrawn", "content_claims_stale",
    "conversation_to_candidate", "conversation_to_hr", "document_asked", "document_received", "interest_registered",
    "interest_renewal", "interview_booked", "interview_cancelled", "interview_invited", "interview_panel_booked",
    "interview_panel_cancelled", "panel_joined", "panel_to_score", "panel_to_settle", "vacancy_approved",
    "vacancy_change_decided", "vacancy_changed", "vacancy_changes_requested", "vacancy_commented", "vacancy_ended",
    "vacancy_extended", "vacancy_paused", "vacancy_resumed",
)  # fmt: skip
NEW_MESSAGES = (*("details_again", "details_asked", "details_bank_changed", "details_received", "details_reminder"),)


def upgrade() -> None:
    _allow(sorted((*MESSAGES, *NEW_MESSAGES)))
    op.create_table(
        "employment_details",
        sa.Column("application_id", BigInt, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("again", sa.Text(), nullable=False),
        sa.Column("version", BigInt, nullable=False),
        sa.CheckConstraint(
            "sent_at IS NULL OR sent_at >= asked_at", name=op.f("ck_employment_details_sent_after_asked")
        ),
        sa.CheckConstraint("again = '' OR sent_at IS NOT NULL", name=op.f("ck_employment_details_again_once_sent")),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_employment_details_application_id_application"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_employment_details")),
    )
    op.create_index(
        "ix_employment_details_due", "employment_details", ["sent_at", "closed_at", "reminded_at", "asked_at"]
    )
    op.create_table(
        "employment_part",
        sa.Column("application_id", BigInt, nullable=False),
        sa.Column(
            "part",
            _one_of(
                "part",
                "identity",
                "addresses",
                "dbs-certificate",
                "right-to-work",
                "time-abroad",
                "occupational-health",
                "bank-details",
            ),
            nullable=False,
        ),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("is_complete", sa.Boolean(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", BigInt, nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["employment_details.application_id"],
            name=op.f("fk_employment_part_application_id_employment_details"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("application_id", "part", name=op.f("pk_employment_part")),
    )
    op.create_table(
        "employment_event",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("application_id", BigInt, nullable=False),
        sa.Column("actor_id", BigInt, nullable=True),
        sa.Column(
            "act",
            _one_of("act", "asked", "reminded", "sent", "opened", "bank_shown", "bank_changed", "reopened", "closed"),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_employment_event_application_id_application"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["user_account.id"], name=op.f("fk_employment_event_actor_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employment_event")),
    )
    op.create_index(op.f("ix_employment_event_application_id"), "employment_event", ["application_id"])
    op.create_table(
        "employment_check",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("application_id", BigInt, nullable=False),
        sa.Column(
            "kind",
            _one_of("kind", "identity", "dbs", "barred_list", "right_to_work", "qualifications", "overseas", "health"),
            nullable=False,
        ),
        sa.Column("number", BigInt, nullable=False),
        sa.Column("finding", _one_of("finding", "not_started", "under_review", "clear", "not_clear"), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("evidence", sa.String(200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("actor_id", BigInt, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_employment_check_number")),
        sa.CheckConstraint(
            "evidence <> '' OR finding NOT IN ('clear', 'not_clear')",
            name=op.f("ck_employment_check_evidence_with_finding"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_employment_check_application_id_application"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["user_account.id"], name=op.f("fk_employment_check_actor_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employment_check")),
        sa.UniqueConstraint(
            "application_id", "kind", "number", name=op.f("uq_employment_check_application_id_kind_number")
        ),
    )
    op.create_index(op.f("ix_employment_check_actor_id"), "employment_check", ["actor_id"])


def downgrade() -> None:
    for table in ("employment_check", "employment_event", "employment_part", "employment_details"):
        op.drop_table(table)
    gone = ", ".join(f"'{message}'" for message in NEW_MESSAGES)
    of_them = f"(SELECT id FROM outbox_message WHERE notification IN ({gone}))"  # noqa: S608  our own words
    op.execute(f"DELETE FROM delivery_event WHERE message_id IN {of_them} OR again_id IN {of_them}")  # noqa: S608
    op.execute(f"DELETE FROM outbox_message WHERE id IN {of_them}")  # noqa: S608
    _allow(MESSAGES)


def _one_of(name, *values):
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def _allow(values):
    """Let a message be one of `values`, as its CHECK says."""
    listed = ", ".join(f"'{value}'" for value in values)
    name = op.f("ck_outbox_message_notification")
    with op.batch_alter_table("outbox_message") as batch_op:
        batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, sa.text(f"notification IN ({listed})"))
