"""Whoever has no licence has said nothing of a car, and drafts for posts without driving hold no answer about it.

Revision ID: 0054
Revises: 0053
"""

from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = depends_on = None

CHECK = (
    "CONSTRAINT ck_eligibility_answer_vehicle_with_licence"
    " CHECK (other_vehicle IS NULL OR (licence IS NOT NULL AND licence = 'yes'))"
)
CLEANED = (
    """
    UPDATE eligibility_answer SET licence = NULL, has_vehicle = NULL WHERE application_id IN (
        SELECT application.id FROM application JOIN vacancy ON vacancy.id = application.vacancy_id
        WHERE application.status = 'draft' AND NOT vacancy.driving_required
    )
    """,
    "UPDATE eligibility_answer SET has_vehicle = NULL WHERE licence IS NULL OR licence <> 'yes'",
)
"""What was carried to drafts that do not ask for it, and what was left behind by another answer."""


def upgrade() -> None:
    for statement in CLEANED:
        op.execute(statement)
    _write_again(CHECK)


def downgrade() -> None:
    _write_again("")


def _write_again(check):
    """Put the answer in another column with or without its CHECK, so that SQLite need not copy the table."""
    op.execute(f"ALTER TABLE eligibility_answer ADD COLUMN other_vehicle BOOLEAN {check}")
    op.execute("UPDATE eligibility_answer SET other_vehicle = has_vehicle")
    op.execute("ALTER TABLE eligibility_answer DROP COLUMN has_vehicle")
    op.execute("ALTER TABLE eligibility_answer RENAME COLUMN other_vehicle TO has_vehicle")
