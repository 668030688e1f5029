"""HR or the chair closes a sift: nothing of it is scored any more until it is reopened.

Revision ID: 0037
Revises: 0036
"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("sift") as batch_op:
        batch_op.add_column(sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_check_constraint(
            op.f("ck_sift_closed_after_opening"), sa.text("closed_at IS NULL OR opened_at IS NOT NULL")
        )


def downgrade() -> None:
    with op.batch_alter_table("sift") as batch_op:
        batch_op.drop_constraint(op.f("ck_sift_closed_after_opening"), type_="check")
        batch_op.drop_column("closed_at")
