"""When an answer was last changed; who holds a role, and whose an application is, found without reading them all.

Revision ID: 0002
Revises: 0001
"""

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = depends_on = None

BigInt = sa.BigInteger().with_variant(sa.Integer, "sqlite")
AT_ONCE = 1_000  # applications whose names are read at a time


def upgrade() -> None:
    word = op.create_table(
        "applicant_word",
        sa.Column("application_id", BigInt, nullable=False),
        sa.Column("word", sa.String(40).with_variant(sa.String(40, collation="C"), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_applicant_word_application_id_application"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("application_id", "word", name=op.f("pk_applicant_word")),
    )
    op.create_index("ix_applicant_word_word", "applicant_word", ["word", "application_id"])
    connection, last = op.get_bind(), 0
    while rows := connection.execute(_NAMES, {"last": last, "most": AT_ONCE}).all():
        words = [
            {"application_id": row.id, "word": found}
            for row in rows
            for found in _words(f"{row.name} {row.full_name} {row.other_names}")
        ]
        if words:
            connection.execute(word.insert(), words)
        last = rows[-1].id
    # Last, as they keep others from writing to the tables until all of this is done.
    op.add_column("application", sa.Column("saved_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_role_grant_role", "role_grant", ["role"])


def _words(text: str) -> list[str]:
    """Return the words of a name as they were kept when this was written."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    words = re.findall(r"[^\W_]+", re.sub("['’‘ʼ`]", "", bare))
    return list(dict.fromkeys(word[:40] for word in words))


_NAMES = sa.text(
    "SELECT application.id, user_account.name, coalesce(contact_details.full_name, '') AS full_name,"
    " coalesce(contact_details.other_names, '') AS other_names"
    " FROM application JOIN user_account ON user_account.id = application.candidate_id"
    " LEFT JOIN contact_details ON contact_details.application_id = application.id"
    " WHERE application.status <> 'draft' AND application.id > :last ORDER BY application.id LIMIT :most"
)


def downgrade() -> None:
    op.drop_table("applicant_word")
    op.drop_index("ix_role_grant_role", "role_grant")
    op.drop_column("application", "saved_at")
