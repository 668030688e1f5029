"""Each time that somebody of staff is shown a candidate's application, or a part of it, is kept.

Revision ID: 0049
Revises: 0048
"""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = depends_on = None

BigInt = sa.BigInteger().with_variant(sa.Integer, "sqlite")
PARTS = (
    "application", "blind", "interview", "history", "support", "conversation", "self_disclosure",
    "employment_details",
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "opening",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("application_id", BigInt, nullable=False),
        sa.Column("actor_id", BigInt, nullable=False),
        sa.Column(
            "part",
            sa.Enum(*PARTS, name="part", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_opening_application_id_application"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["actor_id"], ["user_account.id"], name=op.f("fk_opening_actor_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening")),
    )
    op.create_index("ix_opening_application_id_id", "opening", ["application_id", "id"])
    op.create_index("ix_opening_actor_id_at", "opening", ["actor_id", "at"])


def downgrade() -> None:
    op.drop_table("opening")
