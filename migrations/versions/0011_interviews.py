"""Times for interviews that candidates choose, diaries that keep anybody from two at once, and outcomes.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = depends_on = None

BigInt = sa.BigInteger().with_variant(sa.Integer, "sqlite")

KINDS = ("competency", "safeguarding", "practical")
STATUSES = ("draft", "submitted", "shortlisted", "not_shortlisted", "withdrawn")
OUTCOMES = ("appointed", "reserve", "not_appointed")
ALL_STATUSES = ("draft", "submitted", "shortlisted", "not_shortlisted", *OUTCOMES, "withdrawn")
MESSAGES = (
    "account_closed", "account_confirm", "account_email_change", "account_email_notice", "account_email_taken",
    "account_exists", "account_password_changed", "account_password_reset",
    "alert_confirm", "alert_exists", "alert_keep", "alert_limit", "alert_vacancies",
    "application_not_shortlisted", "application_reminder", "application_shortlisted", "application_submitted",
    "application_withdrawn", "vacancy_approved", "vacancy_changes_requested", "vacancy_commented",
    "vacancy_ended", "vacancy_extended", "vacancy_paused", "vacancy_resumed",
)  # fmt: skip
NEW_MESSAGES = (
    "application_appointed", "application_not_appointed", "application_reserve",
    "interview_booked", "interview_cancelled", "interview_invited", "interview_panel_booked",
    "interview_panel_cancelled",
)  # fmt: skip


def upgrade() -> None:
    _allow("outbox_message", "notification", sorted((*MESSAGES, *NEW_MESSAGES)))
    _allow("application", "status", ALL_STATUSES)
    _allow("application", "told_status", ALL_STATUSES)
    _allow("stage_count", "status", ALL_STATUSES)
    kind = sa.Enum(*KINDS, name="kind", native_enum=False, create_constraint=True, length=32)
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "interview_slot",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("vacancy_id", BigInt, nullable=False),
        sa.Column("kind", kind, nullable=False),
        sa.Column("starts_at", moment, nullable=False),
        sa.Column("ends_at", moment, nullable=False),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("link", sa.String(200), nullable=False),
        sa.Column("cancelled_at", moment, nullable=True),
        sa.Column("version", BigInt, nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_interview_slot_ends_after_start")),
        sa.CheckConstraint("place <> '' OR link <> ''", name=op.f("ck_interview_slot_somewhere")),
        sa.ForeignKeyConstraint(["vacancy_id"], ["vacancy.id"], name=op.f("fk_interview_slot_vacancy_id_vacancy")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_slot")),
    )
    op.create_index("ix_interview_slot_vacancy_id_starts_at", "interview_slot", ["vacancy_id", "starts_at", "id"])
    op.create_table(
        "slot_interviewer",
        sa.Column("slot_id", BigInt, nullable=False),
        sa.Column("user_id", BigInt, nullable=False),
        _key("slot_interviewer", "slot_id", "interview_slot", ondelete="CASCADE"),
        _key("slot_interviewer", "user_id", "user_account"),
        sa.PrimaryKeyConstraint("slot_id", "user_id", name=op.f("pk_slot_interviewer")),
    )
    op.create_index(op.f("ix_slot_interviewer_user_id"), "slot_interviewer", ["user_id"])
    op.create_table(
        "interview_booking",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("slot_id", BigInt, nullable=False),
        sa.Column("application_id", BigInt, nullable=False),
        sa.Column("kind", kind, nullable=False),
        sa.Column("sequence", BigInt, nullable=False),
        sa.Column("booked_at", moment, nullable=False),
        _key("interview_booking", "slot_id", "interview_slot"),
        _key("interview_booking", "application_id", "application", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_booking")),
        sa.UniqueConstraint("key", name=op.f("uq_interview_booking_key")),
        sa.UniqueConstraint("slot_id", name=op.f("uq_interview_booking_slot_id")),
        sa.UniqueConstraint("application_id", "kind", name=op.f("uq_interview_booking_application_id_kind")),
    )
    op.create_table(
        "diary_piece",
        sa.Column("user_id", BigInt, nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("slot_id", BigInt, nullable=False),
        _key("diary_piece", "user_id", "user_account", ondelete="CASCADE"),
        _key("diary_piece", "slot_id", "interview_slot", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "at", name=op.f("pk_diary_piece")),
    )
    op.create_index(op.f("ix_diary_piece_slot_id"), "diary_piece", ["slot_id"])
    op.create_table(
        "interview_invitation",
        sa.Column("application_id", BigInt, nullable=False),
        sa.Column("invited_by_id", BigInt, nullable=False),
        sa.Column("invited_at", moment, nullable=False),
        _key("interview_invitation", "application_id", "application", ondelete="CASCADE"),
        _key("interview_invitation", "invited_by_id", "user_account"),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_interview_invitation")),
    )
    op.create_table(
        "interview_event",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("vacancy_id", BigInt, nullable=False),
        sa.Column("application_id", BigInt, nullable=True),
        sa.Column("actor_id", BigInt, nullable=False),
        sa.Column("what", sa.String(300), nullable=False),
        sa.Column("at", moment, nullable=False),
        _key("interview_event", "vacancy_id", "vacancy"),
        _key("interview_event", "application_id", "application", ondelete="CASCADE"),
        _key("interview_event", "actor_id", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_event")),
    )
    op.create_index("ix_interview_event_vacancy_id_id", "interview_event", ["vacancy_id", "id"])
    op.create_index(op.f("ix_interview_event_application_id"), "interview_event", ["application_id"])


def downgrade() -> None:
    """Go back to where interviews had no outcomes: everybody who has one is on the shortlist again, and knows it."""
    for table in (
        "interview_event", "interview_invitation", "diary_piece", "interview_booking", "slot_interviewer",
        "interview_slot",
    ):  # fmt: skip
        op.drop_table(table)
    gone = ", ".join(f"'{name}'" for name in OUTCOMES)
    op.execute(f"UPDATE application SET told_status = NULL, tell_at = NULL WHERE status IN ({gone})")  # noqa: S608  ours
    op.execute(f"UPDATE application SET status = 'shortlisted' WHERE status IN ({gone})")  # noqa: S608  names of our own
    for column in ("source", "target"):
        op.execute(f"UPDATE application_event SET {column} = 'shortlisted' WHERE {column} IN ({gone})")  # noqa: S608  ours
    op.execute(
        "INSERT INTO stage_count (scope, status, number)"  # noqa: S608  names of our own
        f" SELECT scope, 'shortlisted', sum(number) FROM stage_count WHERE status IN ({gone}) GROUP BY scope"
        " ON CONFLICT (scope, status) DO UPDATE SET number = stage_count.number + excluded.number"
    )
    op.execute(f"DELETE FROM stage_count WHERE status IN ({gone})")  # noqa: S608  names of our own
    listed = ", ".join(f"'{name}'" for name in NEW_MESSAGES)
    of_them = f"(SELECT id FROM outbox_message WHERE notification IN ({listed}))"  # noqa: S608  names of our own
    op.execute(f"UPDATE application_event SET message_id = NULL WHERE message_id IN {of_them}")  # noqa: S608  as above
    op.execute(f"DELETE FROM outbox_message WHERE notification IN ({listed})")  # noqa: S608  names of our own
    _allow("stage_count", "status", STATUSES)
    _allow("application", "told_status", STATUSES)
    _allow("application", "status", STATUSES)
    _allow("outbox_message", "notification", MESSAGES)


def _key(table, column, referred, **given):
    name = op.f(f"fk_{table}_{column}_{referred}")
    return sa.ForeignKeyConstraint([column], [f"{referred}.id"], name=name, **given)


def _allow(table, column, values):
    """Let a column hold `values`, as its CHECK says."""
    listed = ", ".join(f"'{value}'" for value in values)
    with op.batch_alter_table(table) as batch_op:
        batch_op.drop_constraint(op.f(f"ck_{table}_{column}"), type_="check")
        batch_op.create_check_constraint(op.f(f"ck_{table}_{column}"), sa.text(f"{column} IN ({listed})"))
