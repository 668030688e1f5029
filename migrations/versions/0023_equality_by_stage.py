"""Equality counts by stage, and sealed boxes in which answers wait for others before they are counted.

Revision ID: 0023
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = depends_on = None

BigInt = sa.BigInteger().with_variant(sa.Integer, "sqlite")
STAGES = "stage IN ('sent', 'shortlisted', 'appointed')"
KEPT = sa.table("equality_count", *(sa.column(name) for name in ("year", "question", "answer", "number")))


def upgrade() -> None:
    rows = op.get_bind().execute(sa.select(KEPT)).mappings().all()
    op.drop_table("equality_count")
    op.create_table(
        "equality_count",
        sa.Column("year", BigInt, nullable=False),
        sa.Column("stage", sa.String(32), nullable=False),
        sa.Column("question", sa.String(40), nullable=False),
        sa.Column("answer", sa.String(80), nullable=False),
        sa.Column("number", BigInt, nullable=False),
        sa.CheckConstraint(STAGES, name=op.f("ck_equality_count_stage")),
        sa.PrimaryKeyConstraint("year", "stage", "question", "answer", name=op.f("pk_equality_count")),
    )
    counts = sa.table(
        "equality_count", *(sa.column(name) for name in ("year", "stage", "question", "answer", "number"))
    )
    if rows:
        op.bulk_insert(counts, [{**row, "stage": "sent"} for row in rows])
    op.create_table(
        "equality_box",
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("year", BigInt, nullable=False),
        sa.Column("stage", sa.String(32), nullable=False),
        sa.CheckConstraint(STAGES, name=op.f("ck_equality_box_stage")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_equality_box")),
    )
    op.create_table(
        "equality_slip",
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("box_key", sa.String(32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["box_key"], ["equality_box.key"], name=op.f("fk_equality_slip_box_key_equality_box"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_equality_slip")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_equality_slip_box_key"), "equality_slip", ["box_key"])
    for name in ("equality_asked_shortlisted", "equality_asked_appointed"):
        op.add_column("application", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("application", "equality_asked_appointed")
    op.drop_column("application", "equality_asked_shortlisted")
    op.drop_table("equality_slip")
    op.drop_table("equality_box")
    rows = op.get_bind().execute(sa.select(KEPT).where(sa.text("stage = 'sent'"))).mappings().all()
    op.drop_table("equality_count")
    op.create_table(
        "equality_count",
        sa.Column("year", BigInt, nullable=False),
        sa.Column("question", sa.String(40), nullable=False),
        sa.Column("answer", sa.String(80), nullable=False),
        sa.Column("number", BigInt, nullable=False),
        sa.PrimaryKeyConstraint("year", "question", "answer", name=op.f("pk_equality_count")),
    )
    if rows:
        op.bulk_insert(KEPT, [dict(row) for row in rows])
