"""The vacancies that name somebody as contact are found by an index.

Revision ID: 0045
Revises: 0044
"""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = depends_on = None


def upgrade() -> None:
    op.create_index("ix_vacancy_contact_email_lower", "vacancy", [sa.text("lower(contact_email)")])


def downgrade() -> None:
    op.drop_index("ix_vacancy_contact_email_lower", "vacancy")
