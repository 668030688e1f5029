"""A vacancy can be paid for some weeks of the year, and have payments beside salary.

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("vacancy") as batch_op:
        batch_op.add_column(sa.Column("paid_weeks", sa.Numeric(4, 2), nullable=True))
        batch_op.add_column(sa.Column("additions", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.create_check_constraint(op.f("ck_vacancy_paid_weeks"), "paid_weeks BETWEEN 20 AND 52")


def downgrade() -> None:
    with op.batch_alter_table("vacancy") as batch_op:
        batch_op.drop_constraint(op.f("ck_vacancy_paid_weeks"), type_="check")
        batch_op.drop_column("additions")
        batch_op.drop_column("paid_weeks")
