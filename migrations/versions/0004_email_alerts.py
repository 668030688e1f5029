"""Anybody can have a search emailed to them, and candidates keep vacancies to find again.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = depends_on = None

BigInt = sa.BigInteger().with_variant(sa.Integer, "sqlite")

MESSAGES = (
    "account_confirm", "account_exists", "account_password_changed", "account_password_reset",
    "application_not_shortlisted", "application_shortlisted", "application_submitted", "application_withdrawn",
    "vacancy_approved", "vacancy_changes_requested", "vacancy_commented",
)  # fmt: skip
NEW_MESSAGES = ("alert_confirm", "alert_exists", "alert_keep", "alert_limit", "alert_vacancies")
PENDING = sa.text("message_id IS NULL")


def upgrade() -> None:
    with op.batch_alter_table("outbox_message") as batch_op:
        # In the order of the model, so that the two read the same.
        _allow(batch_op, (*MESSAGES[:4], *NEW_MESSAGES, *MESSAGES[4:]))
    op.create_table(
        "alert_search",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("words", sa.String(200), nullable=False),
        sa.Column("chosen", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_search")),
        sa.UniqueConstraint("key", name=op.f("uq_alert_search_key")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "alert",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("search_id", BigInt, nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("email_key", sa.String(254), nullable=False),
        sa.Column("words", sa.String(200), nullable=False),
        sa.Column("frequency", sa.String(32), nullable=False),
        sa.Column("consent", sa.Text(), nullable=False),
        sa.Column("consented_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("email_key <> ''", name=op.f("ck_alert_email_key_given")),
        sa.CheckConstraint("(confirmed_at IS NULL) = (kept_at IS NULL)", name=op.f("ck_alert_kept_since_confirmed")),
        sa.CheckConstraint("frequency IN ('instant', 'daily', 'weekly')", name=op.f("ck_alert_frequency")),
        sa.ForeignKeyConstraint(["search_id"], ["alert_search.id"], name=op.f("fk_alert_search_id_alert_search")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
        sa.UniqueConstraint("email_key", "search_id", name=op.f("uq_alert_email_key_search_id")),
    )
    op.create_index("ix_alert_search_id", "alert", ["search_id"])
    op.create_index("ix_alert_kept_at", "alert", ["kept_at"])
    op.create_table(
        "alert_link",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("alert_id", BigInt, nullable=False),
        sa.Column("purpose", sa.String(32), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("purpose IN ('confirm', 'manage')", name=op.f("ck_alert_link_purpose")),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["alert.id"], name=op.f("fk_alert_link_alert_id_alert"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_alert_link")),
    )
    op.create_index(op.f("ix_alert_link_alert_id"), "alert_link", ["alert_id"])
    op.create_index(op.f("ix_alert_link_expires_at"), "alert_link", ["expires_at"])
    op.create_table(
        "alert_match",
        sa.Column("alert_id", BigInt, nullable=False),
        sa.Column("vacancy_id", BigInt, nullable=False),
        sa.Column("matched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("message_id", BigInt, nullable=True),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["alert.id"], name=op.f("fk_alert_match_alert_id_alert"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["vacancy_id"], ["vacancy.id"], name=op.f("fk_alert_match_vacancy_id_vacancy"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["outbox_message.id"], name=op.f("fk_alert_match_message_id_outbox_message")
        ),
        sa.PrimaryKeyConstraint("alert_id", "vacancy_id", name=op.f("pk_alert_match")),
    )
    op.create_index(
        "ix_alert_match_pending",
        "alert_match",
        ["matched_at", "alert_id"],
        sqlite_where=PENDING,
        postgresql_where=PENDING,
    )
    op.create_index("ix_alert_match_vacancy_id", "alert_match", ["vacancy_id"])
    op.create_table(
        "alert_vacancy",
        sa.Column("vacancy_id", BigInt, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["vacancy_id"], ["vacancy.id"], name=op.f("fk_alert_vacancy_vacancy_id_vacancy"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("vacancy_id", name=op.f("pk_alert_vacancy")),
    )
    op.create_table(
        "saved_vacancy",
        sa.Column("user_id", BigInt, nullable=False),
        sa.Column("vacancy_id", BigInt, nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_saved_vacancy_user_id_user_account"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["vacancy_id"], ["vacancy.id"], name=op.f("fk_saved_vacancy_vacancy_id_vacancy"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "vacancy_id", name=op.f("pk_saved_vacancy")),
    )
    op.create_index(op.f("ix_saved_vacancy_vacancy_id"), "saved_vacancy", ["vacancy_id"])
    op.execute("INSERT INTO counter (name, number) VALUES ('alert_round', 0)")


def downgrade() -> None:
    op.execute("DELETE FROM counter WHERE name = 'alert_round'")
    for table in ("saved_vacancy", "alert_vacancy", "alert_match", "alert_link", "alert", "alert_search"):
        op.drop_table(table)
    listed = ", ".join(f"'{message}'" for message in NEW_MESSAGES)
    op.execute(sa.text(f"DELETE FROM outbox_message WHERE notification IN ({listed})"))  # noqa: S608  our own names
    with op.batch_alter_table("outbox_message") as batch_op:
        _allow(batch_op, MESSAGES)


def _allow(batch_op, values):
    """Let messages be of these kinds, as the CHECK says."""
    listed = ", ".join(f"'{value}'" for value in values)
    batch_op.drop_constraint(op.f("ck_outbox_message_notification"), type_="check")
    batch_op.create_check_constraint(op.f("ck_outbox_message_notification"), sa.text(f"notification IN ({listed})"))
