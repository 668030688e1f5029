"""Nobody approves a change or terms that they wrote, changed last or sent; full time is the whole week; sets have names.

A vacancy of fewer hours that called itself full time is what its hours say: part time, unless it is a job share.  Of
two sets of one team with one name the later one gets its number behind it.  Approvals need no mending: none by who
wrote was ever let through.

Revision ID: 0028
Revises: 0027
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = depends_on = None

CHANGE, TERMS, VACANCY, SETS = "vacancy_revision", "welcome_scheme_version", "vacancy", "criteria_set"
BEFORE = "status <> 'approved' OR approver_id IS NULL OR approver_id <> author_id"
AFTER = (
    "status <> 'approved' OR author_id IS NULL OR (approver_id IS NOT NULL AND approved_at IS NOT NULL"
    " AND approver_id <> author_id AND (edited_by_id IS NULL OR approver_id <> edited_by_id))"
)
DECIDED = (
    "status <> 'approved' OR (decided_by_id IS NOT NULL AND sent_by_id IS NOT NULL"
    " AND decided_by_id NOT IN (author_id, edited_by_id, sent_by_id))"
)
TOLD_APART = (
    "UPDATE criteria_set SET name = substr(name, 1, 170) || ' (' || id || ')'"
    " WHERE retired_at IS NULL AND EXISTS (SELECT 1 FROM criteria_set AS other WHERE other.retired_at IS NULL"
    " AND other.team_id = criteria_set.team_id AND other.name = criteria_set.name AND other.id < criteria_set.id)"
)


def upgrade() -> None:
    op.execute(
        "UPDATE vacancy SET full_time = FALSE, part_time = part_time OR NOT job_share"
        " WHERE full_time AND weekly_hours <> 37"
    )
    op.execute(TOLD_APART)
    with op.batch_alter_table(CHANGE) as batch_op:
        batch_op.create_check_constraint(op.f(f"ck_{CHANGE}_approver"), DECIDED)
    _approver(AFTER)
    with op.batch_alter_table(VACANCY) as batch_op:
        batch_op.create_check_constraint(op.f(f"ck_{VACANCY}_full_time_hours"), "NOT full_time OR weekly_hours = 37")
    live = sa.text("retired_at IS NULL")
    op.create_index(
        f"uq_{SETS}_live_name", SETS, ["team_id", "name"], unique=True, sqlite_where=live, postgresql_where=live
    )


def downgrade() -> None:
    op.drop_index(f"uq_{SETS}_live_name", table_name=SETS)
    with op.batch_alter_table(VACANCY) as batch_op:
        batch_op.drop_constraint(op.f(f"ck_{VACANCY}_full_time_hours"), type_="check")
    _approver(BEFORE)
    with op.batch_alter_table(CHANGE) as batch_op:
        batch_op.drop_constraint(op.f(f"ck_{CHANGE}_approver"), type_="check")


def _approver(condition):
    name = op.f(f"ck_{TERMS}_approver")
    with op.batch_alter_table(TERMS) as batch_op:
        batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, condition)
