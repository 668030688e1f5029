"""Each application knows until when what its candidate was promised holds; the queue is ordered by it.

Revision ID: 0015
Revises: 0014
"""

import json
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo

import govuk_bank_holidays
import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = depends_on = None

Moment = sa.DateTime(timezone=True)
BigInt = sa.BigInteger().with_variant(sa.Integer, "sqlite")
LONDON = ZoneInfo("Europe/London")
NOTHING_DUE = datetime(2999, 12, 31, tzinfo=UTC)
ANSWER, INVITE, OUTCOME = 10, 5, 5  # working days, as the rules had them on the day of this migration
SENT, ASSIGNED, UNASSIGNED = "status <> 'draft'", "assigned_to_id IS NOT NULL", "assigned_to_id IS NULL"
INDEXES = {
    "ix_application_queue": (["status"], SENT),
    "ix_application_vacancy": (["vacancy_id", "status"], None),
    "ix_application_team": (["team_id", "status"], None),
    "ix_application_assigned": (["assigned_to_id", "status"], ASSIGNED),
    "ix_application_unassigned": (["status"], UNASSIGNED),
}
APPLICATION = sa.table(
    "application",
    sa.column("id", BigInt),
    sa.column("vacancy_id", BigInt),
    sa.column("status", sa.String),
    sa.column("submitted_at", Moment),
    sa.column("tell_at", Moment),
    sa.column("due_at", Moment),
)
VACANCY = sa.table("vacancy", sa.column("id", BigInt), sa.column("closes_at", Moment))
BOOKING = sa.table("interview_booking", sa.column("application_id", BigInt), sa.column("slot_id", BigInt))
SLOT = sa.table("interview_slot", sa.column("id", BigInt), sa.column("ends_at", Moment))


def upgrade() -> None:
    op.add_column("application", sa.Column("due_at", Moment, nullable=True))
    op.add_column("application", sa.Column("told_due_at", Moment, nullable=True))
    _promise()
    with op.batch_alter_table("application") as batch_op:
        batch_op.create_check_constraint(
            op.f("ck_application_due_at_unless_draft"), sa.text("(status = 'draft') = (due_at IS NULL)")
        )
    _order_by("due_at")


def downgrade() -> None:
    _order_by("submitted_at")
    with op.batch_alter_table("application") as batch_op:
        batch_op.drop_constraint(op.f("ck_application_due_at_unless_draft"), type_="check")
        batch_op.drop_column("told_due_at")
        batch_op.drop_column("due_at")


def _order_by(column):
    """Make the queue's indexes anew, in the order of `column`."""
    for name, (first, where) in INDEXES.items():
        op.drop_index(name, "application")
        kept = {} if where is None else {"sqlite_where": sa.text(where), "postgresql_where": sa.text(where)}
        op.create_index(name, "application", [*first, column, "id"], **kept)


def _promise():
    """Work out what candidates were promised, as the service did until now."""
    holidays = json.loads(files(govuk_bank_holidays).joinpath("bank-holidays.json").read_text("utf-8"))
    closed = {date.fromisoformat(one["date"]) for one in holidays["england-and-wales"]["events"]}
    run, a, v = op.get_bind().execute, APPLICATION.c, VACANCY.c
    run(APPLICATION.update().where(a.status != "draft").values(due_at=NOTHING_DUE))
    waiting = a.status == "submitted"
    closings = sa.select(v.id, v.closes_at).where(v.id.in_(sa.select(a.vacancy_id).where(waiting)))
    for key, closes_at in run(closings).all():
        if closes_at is not None:
            last_day = (_aware(closes_at) - timedelta(minutes=1)).astimezone(LONDON).date()
            run(
                APPLICATION.update()
                .where(waiting, a.vacancy_id == key)
                .values(due_at=_end_after(last_day, ANSWER, closed))
            )
    rest = sa.select(a.id, a.submitted_at).where(waiting, a.due_at == NOTHING_DUE)
    for key, sent_at in run(rest).all():
        run(APPLICATION.update().where(a.id == key).values(due_at=_end_after(_day(sent_at), ANSWER, closed)))
    last = (
        sa.select(BOOKING.c.application_id, sa.func.max(SLOT.c.ends_at).label("ends_at"))
        .join_from(BOOKING, SLOT, SLOT.c.id == BOOKING.c.slot_id)
        .group_by(BOOKING.c.application_id)
        .subquery()
    )
    listed = (
        sa.select(a.id, a.submitted_at, a.tell_at, sa.type_coerce(last.c.ends_at, Moment))
        .join_from(APPLICATION, last, last.c.application_id == a.id, isouter=True)
        .where(a.status == "shortlisted")
    )
    for key, sent_at, told_at, ends_at in run(listed).all():
        due_at = (
            _end_after(_day(ends_at), OUTCOME, closed)
            if ends_at
            else _end_after(_day(told_at or sent_at), INVITE, closed)
        )
        run(APPLICATION.update().where(a.id == key).values(due_at=due_at))


def _day(moment):
    return _aware(moment).astimezone(LONDON).date()


def _aware(moment):
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)  # SQLite keeps no zone


def _end_after(day, working_days, closed):
    """Return the midnight at which the `working_days`th working day after `day` is over."""
    while working_days:
        day += timedelta(days=1)
        working_days -= day.weekday() < 5 and day not in closed
    return datetime.combine(day + timedelta(days=1), time(0), LONDON).astimezone(UTC)
