"""The self-disclosure of those on a shortlist: where it stands, what was done with it, and, sealed, what it says.

Revision ID: 0051
Revises: 0050
"""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = depends_on = None

BigInt = sa.BigInteger().with_variant(sa.Integer, "sqlite")
MESSAGES = (
    "account_closed", "account_confirm", "account_email_change", "account_email_notice", "account_email_taken",
    "account_exists", "account_passkey_added", "account_passkey_copied", "account_passkey_removed",
    "account_password_changed", "account_password_reset", "alert_confirm", "alert_exists", "alert_keep",
    "alert_limit", "alert_vacancies", "application_appointed", "application_corrected", "application_not_appointed",
    "application_not_shortlisted", "application_reminder", "application_reserve", "application_shortlisted",
    "application_submitted", "application_vacancy_cancelled", "application_withdrawn", "content_claims_stale",
    "conversation_to_candidate", "conversation_to_hr", "details_again", "details_asked", "details_bank_changed",
    "details_received", "details_reminder", "document_asked", "document_received", "interest_registered", "interest_renewal",
    "interview_booked", "interview_cancelled", "interview_invited", "interview_panel_booked",
    "interview_panel_cancelled", "panel_joined", "panel_to_score", "panel_to_settle", "vacancy_approved",
    "vacancy_change_decided", "vacancy_changed", "vacancy_changes_requested", "vacancy_commented", "vacancy_ended",
    "vacancy_extended", "vacancy_paused", "vacancy_resumed",
)  # fmt: skip
NEW_MESSAGES = (
    "self_disclosure_asked",
    "self_disclosure_came",
    "self_disclosure_released",
    "self_disclosure_reminder",
)
Moment = sa.DateTime(timezone=True)


def _one_of(name, *values):
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


STATUS = _one_of(
    "status", "asked", "to_talk", "received", "heard", "to_discuss", "nothing_relevant", "no_concern", "released"
)
ACT = _one_of(
    "act",
    *("asked", "to_talk", "received", "heard", "added", "opened", "noted", "left", "to_discuss", "nothing_relevant"),
    *("no_concern", "released", "read_by_chair", "draft_removed"),
)
KIND = _one_of("kind", "addition", "note", "told", "reason")


def _of_application(table):
    name = op.f(f"fk_{table}_application_id_application")
    return sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=name, ondelete="CASCADE")


def _of_disclosure(table):
    return sa.ForeignKeyConstraint(
        ["application_id"],
        ["self_disclosure.application_id"],
        name=op.f(f"fk_{table}_application_id_self_disclosure"),
        ondelete="CASCADE",
    )


def upgrade() -> None:
    _allow(sorted((*MESSAGES, *NEW_MESSAGES)))
    op.create_table(
        "self_disclosure",
        sa.Column("application_id", BigInt, autoincrement=False, nullable=False),
        sa.Column("status", STATUS, nullable=False),
        sa.Column("asked_at", Moment, nullable=False),
        sa.Column("sent_at", Moment, nullable=True),
        sa.Column("news_since", Moment, nullable=True),
        sa.Column("reminder_id", BigInt, nullable=True),
        sa.Column("version", BigInt, nullable=False),
        sa.CheckConstraint(
            "(status IN ('asked', 'to_talk')) = (sent_at IS NULL)", name=op.f("ck_self_disclosure_sent_unless_asked")
        ),
        _of_application("self_disclosure"),
        sa.ForeignKeyConstraint(
            ["reminder_id"], ["outbox_message.id"], name=op.f("fk_self_disclosure_reminder_id_outbox_message")
        ),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_self_disclosure")),
    )
    op.create_index("ix_self_disclosure_status", "self_disclosure", ["status", "application_id"])
    op.create_index(op.f("ix_self_disclosure_reminder_id"), "self_disclosure", ["reminder_id"])
    op.create_table(
        "self_disclosure_event",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("application_id", BigInt, nullable=False),
        sa.Column("actor_id", BigInt, nullable=True),
        sa.Column("act", ACT, nullable=False),
        sa.Column("at", Moment, nullable=False),
        _of_application("self_disclosure_event"),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["user_account.id"], name=op.f("fk_self_disclosure_event_actor_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_self_disclosure_event")),
    )
    op.create_index(op.f("ix_self_disclosure_event_application_id"), "self_disclosure_event", ["application_id"])
    op.create_table(
        "self_disclosure_answers",
        sa.Column("application_id", BigInt, autoincrement=False, nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("saved_at", Moment, nullable=False),
        _of_disclosure("self_disclosure_answers"),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_self_disclosure_answers")),
    )
    op.create_table(
        "self_disclosure_text",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("application_id", BigInt, nullable=False),
        sa.Column("kind", KIND, nullable=False),
        sa.Column("author_id", BigInt, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        _of_disclosure("self_disclosure_text"),
        sa.ForeignKeyConstraint(
            ["author_id"], ["user_account.id"], name=op.f("fk_self_disclosure_text_author_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_self_disclosure_text")),
    )
    op.create_index("ix_self_disclosure_text_application_id", "self_disclosure_text", ["application_id", "kind", "id"])


def downgrade() -> None:
    for table in ("self_disclosure_text", "self_disclosure_answers", "self_disclosure_event", "self_disclosure"):
        op.drop_table(table)
    sent = ", ".join(f"'{name}'" for name in NEW_MESSAGES)
    of_them = f"(SELECT id FROM outbox_message WHERE notification IN ({sent}))"  # noqa: S608  our own words
    op.execute(f"DELETE FROM delivery_event WHERE message_id IN {of_them} OR again_id IN {of_them}")  # noqa: S608
    op.execute(f"DELETE FROM outbox_message WHERE id IN {of_them}")  # noqa: S608
    _allow(MESSAGES)


def _allow(messages):
    """Let the outbox have these kinds of messages, as its CHECK says."""
    listed = ", ".join(f"'{name}'" for name in messages)
    name = op.f("ck_outbox_message_notification")
    with op.batch_alter_table("outbox_message") as batch_op:
        batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, sa.text(f"notification IN ({listed})"))
