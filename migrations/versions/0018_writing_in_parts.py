"""A vacancy is written in parts, from templates and sets of criteria.

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = depends_on = None

BigInt = sa.BigInteger().with_variant(sa.Integer, "sqlite")
Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "vacancy_part",
        sa.Column("vacancy_id", BigInt, nullable=False),
        sa.Column("part", sa.String(32), nullable=False),
        sa.Column("is_finished", sa.Boolean, nullable=False),
        sa.Column("typed", sa.JSON, nullable=True),
        sa.Column("saved_at", Moment, nullable=False),
        sa.CheckConstraint("part IN ('post', 'pay', 'work', 'criteria', 'dates')", name=op.f("ck_vacancy_part_part")),
        sa.ForeignKeyConstraint(
            ["vacancy_id"], ["vacancy.id"], name=op.f("fk_vacancy_part_vacancy_id_vacancy"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("vacancy_id", "part", name=op.f("pk_vacancy_part")),
    )
    op.create_table(
        "criteria_set",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("team_id", BigInt, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("is_shared", sa.Boolean, nullable=False),
        sa.Column("lines", sa.JSON, nullable=False),
        sa.Column("author_id", BigInt, nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("changed_at", Moment, nullable=False),
        sa.Column("retired_at", Moment, nullable=True),
        sa.Column("version", BigInt, nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_criteria_set_team_id_team")),
        sa.ForeignKeyConstraint(
            ["author_id"], ["user_account.id"], name=op.f("fk_criteria_set_author_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criteria_set")),
    )
    op.create_index("ix_criteria_set_team_id", "criteria_set", ["team_id"])
    op.create_table(
        "vacancy_template",
        sa.Column("vacancy_id", BigInt, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("author_id", BigInt, nullable=False),
        sa.Column("made_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["vacancy_id"], ["vacancy.id"], name=op.f("fk_vacancy_template_vacancy_id_vacancy"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["user_account.id"], name=op.f("fk_vacancy_template_author_id_user_account")
        ),
        sa.PrimaryKeyConstraint("vacancy_id", name=op.f("pk_vacancy_template")),
    )


def downgrade() -> None:
    op.drop_table("vacancy_template")
    op.drop_index("ix_criteria_set_team_id", table_name="criteria_set")
    op.drop_table("criteria_set")
    op.drop_table("vacancy_part")
