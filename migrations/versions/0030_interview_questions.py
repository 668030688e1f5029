"""Interviews have questions that everybody is asked, and notes of what was said about a history.

Revision ID: 0030
Revises: 0029
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = depends_on = None

BigInt = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "interview_question",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("vacancy_id", BigInt, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("position", BigInt, nullable=False),
        sa.Column("criterion_id", BigInt, nullable=True),
        sa.Column("banked", sa.String(length=40), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("weight", BigInt, nullable=False),
        sa.Column("version", BigInt, nullable=False),
        sa.CheckConstraint(
            "kind IN ('competency', 'safeguarding', 'practical')", name=op.f("ck_interview_question_kind")
        ),
        sa.CheckConstraint("weight BETWEEN 1 AND 3", name=op.f("ck_interview_question_weight")),
        sa.CheckConstraint("text <> ''", name=op.f("ck_interview_question_text")),
        sa.CheckConstraint("criterion_id IS NULL OR banked = ''", name=op.f("ck_interview_question_one_source")),
        _key("interview_question", "vacancy_id", "vacancy", cascade=True),
        _key("interview_question", "criterion_id", "criterion"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_question")),
    )
    op.create_index(op.f("ix_interview_question_criterion_id"), "interview_question", ["criterion_id"])
    op.create_index("ix_interview_question_vacancy_id_kind", "interview_question", ["vacancy_id", "kind", "position"])
    op.create_table(
        "prompt_note",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("application_id", BigInt, nullable=False),
        sa.Column("prompt", sa.String(length=200), nullable=False),
        sa.Column("is_explained", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("author_id", BigInt, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("words <> ''", name=op.f("ck_prompt_note_words")),
        _key("prompt_note", "application_id", "application", cascade=True),
        _key("prompt_note", "author_id", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prompt_note")),
    )
    op.create_index("ix_prompt_note_application_id_id", "prompt_note", ["application_id", "id"])


def downgrade() -> None:
    op.drop_table("prompt_note")
    op.drop_table("interview_question")


def _key(table, column, referred, *, cascade=False):
    """Let `column` of `table` name a row of `referred`, and go with it where it cascades."""
    name = op.f(f"fk_{table}_{column}_{referred}")
    return sa.ForeignKeyConstraint([column], [f"{referred}.id"], name=name, ondelete="CASCADE" if cascade else None)
