"""Decisions wait until people release them, with letters that people word; applications end with their vacancy.

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = depends_on = None

BigInt = sa.BigInteger().with_variant(sa.Integer, "sqlite")

STATUSES = (
    "draft", "submitted", "shortlisted", "not_shortlisted", "appointed", "reserve", "not_appointed", "withdrawn",
)  # fmt: skip
MESSAGES = (
    "account_closed", "account_confirm", "account_email_change", "account_email_notice", "account_email_taken",
    "account_exists", "account_passkey_added", "account_passkey_copied", "account_passkey_removed",
    "account_password_changed", "account_password_reset", "alert_confirm", "alert_exists", "alert_keep",
    "alert_limit", "alert_vacancies", "application_appointed", "application_not_appointed",
    "application_not_shortlisted", "application_reminder", "application_reserve", "application_shortlisted",
    "application_submitted", "application_withdrawn", "conversation_to_candidate", "conversation_to_hr",
    "interest_registered", "interest_renewal", "interview_booked", "interview_cancelled", "interview_invited",
    "interview_panel_booked", "interview_panel_cancelled", "vacancy_approved", "vacancy_changes_requested",
    "vacancy_commented", "vacancy_ended", "vacancy_extended", "vacancy_paused", "vacancy_resumed",
)  # fmt: skip
NEW_MESSAGES = ("application_corrected", "application_vacancy_cancelled")
UNTOLD = sa.text("untold_since IS NOT NULL")


def upgrade() -> None:
    """Whatever was held back by a clock goes as it was promised; from now on a person releases each decision."""
    _allow("outbox_message", "notification", sorted((*MESSAGES, *NEW_MESSAGES)))
    _allow("stage_count", "status", (*STATUSES, "vacancy_cancelled"))
    _allow("application", "status", (*STATUSES, "vacancy_cancelled"))
    _allow("application", "told_status", (*STATUSES, "vacancy_cancelled"))
    op.execute("UPDATE application SET told_status = NULL, tell_at = NULL WHERE told_status IS NOT NULL")
    _rename("tell_at", "untold_since")
    with op.batch_alter_table("application") as batch_op:
        batch_op.drop_column("told_due_at")
    op.create_index(
        "ix_application_untold", "application", ["untold_since"], sqlite_where=UNTOLD, postgresql_where=UNTOLD
    )
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "letter_draft",
        sa.Column("application_id", BigInt, autoincrement=False, nullable=False),
        sa.Column("event_id", BigInt, nullable=False),
        sa.Column("template", sa.String(32), nullable=False),
        sa.Column("opening", sa.Text(), nullable=False),
        sa.Column("next_steps", sa.Text(), nullable=False),
        sa.Column("feedback", sa.Text(), nullable=False),
        sa.Column("edited_by_id", BigInt, nullable=True),
        sa.Column("edited_at", moment, nullable=True),
        sa.Column("version", BigInt, nullable=False),
        _key("letter_draft", "application_id", "application", ondelete="CASCADE"),
        _key("letter_draft", "event_id", "application_event"),
        _key("letter_draft", "edited_by_id", "user_account"),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_letter_draft")),
    )
    op.create_table(
        "letter",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("application_id", BigInt, nullable=False),
        sa.Column("event_id", BigInt, nullable=False),
        sa.Column("message_id", BigInt, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", moment, nullable=False),
        _key("letter", "application_id", "application", ondelete="CASCADE"),
        _key("letter", "event_id", "application_event"),
        _key("letter", "message_id", "outbox_message"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("message_id", name=op.f("uq_letter_message_id")),
    )
    op.create_index(op.f("ix_letter_application_id"), "letter", ["application_id"])


def downgrade() -> None:
    """Go back to a clock: what waits counts as told, without a message; what ended with its vacancy is withdrawn."""
    op.drop_table("letter")
    op.drop_table("letter_draft")
    op.drop_index("ix_application_untold", table_name="application")
    op.execute("UPDATE application SET told_status = NULL, untold_since = NULL WHERE told_status IS NOT NULL")
    _rename("untold_since", "tell_at")
    op.add_column("application", sa.Column("told_due_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE application SET status = 'withdrawn' WHERE status = 'vacancy_cancelled'")
    for column in ("source", "target"):
        op.execute(f"UPDATE application_event SET {column} = 'withdrawn' WHERE {column} = 'vacancy_cancelled'")  # noqa: S608  ours
    op.execute(
        "INSERT INTO stage_count (scope, status, number)"
        " SELECT scope, 'withdrawn', number FROM stage_count WHERE status = 'vacancy_cancelled'"
        " ON CONFLICT (scope, status) DO UPDATE SET number = stage_count.number + excluded.number"
    )
    op.execute("DELETE FROM stage_count WHERE status = 'vacancy_cancelled'")
    listed = ", ".join(f"'{name}'" for name in NEW_MESSAGES)
    of_them = f"(SELECT id FROM outbox_message WHERE notification IN ({listed}))"  # noqa: S608  names of our own
    op.execute(f"UPDATE application_event SET message_id = NULL WHERE message_id IN {of_them}")  # noqa: S608  as above
    op.execute(f"DELETE FROM outbox_message WHERE notification IN ({listed})")  # noqa: S608  names of our own
    _allow("application", "told_status", STATUSES)
    _allow("application", "status", STATUSES)
    _allow("stage_count", "status", STATUSES)
    _allow("outbox_message", "notification", MESSAGES)


def _rename(before, after):
    """Give the moment of a decision that is not told its other name, in its CHECK too."""
    with op.batch_alter_table("application") as batch_op:
        batch_op.drop_constraint(op.f("ck_application_told_with_moment"), type_="check")
        batch_op.alter_column(before, new_column_name=after)
    with op.batch_alter_table("application") as batch_op:
        batch_op.create_check_constraint(
            op.f("ck_application_told_with_moment"), sa.text(f"(told_status IS NULL) = ({after} IS NULL)")
        )


def _key(table, column, referred, **given):
    name = op.f(f"fk_{table}_{column}_{referred}")
    return sa.ForeignKeyConstraint([column], [f"{referred}.id"], name=name, **given)


def _allow(table, column, values):
    """Let a column hold `values`, as its CHECK says."""
    listed = ", ".join(f"'{value}'" for value in values)
    with op.batch_alter_table(table) as batch_op:
        batch_op.drop_constraint(op.f(f"ck_{table}_{column}"), type_="check")
        batch_op.create_check_constraint(op.f(f"ck_{table}_{column}"), sa.text(f"{column} IN ({listed})"))
