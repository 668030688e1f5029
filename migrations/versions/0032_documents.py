"""Files of vacancies.

Revision ID: 0032
Revises: 0031
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = depends_on = None

BigInt = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "document",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("vacancy_id", BigInt, nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("kind", _one_of("kind", "pdf", "docx", "odt", "jpeg", "png"), nullable=False),
        sa.Column("size", BigInt, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("stored_as", sa.String(32), nullable=False),
        sa.Column("state", _one_of("state", "received", "clean", "refused"), nullable=False),
        sa.Column("scanned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("uploaded_by_id", BigInt, nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("size > 0", name=op.f("ck_document_size")),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_document_sha256")),
        sa.CheckConstraint("(state = 'received') = (scanned_at IS NULL)", name=op.f("ck_document_scanned_at")),
        sa.ForeignKeyConstraint(
            ["vacancy_id"], ["vacancy.id"], name=op.f("fk_document_vacancy_id_vacancy"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["user_account.id"], name=op.f("fk_document_uploaded_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("key", name=op.f("uq_document_key")),
    )
    op.create_index(op.f("ix_document_vacancy_id"), "document", ["vacancy_id"])
    op.create_index(op.f("ix_document_stored_as"), "document", ["stored_as"])
    op.create_index(op.f("ix_document_uploaded_by_id"), "document", ["uploaded_by_id"])


def downgrade() -> None:
    op.drop_table("document")


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)
