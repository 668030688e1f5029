"""When an answer of an application was last changed; who holds a role, found without reading all candidates.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = depends_on = None


def upgrade() -> None:
    op.add_column("application", sa.Column("saved_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_role_grant_role", "role_grant", ["role"])


def downgrade() -> None:
    op.drop_index("ix_role_grant_role", "role_grant")
    op.drop_column("application", "saved_at")
