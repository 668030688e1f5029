"""HR keeps views of the queue and templates of messages; an application knows that a message waits for an answer.

Revision ID: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = depends_on = None

BigInt = sa.BigInteger().with_variant(sa.Integer, "sqlite")
IS_DEFAULT = sa.text("is_default")


def upgrade() -> None:
    op.add_column("application", sa.Column("message_waits", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "message_template",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("edited_by_id", BigInt, nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", BigInt, nullable=False),
        sa.ForeignKeyConstraint(
            ["edited_by_id"], ["user_account.id"], name=op.f("fk_message_template_edited_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_template")),
        sa.UniqueConstraint("name", name=op.f("uq_message_template_name")),
    )
    op.create_table(
        "saved_view",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("user_id", BigInt, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("query", sa.String(length=600), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_saved_view_user_id_user_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint("user_id", "name", name=op.f("uq_saved_view_user_id_name")),
    )
    op.create_index(
        "uq_saved_view_one_default", "saved_view", ["user_id"], unique=True,
        sqlite_where=IS_DEFAULT, postgresql_where=IS_DEFAULT,
    )  # fmt: skip


def downgrade() -> None:
    op.drop_table("saved_view")
    op.drop_table("message_template")
    with op.batch_alter_table("application") as batch_op:
        batch_op.drop_column("message_waits")
