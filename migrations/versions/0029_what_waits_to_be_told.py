"""Decisions that wait to be told are counted for a reader who may be one of their candidates from one index alone.

Revision ID: 0029
Revises: 0028
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = depends_on = None


def upgrade() -> None:
    _index("untold_since", "candidate_id")


def downgrade() -> None:
    _index("untold_since")


def _index(*columns: str) -> None:
    untold = sa.text("untold_since IS NOT NULL")
    op.drop_index("ix_application_untold", table_name="application")
    op.create_index("ix_application_untold", "application", list(columns), sqlite_where=untold, postgresql_where=untold)
