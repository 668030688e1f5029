"""What a published vacancy promises is changed through approval again.

Revision ID: 0024
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = depends_on = None

BigInt = sa.BigInteger().with_variant(sa.Integer, "sqlite")
Moment = sa.DateTime(timezone=True)
OPEN = "status IN ('draft', 'awaiting_approval')"
MESSAGES = (
    "account_closed", "account_confirm", "account_email_change", "account_email_notice", "account_email_taken",
    "account_exists", "account_passkey_added", "account_passkey_copied", "account_passkey_removed",
    "account_password_changed", "account_password_reset",
    "alert_confirm", "alert_exists", "alert_keep", "alert_limit", "alert_vacancies",
    "application_appointed", "application_corrected", "application_not_appointed", "application_not_shortlisted",
    "application_reminder", "application_reserve", "application_shortlisted", "application_submitted",
    "application_vacancy_cancelled", "application_withdrawn",
    "conversation_to_candidate", "conversation_to_hr", "interest_registered", "interest_renewal",
    "interview_booked", "interview_cancelled", "interview_invited", "interview_panel_booked",
    "interview_panel_cancelled",
)  # fmt: skip
VACANCY = (
    "vacancy_approved", "vacancy_changes_requested", "vacancy_commented", "vacancy_ended", "vacancy_extended",
    "vacancy_paused", "vacancy_resumed",
)  # fmt: skip
NEW = ("vacancy_change_decided", "vacancy_changed")


def upgrade() -> None:
    _allow((*MESSAGES, "vacancy_approved", *NEW, *VACANCY[1:]))
    op.create_table(
        "vacancy_revision",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("vacancy_id", BigInt, nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("before", sa.JSON, nullable=False),
        sa.Column("after", sa.JSON, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("author_id", BigInt, nullable=False),
        sa.Column("edited_by_id", BigInt, nullable=False),
        sa.Column("sent_by_id", BigInt, nullable=True),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("sent_at", Moment, nullable=True),
        sa.Column("decided_by_id", BigInt, nullable=True),
        sa.Column("decided_at", Moment, nullable=True),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("version", BigInt, nullable=False),
        sa.CheckConstraint(
            "status IN ('draft', 'awaiting_approval', 'approved', 'declined', 'withdrawn')",
            name=op.f("ck_vacancy_revision_status"),
        ),
        sa.CheckConstraint(
            "(status IN ('approved', 'declined')) = (decided_at IS NOT NULL)",
            name=op.f("ck_vacancy_revision_decided_at"),
        ),
        sa.CheckConstraint(
            "status = 'draft' OR status = 'withdrawn' OR sent_at IS NOT NULL", name=op.f("ck_vacancy_revision_sent_at")
        ),
        sa.ForeignKeyConstraint(["vacancy_id"], ["vacancy.id"], name=op.f("fk_vacancy_revision_vacancy_id_vacancy")),
        *(
            sa.ForeignKeyConstraint(
                [column], ["user_account.id"], name=op.f(f"fk_vacancy_revision_{column}_user_account")
            )
            for column in ("author_id", "edited_by_id", "sent_by_id", "decided_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vacancy_revision")),
    )
    op.create_index(
        "uq_vacancy_revision_open",
        "vacancy_revision",
        ["vacancy_id"],
        unique=True,
        sqlite_where=sa.text(OPEN),
        postgresql_where=sa.text(OPEN),
    )


def downgrade() -> None:
    # What was there before knows no changes: those that were approved stay applied, the others are forgotten.
    op.drop_index("uq_vacancy_revision_open", table_name="vacancy_revision")
    op.drop_table("vacancy_revision")
    op.execute("DELETE FROM outbox_message WHERE notification IN ('vacancy_change_decided', 'vacancy_changed')")
    _allow((*MESSAGES, *VACANCY))


def _allow(values):
    listed = ", ".join(f"'{value}'" for value in values)
    with op.batch_alter_table("outbox_message") as batch_op:
        batch_op.drop_constraint(op.f("ck_outbox_message_notification"), type_="check")
        batch_op.create_check_constraint(op.f("ck_outbox_message_notification"), sa.text(f"notification IN ({listed})"))
