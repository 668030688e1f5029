"""It is kept when a candidate opened a message from HR.  Of earlier ones nobody knows, so they count as new.

Revision ID: 0035
Revises: 0034
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = depends_on = None

TABLE = "conversation_message"


def upgrade() -> None:
    with op.batch_alter_table(TABLE) as batch_op:
        batch_op.add_column(sa.Column("read_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_check_constraint(
            op.f(f"ck_{TABLE}_read_by_candidate"), "read_at IS NULL OR NOT is_by_candidate"
        )


def downgrade() -> None:
    with op.batch_alter_table(TABLE) as batch_op:
        batch_op.drop_constraint(op.f(f"ck_{TABLE}_read_by_candidate"), type_="check")
        batch_op.drop_column("read_at")
