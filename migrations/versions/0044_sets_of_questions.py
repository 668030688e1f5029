"""HR and chairs of panels keep sets of interview questions.

Revision ID: 0044
Revises: 0043
"""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = depends_on = None

BigInt = sa.BigInteger().with_variant(sa.Integer, "sqlite")
LIVE = sa.text("retired_at IS NULL")
KIND = sa.Enum(
    *("competency", "safeguarding", "practical"), name="kind", native_enum=False, create_constraint=True, length=32
)


def upgrade() -> None:
    op.create_table(
        "question_set",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("kind", KIND, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("author_id", BigInt, nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("name <> ''", name=op.f("ck_question_set_name")),
        sa.ForeignKeyConstraint(
            ["author_id"], ["user_account.id"], name=op.f("fk_question_set_author_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_set")),
    )
    op.create_index(
        "uq_question_set_live_name",
        "question_set",
        ["kind", "name"],
        unique=True,
        sqlite_where=LIVE,
        postgresql_where=LIVE,
    )


def downgrade() -> None:
    op.drop_table("question_set")
