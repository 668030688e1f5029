"""What is asked of the person: eligibility, support at interview, relationships, how they stand with the register.

Drafts find the new sections not started; what was sent stays as it was sent.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = depends_on = None

BigInt = sa.BigInteger().with_variant(sa.Integer, "sqlite")
SECTIONS = ("contact-details", "registration", "qualifications", "history", "evidence", "referees", "declaration")
ALL_SECTIONS = (
    "contact-details", "eligibility", "registration", "qualifications", "history", "evidence", "referees",
    "interview-support", "relationships", "declaration",
)  # fmt: skip

STATES = ("registered", "applied", "not_required")
ALL_STATES = (
    "registered", "renewing", "newly_qualified", "overseas", "returning", "not_required", "applied",
)  # fmt: skip
WAITING = ("newly_qualified", "overseas", "returning")  # what was "applied"


def upgrade() -> None:
    with op.batch_alter_table("section_state") as batch_op:
        _allow(batch_op, "section_state", "section", ALL_SECTIONS)
    with op.batch_alter_table("registration_answer") as batch_op:
        batch_op.add_column(sa.Column("has_applied", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("qualifies_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("country", sa.String(200), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("left_on", sa.Date(), nullable=True))
        _allow(batch_op, "registration_answer", "state", ALL_STATES)
    op.create_table(
        "eligibility_answer",
        *_key("eligibility_answer"),
        sa.Column("right_to_work", sa.Boolean(), nullable=True),
        sa.Column("needs_sponsorship", sa.Boolean(), nullable=True),
        sa.Column(
            "works_here",
            sa.Enum(
                "no", "employee", "agency", name="works_here", native_enum=False, create_constraint=True, length=32
            ),
            nullable=True,
        ),
        sa.Column("agency", sa.String(200), nullable=False),
        sa.Column("hours_wanted", sa.String(200), nullable=False),
    )
    op.create_table(
        "relationship_answer",
        *_key("relationship_answer"),
        sa.Column("is_related", sa.Boolean(), nullable=True),
        sa.Column("details", sa.Text(), nullable=False),
    )
    op.create_table(
        "support_answer",
        *_key("support_answer"),
        sa.Column("needs_adjustments", sa.Boolean(), nullable=True),
        sa.Column("adjustments", sa.Text(), nullable=False),
        sa.Column("schemes", sa.JSON(), nullable=False),
    )


def downgrade() -> None:
    for table in ("support_answer", "relationship_answer", "eligibility_answer"):
        op.drop_table(table)
    op.execute(
        f"UPDATE registration_answer SET state = 'applied' WHERE state IN ({_listed(WAITING)})"  # noqa: S608  our own
    )
    op.execute("UPDATE registration_answer SET state = 'registered' WHERE state = 'renewing'")
    with op.batch_alter_table("registration_answer") as batch_op:
        for name in ("left_on", "country", "qualifies_on", "has_applied"):
            batch_op.drop_column(name)
        _allow(batch_op, "registration_answer", "state", STATES)
    added = [name for name in ALL_SECTIONS if name not in SECTIONS]
    op.execute(f"DELETE FROM section_state WHERE section IN ({_listed(added)})")  # noqa: S608  names of our own
    with op.batch_alter_table("section_state") as batch_op:
        _allow(batch_op, "section_state", "section", SECTIONS)


def _key(table):
    """Return the key of a table that has one row for each application at most."""
    return (
        sa.Column("application_id", BigInt, nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f(f"fk_{table}_application_id_application"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("application_id", name=op.f(f"pk_{table}")),
    )


def _allow(batch_op, table, column, values):
    """Let `column` hold `values`, as its CHECK says."""
    batch_op.drop_constraint(op.f(f"ck_{table}_{column}"), type_="check")
    batch_op.create_check_constraint(op.f(f"ck_{table}_{column}"), sa.text(f"{column} IN ({_listed(values)})"))


def _listed(values):
    return ", ".join(f"'{value}'" for value in values)
