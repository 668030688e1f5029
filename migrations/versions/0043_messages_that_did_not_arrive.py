"""A message to a candidate that did not arrive waits for HR, and what HR did about it is kept.

Revision ID: 0043
Revises: 0042
"""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = depends_on = None

BigInt = sa.BigInteger().with_variant(sa.Integer, "sqlite")
KNOWN = (
    "UPDATE outbox_message SET about = (SELECT application.reference FROM application_event JOIN application"
    " ON application.id = application_event.application_id WHERE application_event.message_id = outbox_message.id"
    " LIMIT 1) WHERE about IS NULL AND (failed_at IS NOT NULL OR returned_at IS NOT NULL)",
    "UPDATE outbox_message SET about = (SELECT application.reference FROM conversation_message JOIN application"
    " ON application.id = conversation_message.application_id WHERE conversation_message.notice_id = outbox_message.id"
    " LIMIT 1) WHERE about IS NULL AND (failed_at IS NOT NULL OR returned_at IS NOT NULL)",
    "UPDATE outbox_message SET unsettled_since = coalesce(returned_at, failed_at)"
    " WHERE about IS NOT NULL AND (failed_at IS NOT NULL OR returned_at IS NOT NULL)",
)
"""What of earlier messages did not arrive, as far as something tells which application it is about, waits too."""


def upgrade() -> None:
    with op.batch_alter_table("outbox_message") as batch_op:
        batch_op.add_column(sa.Column("about", sa.String(20), nullable=True))
        batch_op.add_column(sa.Column("unsettled_since", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_check_constraint(
            op.f("ck_outbox_message_unsettled_after_failing"),
            sa.text(
                "unsettled_since IS NULL OR (about IS NOT NULL AND (failed_at IS NOT NULL OR returned_at IS NOT NULL))"
            ),
        )
    for statement in KNOWN:
        op.execute(statement)
    waits = sa.text("unsettled_since IS NOT NULL")
    op.create_index(
        "ix_outbox_message_unsettled",
        "outbox_message",
        ["unsettled_since", "id"],
        sqlite_where=waits,
        postgresql_where=waits,
    )
    op.create_table(
        "delivery_event",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("application_id", BigInt, nullable=False),
        sa.Column("message_id", BigInt, nullable=False),
        sa.Column("again_id", BigInt, nullable=True),
        sa.Column("actor_id", BigInt, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(again_id IS NULL) = (reason <> '')", name=op.f("ck_delivery_event_again_or_reason")),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_delivery_event_application_id_application"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["outbox_message.id"], name=op.f("fk_delivery_event_message_id_outbox_message")
        ),
        sa.ForeignKeyConstraint(
            ["again_id"], ["outbox_message.id"], name=op.f("fk_delivery_event_again_id_outbox_message")
        ),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["user_account.id"], name=op.f("fk_delivery_event_actor_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_event")),
        sa.UniqueConstraint("message_id", name=op.f("uq_delivery_event_message_id")),
    )
    op.create_index("ix_delivery_event_application_id_id", "delivery_event", ["application_id", "id"])
    op.create_index(op.f("ix_delivery_event_again_id"), "delivery_event", ["again_id"])


def downgrade() -> None:
    op.drop_table("delivery_event")
    op.drop_index("ix_outbox_message_unsettled", "outbox_message")
    with op.batch_alter_table("outbox_message") as batch_op:
        batch_op.drop_constraint(op.f("ck_outbox_message_unsettled_after_failing"), type_="check")
        batch_op.drop_column("unsettled_since")
        batch_op.drop_column("about")
