"""A view of the queue that named no status was of what is to review; it says so now, for the queue opens with more.

Revision ID: 0056
Revises: 0055
"""

from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = depends_on = None

SAY = """
    UPDATE saved_view SET query = 'status=submitted' || CASE WHEN query = '' THEN '' ELSE '&' || query END
    WHERE '&' || query NOT LIKE '%&status=%' AND '&' || query NOT LIKE '%&interview=%'
"""
LEAVE_OUT = """
    UPDATE saved_view SET query = CASE
        WHEN query = 'status=submitted' THEN '' ELSE replace(replace(query, 'status=submitted&', ''), '&status=submitted', '')
    END
    WHERE '&' || query LIKE '%&status=submitted%'
"""


def upgrade() -> None:
    op.execute(SAY)


def downgrade() -> None:
    op.execute(LEAVE_OUT)
