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
FOREIGN = "fk_applicant_word_application_id_application"
PAIRS = """
    WITH numbered AS (
        SELECT application_id, word, row_number() OVER (PARTITION BY application_id ORDER BY word) AS place
        FROM applicant_word
    ), paired AS (SELECT application_id, word FROM numbered WHERE place <= 16)
    INSERT INTO new_word (application_id, word, also)
    SELECT one.application_id, one.word, coalesce(another.word, '')
    FROM paired AS one LEFT JOIN paired AS another
        ON another.application_id = one.application_id AND another.word <> one.word
    UNION ALL SELECT application_id, word, '' FROM numbered WHERE place > 16
"""
SINGLE = "INSERT INTO new_word (application_id, word) SELECT DISTINCT application_id, word FROM applicant_word"


def upgrade() -> None:
    _replace(PAIRS, sa.Column("also", BYTEWISE, nullable=False), sqlite_with_rowid=False)
    op.create_index("ix_applicant_word_also", "applicant_word", ["word", "also", "application_id"])


def downgrade() -> None:
    _replace(SINGLE)


def _replace(filled_by: str, *more: sa.Column[str], **options: bool) -> None:
    """Fill a new table and put it in place of the old one.

    On PostgreSQL it is tied to the applications last: whatever touches that tie keeps everybody from reading them.
    """
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    foreign = sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f(FOREIGN), ondelete="CASCADE")
    op.create_table(
        "new_word",
        sa.Column("application_id", BigInt, nullable=False),
        sa.Column("word", BYTEWISE, nullable=False),
        *more,
        *([] if is_postgresql else [foreign]),
        sa.PrimaryKeyConstraint(
            "application_id",
            "word",
            *(column.name for column in more),
            name=op.f("pk_new_word" if is_postgresql else "pk_applicant_word"),
        ),
        **options,
    )
    op.execute(filled_by)
    op.create_index("ix_new_word", "new_word", ["word", "application_id"])
    op.drop_table("applicant_word")
    op.rename_table("new_word", "applicant_word")
    if is_postgresql:
        op.execute("ALTER INDEX pk_new_word RENAME TO pk_applicant_word")
        op.execute("ALTER INDEX ix_new_word RENAME TO ix_applicant_word_word")
        op.create_foreign_key(
            op.f(FOREIGN), "applicant_word", "application", ["application_id"], ["id"], ondelete="CASCADE"
        )
    else:
        op.drop_index("ix_new_word", "applicant_word")
        op.create_index("ix_applicant_word_word", "applicant_word", ["word", "application_id"])
