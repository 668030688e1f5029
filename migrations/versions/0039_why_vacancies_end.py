"""A vacancy that ends without all of its posts filled says why, by a reason that can be counted.

Revision ID: 0039
Revises: 0038
"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = depends_on = None

REASONS = (
    "nobody_applied", "too_few_applied", "nobody_met_criteria", "nobody_at_interview", "candidates_withdrew",
    "offer_declined", "checks_not_met", "filled_otherwise", "post_changed", "no_funding", "mistake", "other",
)  # fmt: skip


def upgrade() -> None:
    # What ended before has no reason: nobody chose one.
    listed = ", ".join(f"'{reason}'" for reason in REASONS)
    with op.batch_alter_table("vacancy") as batch_op:
        batch_op.add_column(sa.Column("outcome_reason", sa.String(32), nullable=True))
        batch_op.create_check_constraint(op.f("ck_vacancy_outcome_reason"), sa.text(f"outcome_reason IN ({listed})"))
        batch_op.create_check_constraint(
            op.f("ck_vacancy_reason_of_end"),
            sa.text("outcome_reason IS NULL OR status IN ('part_filled', 'unfilled', 'cancelled')"),
        )


def downgrade() -> None:
    with op.batch_alter_table("vacancy") as batch_op:
        batch_op.drop_constraint(op.f("ck_vacancy_reason_of_end"), type_="check")
        batch_op.drop_constraint(op.f("ck_vacancy_outcome_reason"), type_="check")
        batch_op.drop_column("outcome_reason")
