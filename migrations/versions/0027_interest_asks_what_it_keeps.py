"""Registered interest keeps a number, or a day, only where the situation is asked for one.

Revision ID: 0027
Revises: 0026
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = depends_on = None

NUMBERED = "'registered', 'renewing', 'returning'"
WAITING = "'applied', 'newly_qualified', 'overseas', 'returning'"


def upgrade() -> None:
    op.execute(f"UPDATE interest SET number = '' WHERE state NOT IN ({NUMBERED})")  # noqa: S608  names of our own
    op.execute(f"UPDATE interest SET expected_on = NULL WHERE state NOT IN ({WAITING})")  # noqa: S608  so here
    with op.batch_alter_table("interest") as batch_op:
        batch_op.create_check_constraint(
            op.f("ck_interest_number_asked"), sa.text(f"number = '' OR state IN ({NUMBERED})")
        )
        batch_op.create_check_constraint(
            op.f("ck_interest_expected_on_asked"), sa.text(f"expected_on IS NULL OR state IN ({WAITING})")
        )


def downgrade() -> None:
    with op.batch_alter_table("interest") as batch_op:
        batch_op.drop_constraint(op.f("ck_interest_expected_on_asked"), type_="check")
        batch_op.drop_constraint(op.f("ck_interest_number_asked"), type_="check")
