"""A criterion says where it is assessed and how much it counts; one that a change took away is kept.

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = depends_on = None

BigInt = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("criterion") as batch_op:
        batch_op.add_column(sa.Column("assessed_at", sa.String(32), nullable=False, server_default="application"))
        batch_op.add_column(sa.Column("weight", BigInt, nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_check_constraint(
            op.f("ck_criterion_assessed_at"), sa.text("assessed_at IN ('application', 'interview', 'check')")
        )
        batch_op.create_check_constraint(op.f("ck_criterion_weight"), sa.text("weight BETWEEN 1 AND 3"))
    with op.batch_alter_table("criterion") as batch_op:
        batch_op.alter_column("assessed_at", server_default=None)
        batch_op.alter_column("weight", server_default=None)


def downgrade() -> None:
    # What was there before shows every criterion, and asks all candidates for all of them.
    with op.batch_alter_table("criterion") as batch_op:
        batch_op.drop_constraint(op.f("ck_criterion_weight"), type_="check")
        batch_op.drop_constraint(op.f("ck_criterion_assessed_at"), type_="check")
        batch_op.drop_column("retired_at")
        batch_op.drop_column("weight")
        batch_op.drop_column("assessed_at")
