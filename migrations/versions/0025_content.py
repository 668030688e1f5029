"""Pages that staff write, their versions, and the claims that they cite.

Revision ID: 0024
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = depends_on = None

BigInt = sa.BigInteger().with_variant(sa.Integer, "sqlite")
LIVE = sa.text("status IN ('draft', 'published')")
MESSAGES = (
    "account_closed", "account_confirm", "account_email_change", "account_email_notice", "account_email_taken",
    "account_exists", "account_passkey_added", "account_passkey_copied", "account_passkey_removed",
    "account_password_changed", "account_password_reset",
    "alert_confirm", "alert_exists", "alert_keep", "alert_limit", "alert_vacancies",
    "application_appointed", "application_corrected", "application_vacancy_cancelled", "application_not_appointed", "application_not_shortlisted", "application_reminder",
    "application_reserve", "application_shortlisted", "application_submitted", "application_withdrawn",
    "conversation_to_candidate", "conversation_to_hr",
    "interest_registered", "interest_renewal", "interview_booked", "interview_cancelled", "interview_invited",
    "interview_panel_booked",
    "interview_panel_cancelled", "vacancy_approved", "vacancy_change_decided", "vacancy_changed", "vacancy_changes_requested", "vacancy_commented",
    "vacancy_ended", "vacancy_extended", "vacancy_paused", "vacancy_resumed",
)  # fmt: skip
NEW_MESSAGE = "content_claims_stale"


def upgrade() -> None:
    _allow((*MESSAGES, NEW_MESSAGE))
    op.create_table(
        "content_page",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("kind", _one_of("kind", "page", "team", "story", "news"), nullable=False),
        sa.Column("slug", sa.String(80), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", BigInt, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_page")),
        sa.UniqueConstraint("kind", "slug", name=op.f("uq_content_page_kind_slug")),
    )
    op.create_table(
        "content_version",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("page_id", BigInt, nullable=False),
        sa.Column("number", BigInt, nullable=False),
        sa.Column("status", _one_of("status", "draft", "published", "superseded", "withdrawn"), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("summary", sa.String(200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("recording_url", sa.String(500), nullable=False),
        sa.Column("transcript", sa.Text(), nullable=False),
        sa.Column("note", sa.String(300), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("author_id", BigInt, nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "status <> 'published' OR published_at IS NOT NULL", name=op.f("ck_content_version_published_at_known")
        ),
        sa.CheckConstraint(
            "status <> 'draft' OR published_at IS NULL", name=op.f("ck_content_version_draft_not_published")
        ),
        sa.CheckConstraint(
            "recording_url = '' OR transcript <> ''", name=op.f("ck_content_version_recording_has_transcript")
        ),
        sa.ForeignKeyConstraint(
            ["page_id"], ["content_page.id"], name=op.f("fk_content_version_page_id_content_page"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["user_account.id"], name=op.f("fk_content_version_author_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_version")),
        sa.UniqueConstraint("page_id", "number", name=op.f("uq_content_version_page_id_number")),
    )
    op.create_index(op.f("ix_content_version_author_id"), "content_version", ["author_id"])
    op.create_index(
        "uq_content_version_live",
        "content_version",
        ["page_id", "status"],
        unique=True,
        sqlite_where=LIVE,
        postgresql_where=LIVE,
    )
    op.create_table(
        "content_claim",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("slug", sa.String(80), nullable=False),
        sa.Column("text", sa.String(500), nullable=False),
        sa.Column("source_name", sa.String(200), nullable=False),
        sa.Column("source_url", sa.String(500), nullable=False),
        sa.Column("as_of_on", sa.Date(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("stale_after_days", BigInt, nullable=False),
        sa.Column("when_stale", _one_of("when_stale", "hide", "show"), nullable=False),
        sa.Column("owner_id", BigInt, nullable=False),
        sa.Column("flagged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", BigInt, nullable=False),
        sa.CheckConstraint("stale_after_days BETWEEN 1 AND 3650", name=op.f("ck_content_claim_stale_after_days")),
        sa.ForeignKeyConstraint(["owner_id"], ["user_account.id"], name=op.f("fk_content_claim_owner_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_claim")),
        sa.UniqueConstraint("slug", name=op.f("uq_content_claim_slug")),
    )
    op.create_index(op.f("ix_content_claim_owner_id"), "content_claim", ["owner_id"])
    op.create_table(
        "content_event",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("page_id", BigInt, nullable=True),
        sa.Column("claim_id", BigInt, nullable=True),
        sa.Column("actor_id", BigInt, nullable=True),
        sa.Column(
            "act",
            _one_of("act", "saved", "published", "withdrawn", "deleted", "added", "changed", "checked", "retired"),
            nullable=False,
        ),
        sa.Column("number", BigInt, nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(page_id IS NULL) <> (claim_id IS NULL)", name=op.f("ck_content_event_one_subject")),
        sa.ForeignKeyConstraint(["page_id"], ["content_page.id"], name=op.f("fk_content_event_page_id_content_page")),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["content_claim.id"], name=op.f("fk_content_event_claim_id_content_claim")
        ),
        sa.ForeignKeyConstraint(["actor_id"], ["user_account.id"], name=op.f("fk_content_event_actor_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_event")),
    )
    op.create_index("ix_content_event_page_id", "content_event", ["page_id", "id"])
    op.create_index("ix_content_event_claim_id", "content_event", ["claim_id", "id"])


def downgrade() -> None:
    op.drop_table("content_event")
    op.drop_table("content_claim")
    op.drop_table("content_version")
    op.drop_table("content_page")
    op.execute(f"DELETE FROM outbox_message WHERE notification = '{NEW_MESSAGE}'")  # noqa: S608  a name of our own
    _allow(MESSAGES)


def _one_of(name, *values):
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def _allow(values):
    """Let a message be one of `values`, as the CHECK says."""
    listed = ", ".join(f"'{value}'" for value in sorted(values))
    name = op.f("ck_outbox_message_notification")
    with op.batch_alter_table("outbox_message") as batch_op:
        batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, sa.text(f"notification IN ({listed})"))
