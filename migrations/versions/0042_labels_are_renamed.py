"""A label has one name in whatever case, and who renamed it is kept.

Revision ID: 0042
Revises: 0041
"""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = depends_on = None

BigInt = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.execute(
        "UPDATE label SET name = name || ' (' || id || ')' WHERE EXISTS"
        " (SELECT 1 FROM label AS first WHERE lower(first.name) = lower(label.name) AND first.id < label.id)"
    )
    with op.batch_alter_table("label") as batch_op:
        batch_op.drop_constraint(op.f("uq_label_name"), type_="unique")
    op.create_index("uq_label_name_lower", "label", [sa.text("lower(name)")], unique=True)
    op.create_table(
        "label_rename",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("label_id", BigInt, nullable=False),
        sa.Column("actor_id", BigInt, nullable=False),
        sa.Column("before", sa.String(200), nullable=False),
        sa.Column("after", sa.String(200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("before <> after", name=op.f("ck_label_rename_another_name")),
        sa.ForeignKeyConstraint(["label_id"], ["label.id"], name=op.f("fk_label_rename_label_id_label")),
        sa.ForeignKeyConstraint(["actor_id"], ["user_account.id"], name=op.f("fk_label_rename_actor_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_label_rename")),
    )
    op.create_index("ix_label_rename_label_id_id", "label_rename", ["label_id", "id"])


def downgrade() -> None:
    op.drop_table("label_rename")
    op.drop_index("uq_label_name_lower", "label")
    with op.batch_alter_table("label") as batch_op:
        batch_op.create_unique_constraint(op.f("uq_label_name"), ["name"])
