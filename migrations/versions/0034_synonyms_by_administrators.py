"""Administrators say which words of search mean the same.

Revision ID: 0034
Revises: 0033
"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = depends_on = None

BigInt = sa.BigInteger().with_variant(sa.Integer, "sqlite")
Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "synonym_group",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("token", sa.String(100), nullable=False),
        sa.Column("phrases", sa.JSON, nullable=False),
        sa.Column("changed_at", Moment, nullable=False),
        sa.Column("retired_at", Moment, nullable=True),
        sa.Column("version", BigInt, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_synonym_group")),
        sa.UniqueConstraint("token", name=op.f("uq_synonym_group_token")),
    )
    op.create_table(
        "synonym_phrase",
        sa.Column("stems", sa.String(400), nullable=False),
        sa.Column("group_id", BigInt, nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["synonym_group.id"],
            name=op.f("fk_synonym_phrase_group_id_synonym_group"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("stems", name=op.f("pk_synonym_phrase")),
    )
    op.create_index("ix_synonym_phrase_group_id", "synonym_phrase", ["group_id"])
    op.create_table(
        "synonym_event",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("group_id", BigInt, nullable=False),
        sa.Column("actor_id", BigInt, nullable=False),
        sa.Column("act", sa.String(32), nullable=False),
        sa.Column("phrases", sa.JSON, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.CheckConstraint("act IN ('added', 'changed', 'retired')", name=op.f("ck_synonym_event_act")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["synonym_group.id"], name=op.f("fk_synonym_event_group_id_synonym_group")
        ),
        sa.ForeignKeyConstraint(["actor_id"], ["user_account.id"], name=op.f("fk_synonym_event_actor_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_synonym_event")),
    )
    op.create_index("ix_synonym_event_group_id", "synonym_event", ["group_id", "id"])


def downgrade() -> None:
    # What was there before knows the service's own groups only: those count again.
    op.drop_table("synonym_event")
    op.drop_table("synonym_phrase")
    op.drop_table("synonym_group")
