"""Score sheets are of a round: the sift, or an interview, whose questions are scored as criteria are.

Revision ID: 0038
Revises: 0037
"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = depends_on = None

BigInt = sa.BigInteger().with_variant(sa.Integer, "sqlite")
ROUNDS = "round IN ('sift', 'competency', 'safeguarding', 'practical')"
OLD, NEW = "uq_score_sheet_application_id_scorer_id", "uq_score_sheet_application_id_scorer_id_round"


def upgrade() -> None:
    with op.batch_alter_table("score_sheet") as batch_op:
        batch_op.add_column(sa.Column("round", sa.String(length=32), nullable=False, server_default="sift"))
        batch_op.create_check_constraint(op.f("ck_score_sheet_round"), sa.text(ROUNDS))
        batch_op.drop_constraint(op.f(OLD), type_="unique")
        batch_op.create_unique_constraint(op.f(NEW), ["application_id", "scorer_id", "round"])
    op.create_table(
        "question_score",
        sa.Column("sheet_id", BigInt, nullable=False),
        sa.Column("question_id", BigInt, nullable=False),
        sa.Column("score", BigInt, nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("score BETWEEN 0 AND 3", name=op.f("ck_question_score_score")),
        _key("question_score", "sheet_id", "score_sheet", cascade=True),
        _key("question_score", "question_id", "interview_question"),
        sa.PrimaryKeyConstraint("sheet_id", "question_id", name=op.f("pk_question_score")),
    )
    op.create_index(op.f("ix_question_score_question_id"), "question_score", ["question_id"])
    op.create_table(
        "moderated_answer",
        sa.Column("first_sheet_id", BigInt, nullable=False),
        sa.Column("second_sheet_id", BigInt, nullable=False),
        sa.Column("question_id", BigInt, nullable=False),
        sa.Column("score", BigInt, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("chair_id", BigInt, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("score BETWEEN 0 AND 3", name=op.f("ck_moderated_answer_score")),
        _key("moderated_answer", "first_sheet_id", "score_sheet", cascade=True),
        _key("moderated_answer", "second_sheet_id", "score_sheet", cascade=True),
        _key("moderated_answer", "question_id", "interview_question"),
        _key("moderated_answer", "chair_id", "user_account"),
        sa.PrimaryKeyConstraint("first_sheet_id", "second_sheet_id", "question_id", name=op.f("pk_moderated_answer")),
    )
    op.create_index(op.f("ix_moderated_answer_second_sheet_id"), "moderated_answer", ["second_sheet_id"])
    op.create_index(op.f("ix_moderated_answer_question_id"), "moderated_answer", ["question_id"])


def downgrade() -> None:
    op.drop_table("moderated_answer")
    op.drop_table("question_score")
    op.execute("DELETE FROM score_sheet WHERE round <> 'sift'")
    with op.batch_alter_table("score_sheet") as batch_op:
        batch_op.drop_constraint(op.f(NEW), type_="unique")
        batch_op.create_unique_constraint(op.f(OLD), ["application_id", "scorer_id"])
        batch_op.drop_constraint(op.f("ck_score_sheet_round"), type_="check")
        batch_op.drop_column("round")


def _key(table, column, referred, *, cascade=False):
    """Let `column` of `table` name a row of `referred`, and go with it where it cascades."""
    name = op.f(f"fk_{table}_{column}_{referred}")
    return sa.ForeignKeyConstraint([column], [f"{referred}.id"], name=name, ondelete="CASCADE" if cascade else None)
