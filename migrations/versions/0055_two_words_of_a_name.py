"""Each word of an applicant's names stands with each other, so that a first name with a surname is found in one walk.

Revision ID: 0055
Revises: 0054
"""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = depends_on = None

BigInt = sa.BigInteger().with_variant(sa.Integer, "sqlite")
BYTEWISE = sa.String(40).with_variant(sa.String(40, collation="C"), "postgresql")
PAIRS = """
    WITH numbered AS (
        SELECT application_id, word, row_number() OVER (PARTITION BY application_id ORDER BY word) AS place
        FROM word_before
    ), kept AS (SELECT application_id, word FROM numbered WHERE place <= 16)
    INSERT INTO applicant_word (application_id, word, also)
    SELECT one.application_id, one.word, coalesce(another.word, '')
    FROM kept AS one LEFT JOIN kept AS another
        ON another.application_id = one.application_id AND another.word <> one.word
"""
SINGLE = "INSERT INTO applicant_word (application_id, word) SELECT application_id, word FROM word_before"


def upgrade() -> None:
    _put_aside()
    _make(sa.Column("also", BYTEWISE, nullable=False), sqlite_with_rowid=False)
    op.execute(PAIRS)
    op.create_index("ix_applicant_word_also", "applicant_word", ["word", "also", "application_id"])
    op.execute("DROP TABLE word_before")


def downgrade() -> None:
    _put_aside()
    _make()
    op.execute(SINGLE)
    op.execute("DROP TABLE word_before")


def _put_aside() -> None:
    op.execute("CREATE TEMPORARY TABLE word_before AS SELECT DISTINCT application_id, word FROM applicant_word")
    op.drop_table("applicant_word")


def _make(*more: sa.Column[str], **options: bool) -> None:
    op.create_table(
        "applicant_word",
        sa.Column("application_id", BigInt, nullable=False),
        sa.Column("word", BYTEWISE, nullable=False),
        *more,
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_applicant_word_application_id_application"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "application_id", "word", *(column.name for column in more), name=op.f("pk_applicant_word")
        ),
        **options,
    )
    op.create_index("ix_applicant_word_word", "applicant_word", ["word", "application_id"])
