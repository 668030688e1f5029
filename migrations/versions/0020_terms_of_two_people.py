"""Terms of a welcome payment are written by one person and approved by another, in pages.

Terms that were kept before count as approved.  Their instalments, told in percent, are told in pence from now on.

Revision ID: 0020
Revises: 0019
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = depends_on = None

BigInt = sa.BigInteger().with_variant(sa.Integer, "sqlite")
TABLE = "welcome_scheme_version"
PEOPLE = ("author_id", "edited_by_id", "approver_id")


def upgrade() -> None:
    with op.batch_alter_table(TABLE) as batch_op:
        batch_op.add_column(sa.Column("pro_rata", sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.add_column(sa.Column("not_with", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("status", sa.String(32), nullable=False, server_default="approved"))
        for name in PEOPLE:
            batch_op.add_column(sa.Column(name, BigInt, nullable=True))
            batch_op.create_foreign_key(op.f(f"fk_{TABLE}_{name}_user_account"), "user_account", [name], ["id"])
        batch_op.add_column(sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("version", BigInt, nullable=False, server_default="1"))
        batch_op.create_check_constraint(op.f(f"ck_{TABLE}_status"), "status IN ('draft', 'approved', 'discarded')")
        batch_op.create_check_constraint(
            op.f(f"ck_{TABLE}_approver"), "status <> 'approved' OR approver_id IS NULL OR approver_id <> author_id"
        )
    op.create_table(
        "welcome_terms_event",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("terms_id", BigInt, nullable=False),
        sa.Column("actor_id", BigInt, nullable=False),
        sa.Column("source", sa.String(32), nullable=False),
        sa.Column("target", sa.String(32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["terms_id"], [f"{TABLE}.id"], name=op.f(f"fk_welcome_terms_event_terms_id_{TABLE}")),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["user_account.id"], name=op.f("fk_welcome_terms_event_actor_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_welcome_terms_event")),
    )
    op.create_index(op.f("ix_welcome_terms_event_terms_id"), "welcome_terms_event", ["terms_id"])
    _rewrite(_in_pence)


def downgrade() -> None:
    op.drop_table("welcome_terms_event")
    op.execute(f"DELETE FROM {TABLE} WHERE status <> 'approved'")  # noqa: S608  a name of our own
    _rewrite(_in_percent)
    with op.batch_alter_table(TABLE) as batch_op:
        batch_op.drop_constraint(op.f(f"ck_{TABLE}_approver"), type_="check")
        batch_op.drop_constraint(op.f(f"ck_{TABLE}_status"), type_="check")
        for name in PEOPLE:
            batch_op.drop_constraint(op.f(f"fk_{TABLE}_{name}_user_account"), type_="foreignkey")
            batch_op.drop_column(name)
        for name in ("version", "approved_at", "status", "not_with", "pro_rata"):
            batch_op.drop_column(name)


def _rewrite(change):
    table = sa.table(TABLE, sa.column("id"), sa.column("amount_pence"), sa.column("instalments", sa.JSON()))
    connection = op.get_bind()
    for row in connection.execute(sa.select(table)).all():
        parts = json.loads(row.instalments) if isinstance(row.instalments, str) else row.instalments
        connection.execute(
            table.update().where(table.c.id == row.id).values(instalments=change(row.amount_pence, parts))
        )


def _in_pence(amount, parts):
    """A penny that does not divide goes to the later instalment, as it was paid."""
    told, percent = [], 0
    for part in parts:
        before, percent = amount * percent // 100, percent + part["percent"]
        told.append({"pence": amount * percent // 100 - before, "after_months": part["after_months"]})
    return told


def _in_percent(amount, parts):
    """To the nearest percent, 100 in all."""
    told, pence = [], 0
    for part in parts:
        before, pence = round(pence * 100 / amount), pence + part["pence"]
        told.append({"percent": round(pence * 100 / amount) - before, "after_months": part["after_months"]})
    return told
