"""Documents that HR asks candidates for, and what they send.

Revision ID: 0041
Revises: 0040
"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = depends_on = None

BigInt = sa.BigInteger().with_variant(sa.Integer, "sqlite")
MESSAGES = (
    "account_closed", "account_confirm", "account_email_change", "account_email_notice", "account_email_taken",
    "account_exists", "account_passkey_added", "account_passkey_copied", "account_passkey_removed",
    "account_password_changed", "account_password_reset", "alert_confirm", "alert_exists", "alert_keep",
    "alert_limit", "alert_vacancies", "application_appointed", "application_corrected", "application_not_appointed",
    "application_not_shortlisted", "application_reminder", "application_reserve", "application_shortlisted",
    "application_submitted", "application_vacancy_cancelled", "application_withdrawn", "content_claims_stale",
    "conversation_to_candidate", "conversation_to_hr", "interest_registered", "interest_renewal", "interview_booked",
    "interview_cancelled", "interview_invited", "interview_panel_booked", "interview_panel_cancelled",
    "panel_joined", "panel_to_score", "panel_to_settle", "vacancy_approved", "vacancy_change_decided",
    "vacancy_changed", "vacancy_changes_requested", "vacancy_commented", "vacancy_ended", "vacancy_extended",
    "vacancy_paused", "vacancy_resumed",
)  # fmt: skip
NEW_MESSAGES = ("document_asked", "document_received")
TAKINGS = ("csv", "xlsx", "record", "pdf", "zip")


def upgrade() -> None:
    _allow("outbox_message", "notification", sorted((*MESSAGES, *NEW_MESSAGES)))
    _allow("disclosure", "taking", (*TAKINGS, "document"))
    op.create_table(
        "document_request",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("application_id", BigInt, nullable=False),
        sa.Column("number", BigInt, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("again", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                *("asked", "received", "accepted", "cancelled"),
                name="status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("asked_by_id", BigInt, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", BigInt, nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_document_request_number")),
        sa.CheckConstraint("again = '' OR status <> 'accepted'", name=op.f("ck_document_request_again_until_accepted")),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_document_request_application_id_application"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["user_account.id"], name=op.f("fk_document_request_asked_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_request")),
        sa.UniqueConstraint("application_id", "number", name=op.f("uq_document_request_application_id_number")),
    )
    op.create_index(op.f("ix_document_request_asked_by_id"), "document_request", ["asked_by_id"])
    op.create_table(
        "document_request_event",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("request_id", BigInt, nullable=False),
        sa.Column("actor_id", BigInt, nullable=False),
        sa.Column("source", sa.String(32), nullable=False),
        sa.Column("target", sa.String(32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("file_digest", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["document_request.id"],
            name=op.f("fk_document_request_event_request_id_document_request"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["user_account.id"], name=op.f("fk_document_request_event_actor_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_request_event")),
    )
    op.create_index(op.f("ix_document_request_event_request_id"), "document_request_event", ["request_id"])
    with op.batch_alter_table("document") as batch_op:
        batch_op.alter_column("vacancy_id", existing_type=BigInt, nullable=True)
        batch_op.add_column(sa.Column("request_id", BigInt, nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_document_request_id_document_request"),
            "document_request",
            ["request_id"],
            ["id"],
            ondelete="CASCADE",
        )
        batch_op.create_unique_constraint(op.f("uq_document_request_id"), ["request_id"])
        batch_op.create_check_constraint(
            op.f("ck_document_one_owner"), sa.text("(vacancy_id IS NULL) <> (request_id IS NULL)")
        )


def downgrade() -> None:
    op.execute("DELETE FROM document WHERE vacancy_id IS NULL")
    with op.batch_alter_table("document") as batch_op:
        batch_op.drop_constraint(op.f("ck_document_one_owner"), type_="check")
        batch_op.drop_constraint(op.f("uq_document_request_id"), type_="unique")
        batch_op.drop_constraint(op.f("fk_document_request_id_document_request"), type_="foreignkey")
        batch_op.drop_column("request_id")
        batch_op.alter_column("vacancy_id", existing_type=BigInt, nullable=False)
    op.drop_table("document_request_event")
    op.drop_table("document_request")
    op.execute("DELETE FROM disclosure WHERE taking = 'document'")
    _allow("disclosure", "taking", TAKINGS)
    op.execute("DELETE FROM outbox_message WHERE notification IN ('document_asked', 'document_received')")
    _allow("outbox_message", "notification", MESSAGES)


def _allow(table, column, values):
    """Let a column be one of `values`, as its CHECK says."""
    listed = ", ".join(f"'{value}'" for value in values)
    name = op.f(f"ck_{table}_{column}")
    with op.batch_alter_table(table) as batch_op:
        batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, sa.text(f"{column} IN ({listed})"))
