"""The form asks how to be reached, for the supported year, and in which country somebody was.

Revision ID: 0046
Revises: 0045
"""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = depends_on = None

CHOICES = (
    ("contact_details", "contact_by", ("email", "phone", "either")),
    ("registration_answer", "supported_year", ("completed", "under_way", "not_started", "not_for_me")),
)


def upgrade() -> None:
    op.add_column("history_entry", sa.Column("country", sa.String(200), nullable=False, server_default=""))
    op.add_column("registration_answer", sa.Column("supported_until", sa.Date()))
    for table, column, values in CHOICES:  # with its CHECK in one statement, so that SQLite need not copy the table
        listed = ", ".join(f"'{value}'" for value in values)
        check = f"CONSTRAINT ck_{table}_{column} CHECK ({column} IN ({listed}))"
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} VARCHAR(32) {check}")


def downgrade() -> None:
    for table, column, _values in CHOICES:
        op.drop_column(table, column)
    op.drop_column("registration_answer", "supported_until")
    op.drop_column("history_entry", "country")
