"""Of the details before a start, what was sent is not said to have been deleted unsent.

Revision ID: 0053
Revises: 0052
"""

from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = depends_on = None

NAME = "ck_employment_details_cleared_is_unsent"
ITSELF = {"resolve_fks": False}  # not the tables it points to, which have indexes that SQLite cannot be asked for


def upgrade() -> None:
    op.execute("UPDATE employment_details SET cleared_at = NULL WHERE sent_at IS NOT NULL")
    with op.batch_alter_table("employment_details", reflect_kwargs=ITSELF) as batch_op:
        batch_op.create_check_constraint(op.f(NAME), "cleared_at IS NULL OR sent_at IS NULL")


def downgrade() -> None:
    with op.batch_alter_table("employment_details", reflect_kwargs=ITSELF) as batch_op:
        batch_op.drop_constraint(op.f(NAME), type_="check")
