"""HR puts labels on applications, and what was put on and taken off is kept.

Revision ID: 0033
Revises: 0032
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = depends_on = None

BigInt = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "label",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_label")),
        sa.UniqueConstraint("name", name=op.f("uq_label_name")),
    )
    op.create_table(
        "application_label",
        sa.Column("label_id", BigInt, nullable=False),
        sa.Column("application_id", BigInt, nullable=False),
        sa.ForeignKeyConstraint(["label_id"], ["label.id"], name=op.f("fk_application_label_label_id_label")),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_application_label_application_id_application"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("label_id", "application_id", name=op.f("pk_application_label")),
    )
    op.create_index("ix_application_label_application_id", "application_label", ["application_id"])
    op.create_table(
        "label_event",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("application_id", BigInt, nullable=False),
        sa.Column("label_id", BigInt, nullable=False),
        sa.Column("actor_id", BigInt, nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_label_event_application_id_application"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["label_id"], ["label.id"], name=op.f("fk_label_event_label_id_label")),
        sa.ForeignKeyConstraint(["actor_id"], ["user_account.id"], name=op.f("fk_label_event_actor_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_label_event")),
    )
    op.create_index("ix_label_event_application_id_id", "label_event", ["application_id", "id"])


def downgrade() -> None:
    op.drop_table("label_event")
    op.drop_table("application_label")
    op.drop_table("label")
