"""Safety checks: lists made here, what was answered and found, what was missed, and days opened all the same."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Safety checks: lists made here, what was answered and found, what was missed, and days opened all the same."""
    op.create_table(
        "checklist_edition",
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("edition", sa.String(length=20), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("based_on", sa.String(length=40), nullable=False),
        sa.Column("made_by", sa.String(length=120), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("published_by", sa.String(length=120), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checklist_edition")),
        sa.UniqueConstraint("code", "edition", name=op.f("uq_checklist_edition_code")),
    )
    with op.batch_alter_table("checklist_edition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_checklist_edition_code"), ["code"], unique=False)

    op.create_table(
        "missed_check",
        sa.Column("season_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("slot", sa.String(length=24), nullable=False),
        sa.Column("explanation", sa.String(length=300), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["season_id"], ["season.id"], name=op.f("fk_missed_check_season_id_season")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_missed_check")),
        sa.UniqueConstraint("season_id", "code", "due", "slot", name=op.f("uq_missed_check_season_id")),
    )
    op.create_table(
        "safety_check",
        sa.Column("season_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("edition", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.Column("occasion", sa.String(24), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("slot", sa.String(length=24), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("started_by", sa.String(length=120), nullable=False),
        sa.Column("last_at", sa.DateTime(), nullable=True),
        sa.Column("on_paper", sa.Boolean(), nullable=False),
        sa.Column("done_at", sa.Time(), nullable=True),
        sa.Column("entered_late", sa.Boolean(), nullable=False),
        sa.Column("result", sa.String(24), nullable=True),
        sa.Column("frozen", sa.Boolean(), nullable=False),
        sa.Column("signed_name", sa.String(length=120), nullable=False),
        sa.Column("signed_role", sa.String(length=80), nullable=False),
        sa.Column("signed_user", sa.String(length=120), nullable=False),
        sa.Column("signed_at", sa.DateTime(), nullable=True),
        sa.Column("proof", sa.String(24), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["season_id"], ["season.id"], name=op.f("fk_safety_check_season_id_season")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safety_check")),
    )
    with op.batch_alter_table("safety_check", schema=None) as batch_op:
        batch_op.create_index("ix_safety_check_season_day", ["season_id", "day"], unique=False)

    op.create_table(
        "check_answer",
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=16), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("wording", sa.String(length=500), nullable=False),
        sa.Column("severity", sa.String(24), nullable=False),
        sa.Column("said", sa.String(24), nullable=True),
        sa.Column("numbers", sa.String(length=80), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("first_date", sa.Date(), nullable=True),
        sa.Column("second_date", sa.Date(), nullable=True),
        sa.Column("fails", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("corrected", sa.Boolean(), nullable=False),
        sa.Column("no_photo", sa.String(length=200), nullable=False),
        sa.Column("frozen", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["check_id"], ["safety_check.id"], name=op.f("fk_check_answer_check_id_safety_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_answer")),
    )
    with op.batch_alter_table("check_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_check_answer_check_id"), ["check_id"], unique=False)

    op.create_table(
        "check_reopening",
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("result", sa.String(24), nullable=False),
        sa.Column("signed_name", sa.String(length=120), nullable=False),
        sa.Column("signed_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["check_id"], ["safety_check.id"], name=op.f("fk_check_reopening_check_id_safety_check")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_reopening")),
    )
    with op.batch_alter_table("check_reopening", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_check_reopening_check_id"), ["check_id"], unique=False)

    op.create_table(
        "day_opening",
        sa.Column("season_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=80), nullable=False),
        sa.Column("signed_user", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("proof", sa.String(24), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["check_id"], ["safety_check.id"], name=op.f("fk_day_opening_check_id_safety_check")),
        sa.ForeignKeyConstraint(["season_id"], ["season.id"], name=op.f("fk_day_opening_season_id_season")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_opening")),
    )
    with op.batch_alter_table("day_opening", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_day_opening_day"), ["day"], unique=False)

    op.create_table(
        "finding",
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("season_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("item", sa.String(length=16), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("severity", sa.String(24), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("corrected", sa.Boolean(), nullable=False),
        sa.Column("found_at", sa.DateTime(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["check_id"], ["safety_check.id"], name=op.f("fk_finding_check_id_safety_check")),
        sa.ForeignKeyConstraint(["season_id"], ["season.id"], name=op.f("fk_finding_season_id_season")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
    )
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_finding_check_id"), ["check_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_finding_day"), ["day"], unique=False)

    op.create_table(
        "check_photo",
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("jpeg", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["answer_id"], ["check_answer.id"], name=op.f("fk_check_photo_answer_id_check_answer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_photo")),
    )
    with op.batch_alter_table("check_photo", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_check_photo_answer_id"), ["answer_id"], unique=False)
