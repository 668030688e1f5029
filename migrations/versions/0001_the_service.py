"""People, pay, teams, vacancies, applications, review and the outbox.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = depends_on = None

BigInt = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "attempt",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
    )
    with op.batch_alter_table("attempt") as batch_op:
        batch_op.create_index(op.f("ix_attempt_at"), ["at"])
        batch_op.create_index("ix_attempt_key_at", ["key", "at"])

    op.create_table(
        "counter",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("number", BigInt, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counter")),
    )
    op.create_table(
        "equality_count",
        sa.Column("year", BigInt, nullable=False),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("answer", sa.String(length=80), nullable=False),
        sa.Column("number", BigInt, nullable=False),
        sa.PrimaryKeyConstraint("year", "question", "answer", name=op.f("pk_equality_count")),
    )
    op.create_table(
        "grade",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("point_min", BigInt, nullable=False),
        sa.Column("point_max", BigInt, nullable=False),
        sa.Column("position", BigInt, nullable=False),
        sa.CheckConstraint(
            "1 <= point_min AND point_min <= point_max AND point_max <= 99", name=op.f("ck_grade_points")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grade")),
        sa.UniqueConstraint("code", name=op.f("uq_grade_code")),
    )
    op.create_table(
        "outbox_message",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column(
            "notification",
            sa.Enum(
                "account_confirm",
                "account_exists",
                "account_password_changed",
                "account_password_reset",
                "application_not_shortlisted",
                "application_shortlisted",
                "application_submitted",
                "application_withdrawn",
                name="notification",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("recipient", sa.String(length=254), nullable=False),
        sa.Column("context", sa.JSON(), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease", sa.String(length=32), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", BigInt, nullable=False),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "NOT (sent_at IS NOT NULL AND (cancelled_at IS NOT NULL OR failed_at IS NOT NULL)) AND NOT (cancelled_at IS NOT NULL AND failed_at IS NOT NULL)",
            name=op.f("ck_outbox_message_one_end"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_message")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_message_key")),
    )
    with op.batch_alter_table("outbox_message") as batch_op:
        batch_op.create_index(
            "ix_outbox_message_due",
            ["due_at", "id"],
            sqlite_where=sa.text("sent_at IS NULL AND cancelled_at IS NULL AND failed_at IS NULL"),
            postgresql_where=sa.text("sent_at IS NULL AND cancelled_at IS NULL AND failed_at IS NULL"),
        )
        batch_op.create_index(
            "ix_outbox_message_failed",
            ["failed_at"],
            sqlite_where=sa.text("failed_at IS NOT NULL"),
            postgresql_where=sa.text("failed_at IS NOT NULL"),
        )

    op.create_table(
        "pay_table",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_table")),
        sa.UniqueConstraint("effective_on", name=op.f("uq_pay_table_effective_on")),
    )
    op.create_table(
        "stage_count",
        sa.Column("scope", sa.String(length=40), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "submitted",
                "shortlisted",
                "not_shortlisted",
                "withdrawn",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("number", BigInt, nullable=False),
        sa.PrimaryKeyConstraint("scope", "status", name=op.f("pk_stage_count")),
    )
    op.create_table(
        "team",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("service_area", sa.String(length=200), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("manager_role", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team")),
        sa.UniqueConstraint("slug", name=op.f("uq_team_slug")),
    )
    op.create_table(
        "user_account",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("email_key", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("password_hash", sa.String(length=255), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", BigInt, nullable=False),
        sa.CheckConstraint("email_key <> ''", name=op.f("ck_user_account_email_key_given")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_account")),
        sa.UniqueConstraint("email_key", name=op.f("uq_user_account_email_key")),
    )
    op.create_table(
        "welcome_scheme",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_welcome_scheme")),
        sa.UniqueConstraint("code", name=op.f("uq_welcome_scheme_code")),
    )
    op.create_table(
        "email_token",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", BigInt, nullable=False),
        sa.Column(
            "purpose",
            sa.Enum("confirm", "reset", name="purpose", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_email_token_user_id_user_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_email_token")),
    )
    with op.batch_alter_table("email_token") as batch_op:
        batch_op.create_index(op.f("ix_email_token_expires_at"), ["expires_at"])
        batch_op.create_index("ix_email_token_user_id_purpose", ["user_id", "purpose"])

    op.create_table(
        "pay_point",
        sa.Column("pay_table_id", BigInt, nullable=False),
        sa.Column("point", BigInt, nullable=False),
        sa.Column("annual_pence", BigInt, nullable=False),
        sa.CheckConstraint("annual_pence > 0", name=op.f("ck_pay_point_annual_pence_positive")),
        sa.CheckConstraint("point BETWEEN 1 AND 99", name=op.f("ck_pay_point_point_range")),
        sa.ForeignKeyConstraint(
            ["pay_table_id"], ["pay_table.id"], name=op.f("fk_pay_point_pay_table_id_pay_table"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("pay_table_id", "point", name=op.f("pk_pay_point")),
    )
    op.create_table(
        "role_grant",
        sa.Column("user_id", BigInt, nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "candidate",
                "recruiter",
                "hr",
                "panel",
                "safeguarding",
                "admin",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_role_grant_user_id_user_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "role", name=op.f("pk_role_grant")),
    )
    op.create_table(
        "team_member",
        sa.Column("team_id", BigInt, nullable=False),
        sa.Column("user_id", BigInt, nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_team_member_team_id_team"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_team_member_user_id_user_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("team_id", "user_id", name=op.f("pk_team_member")),
    )
    with op.batch_alter_table("team_member") as batch_op:
        batch_op.create_index(op.f("ix_team_member_user_id"), ["user_id"])

    op.create_table(
        "user_session",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", BigInt, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_user_session_user_id_user_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_user_session")),
    )
    with op.batch_alter_table("user_session") as batch_op:
        batch_op.create_index(op.f("ix_user_session_expires_at"), ["expires_at"])
        batch_op.create_index(op.f("ix_user_session_user_id"), ["user_id"])

    op.create_table(
        "welcome_scheme_version",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("scheme_id", BigInt, nullable=False),
        sa.Column("number", BigInt, nullable=False),
        sa.Column("amount_pence", BigInt, nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("conditions", sa.JSON(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("instalments", sa.JSON(), nullable=False),
        sa.Column("repayment", sa.JSON(), nullable=False),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.CheckConstraint("amount_pence > 0", name=op.f("ck_welcome_scheme_version_amount_pence_positive")),
        sa.CheckConstraint(
            "valid_until IS NULL OR valid_until >= valid_from", name=op.f("ck_welcome_scheme_version_valid_range")
        ),
        sa.ForeignKeyConstraint(
            ["scheme_id"], ["welcome_scheme.id"], name=op.f("fk_welcome_scheme_version_scheme_id_welcome_scheme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_welcome_scheme_version")),
        sa.UniqueConstraint("scheme_id", "number", name=op.f("uq_welcome_scheme_version_scheme_id_number")),
    )
    op.create_table(
        "vacancy",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft", "published", "cancelled", name="status", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("team_id", BigInt, nullable=False),
        sa.Column("grade_id", BigInt, nullable=False),
        sa.Column("summary", sa.String(length=300), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("full_time", sa.Boolean(), nullable=False),
        sa.Column("part_time", sa.Boolean(), nullable=False),
        sa.Column("job_share", sa.Boolean(), nullable=False),
        sa.Column("weekly_hours", sa.Numeric(precision=4, scale=2), nullable=False),
        sa.Column(
            "contract",
            sa.Enum(
                "permanent",
                "fixed_term",
                "secondment",
                name="contract",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("fixed_term_months", BigInt, nullable=True),
        sa.Column("posts", BigInt, nullable=False),
        sa.Column("workplace", sa.String(length=200), nullable=False),
        sa.Column("hybrid", sa.String(length=200), nullable=False),
        sa.Column("caseload_typical", BigInt, nullable=True),
        sa.Column("caseload_maximum", BigInt, nullable=True),
        sa.Column("caseload_of", sa.String(length=200), nullable=False),
        sa.Column("supervision", sa.String(length=200), nullable=False),
        sa.Column("promise_source", sa.String(length=200), nullable=False),
        sa.Column("promise_as_of", sa.Date(), nullable=True),
        sa.Column("contact_role", sa.String(length=200), nullable=False),
        sa.Column("contact_times", sa.String(length=200), nullable=False),
        sa.Column("contact_email", sa.String(length=254), nullable=False),
        sa.Column("contact_phone", sa.String(length=40), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("interview_on", sa.Date(), nullable=True),
        sa.Column("newly_qualified", sa.Boolean(), nullable=False),
        sa.Column("registration_required", sa.Boolean(), nullable=False),
        sa.Column("welcome_id", BigInt, nullable=True),
        sa.Column("pay_table_id", BigInt, nullable=True),
        sa.Column("point_min", BigInt, nullable=True),
        sa.Column("point_max", BigInt, nullable=True),
        sa.Column("salary_min_pence", BigInt, nullable=True),
        sa.Column("salary_max_pence", BigInt, nullable=True),
        sa.Column("author_id", BigInt, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", BigInt, nullable=False),
        sa.CheckConstraint(
            "(contract = 'fixed_term') = (fixed_term_months IS NOT NULL)", name=op.f("ck_vacancy_fixed_term_months")
        ),
        sa.CheckConstraint(
            "status <> 'published' OR (opens_at IS NOT NULL AND closes_at IS NOT NULL AND pay_table_id IS NOT NULL AND salary_min_pence IS NOT NULL AND salary_max_pence IS NOT NULL)",
            name=op.f("ck_vacancy_published_is_whole"),
        ),
        sa.CheckConstraint(
            "0 < caseload_typical AND caseload_typical <= caseload_maximum", name=op.f("ck_vacancy_caseload")
        ),
        sa.CheckConstraint(
            "0 < salary_min_pence AND salary_min_pence <= salary_max_pence", name=op.f("ck_vacancy_salary_range")
        ),
        sa.CheckConstraint(
            "closes_at IS NULL OR opens_at IS NULL OR closes_at > opens_at",
            name=op.f("ck_vacancy_closes_after_opening"),
        ),
        sa.CheckConstraint("fixed_term_months BETWEEN 1 AND 60", name=op.f("ck_vacancy_fixed_term_length")),
        sa.CheckConstraint("full_time OR part_time OR job_share", name=op.f("ck_vacancy_some_hours")),
        sa.CheckConstraint("posts BETWEEN 1 AND 50", name=op.f("ck_vacancy_posts")),
        sa.CheckConstraint("weekly_hours > 0 AND weekly_hours <= 37", name=op.f("ck_vacancy_weekly_hours")),
        sa.ForeignKeyConstraint(["author_id"], ["user_account.id"], name=op.f("fk_vacancy_author_id_user_account")),
        sa.ForeignKeyConstraint(["grade_id"], ["grade.id"], name=op.f("fk_vacancy_grade_id_grade")),
        sa.ForeignKeyConstraint(["pay_table_id"], ["pay_table.id"], name=op.f("fk_vacancy_pay_table_id_pay_table")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_vacancy_team_id_team")),
        sa.ForeignKeyConstraint(
            ["welcome_id"], ["welcome_scheme_version.id"], name=op.f("fk_vacancy_welcome_id_welcome_scheme_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vacancy")),
        sa.UniqueConstraint("reference", name=op.f("uq_vacancy_reference")),
        sa.UniqueConstraint("slug", name=op.f("uq_vacancy_slug")),
    )
    with op.batch_alter_table("vacancy") as batch_op:
        batch_op.create_index("ix_vacancy_status_closes_at", ["status", "closes_at"])
        batch_op.create_index("ix_vacancy_team_id", ["team_id"])

    op.create_table(
        "application",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("candidate_id", BigInt, nullable=False),
        sa.Column("vacancy_id", BigInt, nullable=False),
        sa.Column("team_id", BigInt, nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "submitted",
                "shortlisted",
                "not_shortlisted",
                "withdrawn",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "told_status",
            sa.Enum(
                "draft",
                "submitted",
                "shortlisted",
                "not_shortlisted",
                "withdrawn",
                name="told_status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("tell_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("history_since", sa.Date(), nullable=True),
        sa.Column("assigned_to_id", BigInt, nullable=True),
        sa.Column("equality_asked", sa.Boolean(), nullable=False),
        sa.Column("version", BigInt, nullable=False),
        sa.CheckConstraint(
            "(status = 'draft') = (submitted_at IS NULL)", name=op.f("ck_application_submitted_at_unless_draft")
        ),
        sa.CheckConstraint("(told_status IS NULL) = (tell_at IS NULL)", name=op.f("ck_application_told_with_moment")),
        sa.ForeignKeyConstraint(
            ["assigned_to_id"], ["user_account.id"], name=op.f("fk_application_assigned_to_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["user_account.id"], name=op.f("fk_application_candidate_id_user_account")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_application_team_id_team")),
        sa.ForeignKeyConstraint(["vacancy_id"], ["vacancy.id"], name=op.f("fk_application_vacancy_id_vacancy")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sa.UniqueConstraint("reference", name=op.f("uq_application_reference")),
    )
    with op.batch_alter_table("application") as batch_op:
        batch_op.create_index(
            "ix_application_assigned",
            ["assigned_to_id", "status", "submitted_at", "id"],
            sqlite_where=sa.text("assigned_to_id IS NOT NULL"),
            postgresql_where=sa.text("assigned_to_id IS NOT NULL"),
        )
        batch_op.create_index("ix_application_candidate_id", ["candidate_id"])
        batch_op.create_index(
            "ix_application_queue",
            ["status", "submitted_at", "id"],
            sqlite_where=sa.text("status <> 'draft'"),
            postgresql_where=sa.text("status <> 'draft'"),
        )
        batch_op.create_index("ix_application_team", ["team_id", "status", "submitted_at", "id"])
        batch_op.create_index(
            "ix_application_unassigned",
            ["status", "submitted_at", "id"],
            sqlite_where=sa.text("assigned_to_id IS NULL"),
            postgresql_where=sa.text("assigned_to_id IS NULL"),
        )
        batch_op.create_index("ix_application_vacancy", ["vacancy_id", "status", "submitted_at", "id"])
        batch_op.create_index(
            "uq_application_one_live",
            ["candidate_id", "vacancy_id"],
            unique=True,
            sqlite_where=sa.text("status <> 'withdrawn'"),
            postgresql_where=sa.text("status <> 'withdrawn'"),
        )

    op.create_table(
        "criterion",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("vacancy_id", BigInt, nullable=False),
        sa.Column(
            "kind",
            sa.Enum("essential", "desirable", name="kind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("position", BigInt, nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["vacancy_id"], ["vacancy.id"], name=op.f("fk_criterion_vacancy_id_vacancy"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criterion")),
    )
    with op.batch_alter_table("criterion") as batch_op:
        batch_op.create_index("ix_criterion_vacancy_id_position", ["vacancy_id", "position"])

    op.create_table(
        "vacancy_event",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("vacancy_id", BigInt, nullable=False),
        sa.Column("actor_id", BigInt, nullable=True),
        sa.Column("source", sa.String(length=32), nullable=False),
        sa.Column("target", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["user_account.id"], name=op.f("fk_vacancy_event_actor_id_user_account")),
        sa.ForeignKeyConstraint(["vacancy_id"], ["vacancy.id"], name=op.f("fk_vacancy_event_vacancy_id_vacancy")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vacancy_event")),
    )
    with op.batch_alter_table("vacancy_event") as batch_op:
        batch_op.create_index(op.f("ix_vacancy_event_vacancy_id"), ["vacancy_id"])

    op.create_table(
        "application_event",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("application_id", BigInt, nullable=False),
        sa.Column("actor_id", BigInt, nullable=True),
        sa.Column("source", sa.String(length=32), nullable=False),
        sa.Column("target", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("criterion_id", BigInt, nullable=True),
        sa.Column("message_id", BigInt, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["user_account.id"], name=op.f("fk_application_event_actor_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_application_event_application_id_application")
        ),
        sa.ForeignKeyConstraint(
            ["criterion_id"], ["criterion.id"], name=op.f("fk_application_event_criterion_id_criterion")
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["outbox_message.id"], name=op.f("fk_application_event_message_id_outbox_message")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_event")),
    )
    with op.batch_alter_table("application_event") as batch_op:
        batch_op.create_index("ix_application_event_application_id_id", ["application_id", "id"])
        batch_op.create_index(op.f("ix_application_event_criterion_id"), ["criterion_id"])
        batch_op.create_index(op.f("ix_application_event_message_id"), ["message_id"])

    op.create_table(
        "application_read",
        sa.Column("application_id", BigInt, nullable=False),
        sa.Column("user_id", BigInt, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_application_read_application_id_application"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_application_read_user_id_user_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("application_id", "user_id", name=op.f("pk_application_read")),
    )
    with op.batch_alter_table("application_read") as batch_op:
        batch_op.create_index(op.f("ix_application_read_user_id"), ["user_id"])

    op.create_table(
        "application_snapshot",
        sa.Column("application_id", BigInt, nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_application_snapshot_application_id_application"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_application_snapshot")),
    )
    op.create_table(
        "assignment",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("application_id", BigInt, nullable=False),
        sa.Column("actor_id", BigInt, nullable=False),
        sa.Column("assignee_id", BigInt, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["user_account.id"], name=op.f("fk_assignment_actor_id_user_account")),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_assignment_application_id_application"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["assignee_id"], ["user_account.id"], name=op.f("fk_assignment_assignee_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
    )
    with op.batch_alter_table("assignment") as batch_op:
        batch_op.create_index("ix_assignment_application_id_id", ["application_id", "id"])

    op.create_table(
        "contact_details",
        sa.Column("application_id", BigInt, nullable=False),
        sa.Column("full_name", sa.String(length=200), nullable=False),
        sa.Column("other_names", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("address_line_1", sa.String(length=200), nullable=False),
        sa.Column("address_line_2", sa.String(length=200), nullable=False),
        sa.Column("town", sa.String(length=200), nullable=False),
        sa.Column("postcode", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_contact_details_application_id_application"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_contact_details")),
    )
    op.create_table(
        "declaration",
        sa.Column("application_id", BigInt, nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_declaration_application_id_application"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_declaration")),
    )
    op.create_table(
        "evidence",
        sa.Column("application_id", BigInt, nullable=False),
        sa.Column("criterion_id", BigInt, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_evidence_application_id_application"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["criterion_id"], ["criterion.id"], name=op.f("fk_evidence_criterion_id_criterion")),
        sa.PrimaryKeyConstraint("application_id", "criterion_id", name=op.f("pk_evidence")),
    )
    with op.batch_alter_table("evidence") as batch_op:
        batch_op.create_index(op.f("ix_evidence_criterion_id"), ["criterion_id"])

    op.create_table(
        "history_entry",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("application_id", BigInt, nullable=False),
        sa.Column(
            "activity",
            sa.Enum(
                "paid",
                "agency",
                "voluntary",
                "education",
                "other",
                name="activity",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("organisation", sa.String(length=200), nullable=False),
        sa.Column("started_month", sa.Date(), nullable=False),
        sa.Column("ended_month", sa.Date(), nullable=True),
        sa.Column("with_children", sa.Boolean(), nullable=False),
        sa.Column("duties", sa.Text(), nullable=False),
        sa.Column("reason_for_leaving", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "ended_month IS NULL OR ended_month >= started_month", name=op.f("ck_history_entry_ends_after_start")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_history_entry_application_id_application"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history_entry")),
    )
    with op.batch_alter_table("history_entry") as batch_op:
        batch_op.create_index("ix_history_entry_application_id_started_month", ["application_id", "started_month"])

    op.create_table(
        "qualification",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("application_id", BigInt, nullable=False),
        sa.Column("award", sa.String(length=200), nullable=False),
        sa.Column("institution", sa.String(length=200), nullable=False),
        sa.Column("country", sa.String(length=200), nullable=False),
        sa.Column("year", BigInt, nullable=False),
        sa.Column("is_social_work", sa.Boolean(), nullable=False),
        sa.CheckConstraint("year BETWEEN 1940 AND 2100", name=op.f("ck_qualification_year")),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_qualification_application_id_application"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_qualification")),
    )
    with op.batch_alter_table("qualification") as batch_op:
        batch_op.create_index("ix_qualification_application_id", ["application_id"])

    op.create_table(
        "referee",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("application_id", BigInt, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("job_title", sa.String(length=200), nullable=False),
        sa.Column("organisation", sa.String(length=200), nullable=False),
        sa.Column(
            "relationship",
            sa.Enum(
                "line_manager",
                "other_manager",
                "colleague",
                "practice_educator",
                "tutor",
                "personal",
                name="relationship",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("known_from", sa.Date(), nullable=False),
        sa.Column("known_until", sa.Date(), nullable=True),
        sa.Column("is_most_recent_employer", sa.Boolean(), nullable=False),
        sa.Column("from_work_with_children", sa.Boolean(), nullable=False),
        sa.Column("contact_before_interview", sa.Boolean(), nullable=False),
        sa.CheckConstraint("known_until IS NULL OR known_until >= known_from", name=op.f("ck_referee_known_range")),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_referee_application_id_application"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referee")),
    )
    with op.batch_alter_table("referee") as batch_op:
        batch_op.create_index("ix_referee_application_id", ["application_id"])

    op.create_table(
        "registration_answer",
        sa.Column("application_id", BigInt, nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "registered",
                "applied",
                "not_required",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.Column("has_conditions", sa.Boolean(), nullable=True),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_registration_answer_application_id_application"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_registration_answer")),
    )
    with op.batch_alter_table("registration_answer") as batch_op:
        batch_op.create_index("ix_registration_answer_number", ["number"])

    op.create_table(
        "review_note",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("application_id", BigInt, nullable=False),
        sa.Column("author_id", BigInt, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_review_note_application_id_application"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["author_id"], ["user_account.id"], name=op.f("fk_review_note_author_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_note")),
    )
    with op.batch_alter_table("review_note") as batch_op:
        batch_op.create_index("ix_review_note_application_id_id", ["application_id", "id"])

    op.create_table(
        "section_state",
        sa.Column("application_id", BigInt, nullable=False),
        sa.Column(
            "section",
            sa.Enum(
                "contact-details",
                "registration",
                "qualifications",
                "history",
                "evidence",
                "referees",
                "declaration",
                name="section",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("is_complete", sa.Boolean(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_section_state_application_id_application"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("application_id", "section", name=op.f("pk_section_state")),
    )

    counter = sa.table("counter", sa.column("name", sa.String), sa.column("number", sa.Integer))
    op.bulk_insert(counter, [{"name": "public_revision", "number": 1}, {"name": "vacancy_number", "number": 0}])


def downgrade() -> None:
    op.drop_table("section_state")
    with op.batch_alter_table("review_note") as batch_op:
        batch_op.drop_index("ix_review_note_application_id_id")

    op.drop_table("review_note")
    with op.batch_alter_table("registration_answer") as batch_op:
        batch_op.drop_index("ix_registration_answer_number")

    op.drop_table("registration_answer")
    with op.batch_alter_table("referee") as batch_op:
        batch_op.drop_index("ix_referee_application_id")

    op.drop_table("referee")
    with op.batch_alter_table("qualification") as batch_op:
        batch_op.drop_index("ix_qualification_application_id")

    op.drop_table("qualification")
    with op.batch_alter_table("history_entry") as batch_op:
        batch_op.drop_index("ix_history_entry_application_id_started_month")

    op.drop_table("history_entry")
    with op.batch_alter_table("evidence") as batch_op:
        batch_op.drop_index(op.f("ix_evidence_criterion_id"))

    op.drop_table("evidence")
    op.drop_table("declaration")
    op.drop_table("contact_details")
    with op.batch_alter_table("assignment") as batch_op:
        batch_op.drop_index("ix_assignment_application_id_id")

    op.drop_table("assignment")
    op.drop_table("application_snapshot")
    with op.batch_alter_table("application_read") as batch_op:
        batch_op.drop_index(op.f("ix_application_read_user_id"))

    op.drop_table("application_read")
    with op.batch_alter_table("application_event") as batch_op:
        batch_op.drop_index(op.f("ix_application_event_message_id"))
        batch_op.drop_index(op.f("ix_application_event_criterion_id"))
        batch_op.drop_index("ix_application_event_application_id_id")

    op.drop_table("application_event")
    with op.batch_alter_table("vacancy_event") as batch_op:
        batch_op.drop_index(op.f("ix_vacancy_event_vacancy_id"))

    op.drop_table("vacancy_event")
    with op.batch_alter_table("criterion") as batch_op:
        batch_op.drop_index("ix_criterion_vacancy_id_position")

    op.drop_table("criterion")
    with op.batch_alter_table("application") as batch_op:
        batch_op.drop_index(
            "uq_application_one_live",
            sqlite_where=sa.text("status <> 'withdrawn'"),
            postgresql_where=sa.text("status <> 'withdrawn'"),
        )
        batch_op.drop_index("ix_application_vacancy")
        batch_op.drop_index(
            "ix_application_unassigned",
            sqlite_where=sa.text("assigned_to_id IS NULL"),
            postgresql_where=sa.text("assigned_to_id IS NULL"),
        )
        batch_op.drop_index("ix_application_team")
        batch_op.drop_index(
            "ix_application_queue",
            sqlite_where=sa.text("status <> 'draft'"),
            postgresql_where=sa.text("status <> 'draft'"),
        )
        batch_op.drop_index("ix_application_candidate_id")
        batch_op.drop_index(
            "ix_application_assigned",
            sqlite_where=sa.text("assigned_to_id IS NOT NULL"),
            postgresql_where=sa.text("assigned_to_id IS NOT NULL"),
        )

    op.drop_table("application")
    with op.batch_alter_table("vacancy") as batch_op:
        batch_op.drop_index("ix_vacancy_team_id")
        batch_op.drop_index("ix_vacancy_status_closes_at")

    op.drop_table("vacancy")
    op.drop_table("welcome_scheme_version")
    with op.batch_alter_table("user_session") as batch_op:
        batch_op.drop_index(op.f("ix_user_session_user_id"))
        batch_op.drop_index(op.f("ix_user_session_expires_at"))

    op.drop_table("user_session")
    with op.batch_alter_table("team_member") as batch_op:
        batch_op.drop_index(op.f("ix_team_member_user_id"))

    op.drop_table("team_member")
    op.drop_table("role_grant")
    op.drop_table("pay_point")
    with op.batch_alter_table("email_token") as batch_op:
        batch_op.drop_index("ix_email_token_user_id_purpose")
        batch_op.drop_index(op.f("ix_email_token_expires_at"))

    op.drop_table("email_token")
    op.drop_table("welcome_scheme")
    op.drop_table("user_account")
    op.drop_table("team")
    op.drop_table("stage_count")
    op.drop_table("pay_table")
    with op.batch_alter_table("outbox_message") as batch_op:
        batch_op.drop_index(
            "ix_outbox_message_failed",
            sqlite_where=sa.text("failed_at IS NOT NULL"),
            postgresql_where=sa.text("failed_at IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_outbox_message_due",
            sqlite_where=sa.text("sent_at IS NULL AND cancelled_at IS NULL AND failed_at IS NULL"),
            postgresql_where=sa.text("sent_at IS NULL AND cancelled_at IS NULL AND failed_at IS NULL"),
        )

    op.drop_table("outbox_message")
    op.drop_table("grade")
    op.drop_table("equality_count")
    op.drop_table("counter")
    with op.batch_alter_table("attempt") as batch_op:
        batch_op.drop_index("ix_attempt_key_at")
        batch_op.drop_index(op.f("ix_attempt_at"))

    op.drop_table("attempt")
