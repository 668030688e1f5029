"""A vacancy says whether its post needs driving; then candidates are asked for a licence and the use of a car.

Revision ID: 0048
Revises: 0047
"""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = depends_on = None


def upgrade() -> None:
    op.add_column("vacancy", sa.Column("driving_required", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("eligibility_answer", sa.Column("has_vehicle", sa.Boolean()))
    # with its CHECK in one statement, so that SQLite need not copy the table
    check = "CONSTRAINT ck_eligibility_answer_licence CHECK (licence IN ('yes', 'no', 'adjustment'))"
    op.execute(f"ALTER TABLE eligibility_answer ADD COLUMN licence VARCHAR(32) {check}")


def downgrade() -> None:
    op.drop_column("eligibility_answer", "licence")
    op.drop_column("eligibility_answer", "has_vehicle")
    op.drop_column("vacancy", "driving_required")
