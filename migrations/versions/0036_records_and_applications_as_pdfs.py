"""Records are taken out as PDFs too, and applications as a zip of them.

Going back writes a PDF as the record that it was, and a zip as a file; those rows were sealed as they are now.

Revision ID: 0036
Revises: 0035
"""

from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = depends_on = None

TABLE = "disclosure"
CHECK = "ck_disclosure_taking"
BEFORE = "taking IN ('csv', 'xlsx', 'record')"
AFTER = "taking IN ('csv', 'xlsx', 'record', 'pdf', 'zip')"


def upgrade() -> None:
    _allow(AFTER)


def downgrade() -> None:
    op.execute("UPDATE disclosure SET taking = 'record' WHERE taking = 'pdf'")
    op.execute("UPDATE disclosure SET taking = 'csv' WHERE taking = 'zip'")
    _allow(BEFORE)


def _allow(condition):
    with op.batch_alter_table(TABLE) as batch_op:
        batch_op.drop_constraint(op.f(CHECK), type_="check")
        batch_op.create_check_constraint(op.f(CHECK), condition)
