"""Where somebody who works here through an agency is, and since when: it fills in other answers.

Revision ID: 0021
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("eligibility_answer") as batch_op:
        batch_op.add_column(sa.Column("team", sa.String(200), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("here_since", sa.Date(), nullable=True))
    with op.batch_alter_table("eligibility_answer") as batch_op:
        batch_op.alter_column("team", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("eligibility_answer") as batch_op:
        batch_op.drop_column("here_since")
        batch_op.drop_column("team")
