"""Who a welcome payment is for, as facts that four questions can be answered from.

Drafts no longer name the pay table that they would be published on, unless their team chooses one.

Terms that were kept before have none: their check is not offered, and their words are as they were.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("welcome_scheme_version") as batch_op:
        batch_op.add_column(sa.Column("eligibility", sa.JSON(none_as_null=True), nullable=True))
    # A draft takes the pay table in force when it is published; until now it had to name one beforehand.
    op.execute(
        "UPDATE vacancy SET pay_table_id = NULL WHERE status IN ('draft', 'awaiting_approval', 'changes_requested')"
    )


def downgrade() -> None:
    with op.batch_alter_table("welcome_scheme_version") as batch_op:
        batch_op.drop_column("eligibility")
