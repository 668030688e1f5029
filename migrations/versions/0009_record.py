"""A record that shows when it was tampered with: seals, what was taken out of the service, reads in an order.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = depends_on = None

BigInt = sa.BigInteger().with_variant(sa.Integer, "sqlite")
Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "disclosure",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("actor_id", BigInt, nullable=False),
        sa.Column("taking", sa.String(length=32), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("number", BigInt, nullable=False),
        sa.Column("file_digest", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.CheckConstraint("taking IN ('csv', 'xlsx', 'record')", name=op.f("ck_disclosure_taking")),
        _key("disclosure", "actor_id", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure")),
    )
    op.create_table(
        "disclosed_application",
        sa.Column("disclosure_id", BigInt, nullable=False),
        sa.Column("application_id", BigInt, nullable=False),
        _key("disclosed_application", "disclosure_id", "disclosure", cascade=True),
        _key("disclosed_application", "application_id", "application", cascade=True),
        sa.PrimaryKeyConstraint("disclosure_id", "application_id", name=op.f("pk_disclosed_application")),
    )
    op.create_index(op.f("ix_disclosed_application_application_id"), "disclosed_application", ["application_id"])
    op.create_table(
        "record_seal",
        sa.Column("position", BigInt, autoincrement=False, nullable=False),
        sa.Column("source", sa.String(length=32), nullable=False),
        sa.Column("row_id", BigInt, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("chain", sa.String(length=64), nullable=False),
        sa.Column("is_last", sa.Boolean(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_record_seal")),
        sa.UniqueConstraint("source", "row_id", name=op.f("uq_record_seal_source_row_id")),
    )
    op.execute("INSERT INTO counter (name, number) VALUES ('record_seal', 0)")
    _make_reads_again(
        sa.Column("id", BigInt, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_read")),
        sa.UniqueConstraint("application_id", "user_id", name=op.f("uq_application_read_application_id_user_id")),
    )


def downgrade() -> None:
    _make_reads_again(sa.PrimaryKeyConstraint("application_id", "user_id", name=op.f("pk_application_read")))
    op.execute("DELETE FROM counter WHERE name = 'record_seal'")
    for table in ("record_seal", "disclosed_application", "disclosure"):
        op.drop_table(table)


def _make_reads_again(*own) -> None:
    """Make the table of reads with the keys `own`, and put its rows back in the order of reading."""
    op.execute("CREATE TABLE application_read_kept AS SELECT application_id, user_id, at FROM application_read")
    op.drop_table("application_read")
    op.create_table(
        "application_read",
        *(item for item in own if isinstance(item, sa.Column)),
        sa.Column("application_id", BigInt, nullable=False),
        sa.Column("user_id", BigInt, nullable=False),
        sa.Column("at", Moment, nullable=False),
        _key("application_read", "application_id", "application", cascade=True),
        _key("application_read", "user_id", "user_account", cascade=True),
        *(item for item in own if not isinstance(item, sa.Column)),
    )
    op.execute(
        "INSERT INTO application_read (application_id, user_id, at)"
        " SELECT application_id, user_id, at FROM application_read_kept ORDER BY at, application_id, user_id"
    )
    op.drop_table("application_read_kept")
    op.create_index(op.f("ix_application_read_user_id"), "application_read", ["user_id"])


def _key(table, column, referred, *, cascade=False):
    """Let `column` of `table` name a row of `referred`, and go with it where it cascades."""
    name = op.f(f"fk_{table}_{column}_{referred}")
    return sa.ForeignKeyConstraint([column], [f"{referred}.id"], name=name, ondelete="CASCADE" if cascade else None)
