"""A panel scores applications without names: panels, training, score sheets, moderation, redactions, their history.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = depends_on = None

BigInt = sa.BigInteger().with_variant(sa.Integer, "sqlite")
Moment = sa.DateTime(timezone=True)
STATUSES = "'to_score', 'submitted', 'connected', 'abstained', 'removed'"
TABLES = (
    "sift_event", "redaction", "moderated_score", "criterion_score", "score_sheet", "sift", "panel_member",
    "safer_recruitment_training",
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "safer_recruitment_training",
        sa.Column("user_id", BigInt, nullable=False),
        sa.Column("trained_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("recorded_by_id", BigInt, nullable=False),
        sa.Column("recorded_at", Moment, nullable=False),
        sa.CheckConstraint("valid_until > trained_on", name=op.f("ck_safer_recruitment_training_valid_after_training")),
        _key("safer_recruitment_training", "user_id", "user_account", cascade=True),
        _key("safer_recruitment_training", "recorded_by_id", "user_account"),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_safer_recruitment_training")),
    )
    op.create_table(
        "panel_member",
        sa.Column("vacancy_id", BigInt, nullable=False),
        sa.Column("user_id", BigInt, nullable=False),
        sa.Column("is_chair", sa.Boolean(), nullable=False),
        sa.Column("added_at", Moment, nullable=False),
        _key("panel_member", "vacancy_id", "vacancy", cascade=True),
        _key("panel_member", "user_id", "user_account"),
        sa.PrimaryKeyConstraint("vacancy_id", "user_id", name=op.f("pk_panel_member")),
    )
    op.create_index(op.f("ix_panel_member_user_id"), "panel_member", ["user_id"])
    is_chair = sa.text("is_chair")
    op.create_index(
        "uq_panel_member_one_chair", "panel_member", ["vacancy_id"], unique=True,
        sqlite_where=is_chair, postgresql_where=is_chair,
    )  # fmt: skip
    op.create_table(
        "sift",
        sa.Column("vacancy_id", BigInt, nullable=False),
        sa.Column("hides_employers", sa.Boolean(), nullable=False),
        sa.Column("opened_at", Moment, nullable=True),
        _key("sift", "vacancy_id", "vacancy", cascade=True),
        sa.PrimaryKeyConstraint("vacancy_id", name=op.f("pk_sift")),
    )
    op.create_table(
        "score_sheet",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("application_id", BigInt, nullable=False),
        sa.Column("scorer_id", BigInt, nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("declared_at", Moment, nullable=True),
        sa.Column("given_at", Moment, nullable=False),
        sa.Column("version", BigInt, nullable=False),
        sa.CheckConstraint(f"status IN ({STATUSES})", name=op.f("ck_score_sheet_status")),
        sa.CheckConstraint(
            "status <> 'submitted' OR declared_at IS NOT NULL", name=op.f("ck_score_sheet_submitted_was_declared")
        ),
        _key("score_sheet", "application_id", "application", cascade=True),
        _key("score_sheet", "scorer_id", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_sheet")),
        sa.UniqueConstraint("application_id", "scorer_id", name=op.f("uq_score_sheet_application_id_scorer_id")),
    )
    op.create_index("ix_score_sheet_scorer_id_status", "score_sheet", ["scorer_id", "status"])
    op.create_table(
        "criterion_score",
        sa.Column("sheet_id", BigInt, nullable=False),
        sa.Column("criterion_id", BigInt, nullable=False),
        sa.Column("score", BigInt, nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("score BETWEEN 0 AND 3", name=op.f("ck_criterion_score_score")),
        _key("criterion_score", "sheet_id", "score_sheet", cascade=True),
        _key("criterion_score", "criterion_id", "criterion"),
        sa.PrimaryKeyConstraint("sheet_id", "criterion_id", name=op.f("pk_criterion_score")),
    )
    op.create_index(op.f("ix_criterion_score_criterion_id"), "criterion_score", ["criterion_id"])
    op.create_table(
        "moderated_score",
        sa.Column("first_sheet_id", BigInt, nullable=False),
        sa.Column("second_sheet_id", BigInt, nullable=False),
        sa.Column("criterion_id", BigInt, nullable=False),
        sa.Column("score", BigInt, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("chair_id", BigInt, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.CheckConstraint("score BETWEEN 0 AND 3", name=op.f("ck_moderated_score_score")),
        _key("moderated_score", "first_sheet_id", "score_sheet", cascade=True),
        _key("moderated_score", "second_sheet_id", "score_sheet", cascade=True),
        _key("moderated_score", "criterion_id", "criterion"),
        _key("moderated_score", "chair_id", "user_account"),
        sa.PrimaryKeyConstraint("first_sheet_id", "second_sheet_id", "criterion_id", name=op.f("pk_moderated_score")),
    )
    op.create_index(op.f("ix_moderated_score_second_sheet_id"), "moderated_score", ["second_sheet_id"])
    op.create_index(op.f("ix_moderated_score_criterion_id"), "moderated_score", ["criterion_id"])
    op.create_table(
        "redaction",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("application_id", BigInt, nullable=False),
        sa.Column("phrase", sa.String(length=200), nullable=False),
        sa.Column("added_by_id", BigInt, nullable=False),
        sa.Column("at", Moment, nullable=False),
        _key("redaction", "application_id", "application", cascade=True),
        _key("redaction", "added_by_id", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redaction")),
        sa.UniqueConstraint("application_id", "phrase", name=op.f("uq_redaction_application_id_phrase")),
    )
    op.create_table(
        "sift_event",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("vacancy_id", BigInt, nullable=False),
        sa.Column("application_id", BigInt, nullable=True),
        sa.Column("actor_id", BigInt, nullable=False),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        _key("sift_event", "vacancy_id", "vacancy", cascade=True),
        _key("sift_event", "application_id", "application", cascade=True),
        _key("sift_event", "actor_id", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sift_event")),
    )
    op.create_index("ix_sift_event_vacancy_id_id", "sift_event", ["vacancy_id", "id"])
    op.create_index(op.f("ix_sift_event_application_id"), "sift_event", ["application_id"])


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)


def _key(table, column, referred, *, cascade=False):
    """Let `column` of `table` name a row of `referred`, and go with it where it cascades."""
    name = op.f(f"fk_{table}_{column}_{referred}")
    return sa.ForeignKeyConstraint([column], [f"{referred}.id"], name=name, ondelete="CASCADE" if cascade else None)
