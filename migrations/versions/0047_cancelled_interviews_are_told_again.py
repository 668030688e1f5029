"""What a candidate was told of a cancelled interview is kept, to be told again; mail that came back is found by when.

Revision ID: 0047
Revises: 0046
"""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = depends_on = None

BigInt = sa.BigInteger().with_variant(sa.Integer, "sqlite")
CAME_BACK = sa.text("returned_at IS NOT NULL")
KIND = sa.Enum(
    *("competency", "safeguarding", "practical"), name="kind", native_enum=False, create_constraint=True, length=32
)


def upgrade() -> None:
    op.create_table(
        "interview_cancellation",
        sa.Column("message_id", BigInt, nullable=False),
        sa.Column("application_id", BigInt, nullable=False),
        sa.Column("kind", KIND, nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("link", sa.String(200), nullable=False),
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("sequence", BigInt, nullable=False),
        sa.Column("by_us", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["outbox_message.id"], name=op.f("fk_interview_cancellation_message_id_outbox_message")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_interview_cancellation_application_id_application"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_interview_cancellation")),
    )
    op.create_index(op.f("ix_interview_cancellation_application_id"), "interview_cancellation", ["application_id"])
    op.create_index(
        "ix_outbox_message_returned",
        "outbox_message",
        ["returned_at"],
        sqlite_where=CAME_BACK,
        postgresql_where=CAME_BACK,
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_message_returned", "outbox_message")
    op.drop_table("interview_cancellation")
