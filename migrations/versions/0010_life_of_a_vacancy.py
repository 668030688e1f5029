"""A vacancy is paused, and ends with posts filled or not; it is relisted as a copy.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = depends_on = None

BigInt = sa.BigInteger().with_variant(sa.Integer, "sqlite")

MESSAGES = (
    "account_closed", "account_confirm", "account_email_change", "account_email_notice", "account_email_taken",
    "account_exists", "account_password_changed", "account_password_reset",
    "alert_confirm", "alert_exists", "alert_keep", "alert_limit", "alert_vacancies",
    "application_not_shortlisted", "application_reminder", "application_shortlisted", "application_submitted",
    "application_withdrawn", "vacancy_approved", "vacancy_changes_requested", "vacancy_commented",
)  # fmt: skip
NEW_MESSAGES = ("vacancy_ended", "vacancy_extended", "vacancy_paused", "vacancy_resumed")
STATUSES = ("draft", "awaiting_approval", "changes_requested", "published", "cancelled")
NEW_STATUSES = (
    "draft", "awaiting_approval", "changes_requested", "published", "paused", "filled", "part_filled", "unfilled", "cancelled",
)  # fmt: skip
ADDED = "('paused', 'filled', 'part_filled', 'unfilled')"
WHOLE = (
    "(opens_at IS NOT NULL AND closes_at IS NOT NULL AND pay_table_id IS NOT NULL"
    " AND salary_min_pence IS NOT NULL AND salary_max_pence IS NOT NULL)"
)
FILLED = (
    "(filled IS NULL AND status NOT IN ('filled', 'part_filled', 'unfilled'))"
    " OR (filled IS NOT NULL AND ((status = 'filled' AND filled = posts)"
    " OR (status = 'part_filled' AND 0 < filled AND filled < posts) OR (status = 'unfilled' AND filled = 0)))"
)


def upgrade() -> None:
    with op.batch_alter_table("outbox_message") as batch_op:
        _allow(batch_op, "outbox_message", "notification", (*MESSAGES, *NEW_MESSAGES))
    with op.batch_alter_table("vacancy") as batch_op:
        batch_op.add_column(sa.Column("filled", BigInt, nullable=True))
        batch_op.add_column(sa.Column("relisted_from_id", BigInt, nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_vacancy_relisted_from_id_vacancy"), "vacancy", ["relisted_from_id"], ["id"]
        )
        batch_op.create_index(op.f("ix_vacancy_relisted_from_id"), ["relisted_from_id"])
        _allow(batch_op, "vacancy", "status", NEW_STATUSES)
        _whole(batch_op, f"status NOT IN {('published', 'paused', 'filled', 'part_filled', 'unfilled')} OR {WHOLE}")
        batch_op.create_check_constraint(op.f("ck_vacancy_filled"), sa.text(FILLED))


def downgrade() -> None:
    # What was there before knows neither pauses nor outcomes: a paused vacancy takes applications until it closes.
    with op.batch_alter_table("vacancy") as batch_op:
        batch_op.drop_constraint(op.f("ck_vacancy_filled"), type_="check")
    op.execute(f"UPDATE vacancy SET status = 'published' WHERE status IN {ADDED}")  # noqa: S608  names of our own
    op.execute(f"UPDATE vacancy_event SET source = 'published' WHERE source IN {ADDED}")  # noqa: S608  as above
    op.execute(f"UPDATE vacancy_event SET target = 'published' WHERE target IN {ADDED}")  # noqa: S608  as above
    with op.batch_alter_table("vacancy") as batch_op:
        _whole(batch_op, f"status <> 'published' OR {WHOLE}")
        _allow(batch_op, "vacancy", "status", STATUSES)
        batch_op.drop_index(op.f("ix_vacancy_relisted_from_id"))
        batch_op.drop_constraint(op.f("fk_vacancy_relisted_from_id_vacancy"), type_="foreignkey")
        batch_op.drop_column("relisted_from_id")
        batch_op.drop_column("filled")
    listed = ", ".join(f"'{name}'" for name in NEW_MESSAGES)
    op.execute(f"DELETE FROM outbox_message WHERE notification IN ({listed})")  # noqa: S608  names of our own
    with op.batch_alter_table("outbox_message") as batch_op:
        _allow(batch_op, "outbox_message", "notification", MESSAGES)


def _allow(batch_op, table, column, values):
    """Let `column` hold `values`, as its CHECK says."""
    listed = ", ".join(f"'{value}'" for value in values)
    batch_op.drop_constraint(op.f(f"ck_{table}_{column}"), type_="check")
    batch_op.create_check_constraint(op.f(f"ck_{table}_{column}"), sa.text(f"{column} IN ({listed})"))


def _whole(batch_op, words):
    batch_op.drop_constraint(op.f("ck_vacancy_published_is_whole"), type_="check")
    batch_op.create_check_constraint(op.f("ck_vacancy_published_is_whole"), sa.text(words))
