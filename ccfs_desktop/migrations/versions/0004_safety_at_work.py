"""Safety as it is lived: patrols and sightings, incidents, concerns, corrective actions, and the logs."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Safety as it is lived: patrols and sightings, incidents, concerns, corrective actions, and the logs."""
    op.create_table(
        "concern",
        sa.Column("letter", sa.LargeBinary(), nullable=False),
        sa.Column("frozen", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern")),
    )
    op.create_table(
        "kit_item",
        sa.Column("kit", sa.String(length=80), nullable=False),
        sa.Column("item", sa.String(length=120), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.Column("expires", sa.Date(), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("checked_by", sa.String(length=120), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kit_item")),
    )
    op.create_table(
        "patrol_round",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("areas", sa.String(length=500), nullable=False),
        sa.Column("at", sa.Time(), nullable=True),
        sa.Column("weekdays", sa.String(length=7), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patrol_round")),
    )
    op.create_table(
        "concern_entry",
        sa.Column("concern_id", sa.Integer(), nullable=False),
        sa.Column("letter", sa.LargeBinary(), nullable=False),
        sa.Column("frozen", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["concern_id"], ["concern.id"], name=op.f("fk_concern_entry_concern_id_concern")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern_entry")),
    )
    with op.batch_alter_table("concern_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_concern_entry_concern_id"), ["concern_id"], unique=False)

    op.create_table(
        "food_entry",
        sa.Column("season_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("meal", sa.String(length=40), nullable=False),
        sa.Column("menu", sa.String(length=300), nullable=False),
        sa.Column("supplier", sa.String(length=120), nullable=False),
        sa.Column("tenths", sa.Integer(), nullable=True),
        sa.Column("sample_kept", sa.Boolean(), nullable=False),
        sa.Column("sample_gone_on", sa.Date(), nullable=True),
        sa.Column("allergies", sa.String(length=300), nullable=False),
        sa.Column("signed_by", sa.String(length=120), nullable=False),
        sa.Column("entered_late", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["season_id"], ["season.id"], name=op.f("fk_food_entry_season_id_season")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_food_entry")),
    )
    with op.batch_alter_table("food_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_food_entry_day"), ["day"], unique=False)

    op.create_table(
        "health_note",
        sa.Column("season_id", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("noticed", sa.Time(), nullable=True),
        sa.Column("signs", sa.LargeBinary(), nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("temperature", sa.LargeBinary(), nullable=True),
        sa.Column("isolated", sa.Boolean(), nullable=False),
        sa.Column("decision", sa.String(24), nullable=False),
        sa.Column("decided_by", sa.String(length=120), nullable=False),
        sa.Column("parent_called", sa.Time(), nullable=True),
        sa.Column("parent_came", sa.Time(), nullable=True),
        sa.Column("advice", sa.LargeBinary(), nullable=True),
        sa.Column("away", sa.Boolean(), nullable=False),
        sa.Column("back_from", sa.DateTime(), nullable=True),
        sa.Column("note_needed", sa.Boolean(), nullable=False),
        sa.Column("note_seen", sa.Boolean(), nullable=False),
        sa.Column("back_on", sa.Date(), nullable=True),
        sa.Column("back_word", sa.String(length=200), nullable=False),
        sa.Column("entered_late", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_health_note_child_id_child")),
        sa.ForeignKeyConstraint(["season_id"], ["season.id"], name=op.f("fk_health_note_season_id_season")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_health_note")),
    )
    with op.batch_alter_table("health_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_health_note_child_id"), ["child_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_health_note_day"), ["day"], unique=False)

    op.create_table(
        "medicine_course",
        sa.Column("season_id", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("medicine", sa.LargeBinary(), nullable=True),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("strength", sa.String(length=40), nullable=False),
        sa.Column("dose", sa.String(length=60), nullable=False),
        sa.Column("route", sa.String(length=40), nullable=False),
        sa.Column("times", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("prescribed_by", sa.String(length=120), nullable=False),
        sa.Column("authorised_by", sa.String(length=120), nullable=False),
        sa.Column("authorised_on", sa.Date(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("storage", sa.String(length=120), nullable=False),
        sa.Column("home_dose_at", sa.DateTime(), nullable=True),
        sa.Column("original_packaging", sa.Boolean(), nullable=False),
        sa.Column("care_plan", sa.Boolean(), nullable=False),
        sa.Column("brought", sa.Integer(), nullable=True),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("ended", sa.String(24), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_count", sa.Integer(), nullable=True),
        sa.Column("ended_signed", sa.String(length=120), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_medicine_course_child_id_child")),
        sa.ForeignKeyConstraint(["season_id"], ["season.id"], name=op.f("fk_medicine_course_season_id_season")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_medicine_course")),
    )
    with op.batch_alter_table("medicine_course", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_medicine_course_child_id"), ["child_id"], unique=False)

    op.create_table(
        "missed_patrol",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("explanation", sa.String(length=300), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["patrol_round.id"], name=op.f("fk_missed_patrol_round_id_patrol_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_missed_patrol")),
    )
    with op.batch_alter_table("missed_patrol", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_missed_patrol_day"), ["day"], unique=False)

    op.create_table(
        "patrol",
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("started", sa.Time(), nullable=True),
        sa.Column("ended", sa.Time(), nullable=True),
        sa.Column("areas", sa.String(length=500), nullable=False),
        sa.Column("not_walked", sa.String(length=500), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("walked_by", sa.String(length=120), nullable=False),
        sa.Column("signed", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("entered_by", sa.String(length=120), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.Column("entered_late", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["patrol_round.id"], name=op.f("fk_patrol_round_id_patrol_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patrol")),
    )
    with op.batch_alter_table("patrol", schema=None) as batch_op:
        batch_op.create_index("ix_patrol_day", ["day"], unique=False)

    op.create_table(
        "visitor",
        sa.Column("season_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("organisation", sa.String(length=120), nullable=False),
        sa.Column("purpose", sa.String(length=200), nullable=False),
        sa.Column("host", sa.String(length=120), nullable=False),
        sa.Column("id_seen", sa.Boolean(), nullable=False),
        sa.Column("rules_read", sa.Boolean(), nullable=False),
        sa.Column("photos_allowed", sa.Boolean(), nullable=False),
        sa.Column("came", sa.Time(), nullable=True),
        sa.Column("left", sa.Time(), nullable=True),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("entered_late", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["season_id"], ["season.id"], name=op.f("fk_visitor_season_id_season")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visitor")),
    )
    with op.batch_alter_table("visitor", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visitor_day"), ["day"], unique=False)

    op.create_table(
        "drill",
        sa.Column("season_id", sa.Integer(), nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.Time(), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("announced", sa.Boolean(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.Column("children_register", sa.Integer(), nullable=False),
        sa.Column("children_counted", sa.Integer(), nullable=True),
        sa.Column("adults_register", sa.Integer(), nullable=False),
        sa.Column("adults_counted", sa.Integer(), nullable=True),
        sa.Column("visitors_register", sa.Integer(), nullable=False),
        sa.Column("visitors_counted", sa.Integer(), nullable=True),
        sa.Column("missing", sa.String(length=300), nullable=False),
        sa.Column("leader", sa.String(length=120), nullable=False),
        sa.Column("problems", sa.String(length=500), nullable=False),
        sa.Column("entered_late", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["check_id"], ["safety_check.id"], name=op.f("fk_drill_check_id_safety_check")),
        sa.ForeignKeyConstraint(["season_id"], ["season.id"], name=op.f("fk_drill_season_id_season")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drill")),
    )
    with op.batch_alter_table("drill", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_drill_day"), ["day"], unique=False)

    op.create_table(
        "incident",
        sa.Column("season_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("place", sa.String(24), nullable=False),
        sa.Column("place_detail", sa.String(length=120), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.Time(), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("reported_at", sa.DateTime(), nullable=False),
        sa.Column("reported_by", sa.String(length=120), nullable=False),
        sa.Column("told", sa.LargeBinary(), nullable=True),
        sa.Column("described", sa.LargeBinary(), nullable=True),
        sa.Column("staff_in_charge", sa.String(length=200), nullable=False),
        sa.Column("witnesses", sa.LargeBinary(), nullable=True),
        sa.Column("children_then", sa.Integer(), nullable=True),
        sa.Column("adults_then", sa.Integer(), nullable=True),
        sa.Column("needed_then", sa.Integer(), nullable=True),
        sa.Column("why1", sa.LargeBinary(), nullable=True),
        sa.Column("why2", sa.LargeBinary(), nullable=True),
        sa.Column("why3", sa.LargeBinary(), nullable=True),
        sa.Column("why4", sa.LargeBinary(), nullable=True),
        sa.Column("why5", sa.LargeBinary(), nullable=True),
        sa.Column("root_cause", sa.LargeBinary(), nullable=True),
        sa.Column("told_authority", sa.String(length=200), nullable=False),
        sa.Column("told_insurer", sa.String(length=200), nullable=False),
        sa.Column("told_brand", sa.String(length=200), nullable=False),
        sa.Column("discarded", sa.String(length=300), nullable=False),
        sa.Column("frozen", sa.Boolean(), nullable=False),
        sa.Column("signed_name", sa.String(length=120), nullable=False),
        sa.Column("signed_role", sa.String(length=80), nullable=False),
        sa.Column("signed_user", sa.String(length=120), nullable=False),
        sa.Column("signed_at", sa.DateTime(), nullable=True),
        sa.Column("proof", sa.String(24), nullable=True),
        sa.Column("approved_name", sa.String(length=120), nullable=False),
        sa.Column("approved_role", sa.String(length=80), nullable=False),
        sa.Column("approved_user", sa.String(length=120), nullable=False),
        sa.Column("approved_at", sa.DateTime(), nullable=True),
        sa.Column("approved_word", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["room_group.id"], name=op.f("fk_incident_group_id_room_group")),
        sa.ForeignKeyConstraint(["season_id"], ["season.id"], name=op.f("fk_incident_season_id_season")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
        sa.UniqueConstraint("number", name=op.f("uq_incident_number")),
    )
    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.create_index("ix_incident_day", ["day"], unique=False)

    op.create_table(
        "medicine_dose",
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.Time(), nullable=True),
        sa.Column("planned", sa.Time(), nullable=True),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(24), nullable=False),
        sa.Column("given_by", sa.String(length=120), nullable=False),
        sa.Column("witness", sa.String(length=120), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("entered_late", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["medicine_course.id"], name=op.f("fk_medicine_dose_course_id_medicine_course")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_medicine_dose")),
    )
    with op.batch_alter_table("medicine_dose", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_medicine_dose_course_id"), ["course_id"], unique=False)

    op.create_table(
        "sighting",
        sa.Column("patrol_id", sa.Integer(), nullable=True),
        sa.Column("child_id", sa.Integer(), nullable=True),
        sa.Column("worker_id", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.Time(), nullable=True),
        sa.Column("area", sa.String(length=120), nullable=False),
        sa.Column("child_name", sa.String(length=120), nullable=False),
        sa.Column("age_guess", sa.Integer(), nullable=True),
        sa.Column("parent_name", sa.String(length=120), nullable=False),
        sa.Column("doing", sa.String(24), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("found_by", sa.String(24), nullable=False),
        sa.Column("finder", sa.String(length=120), nullable=False),
        sa.Column("hazard", sa.String(length=300), nullable=False),
        sa.Column("action", sa.String(24), nullable=False),
        sa.Column("parent_talk", sa.String(length=300), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("entered_by", sa.String(length=120), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.Column("entered_late", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_sighting_child_id_child")),
        sa.ForeignKeyConstraint(["patrol_id"], ["patrol.id"], name=op.f("fk_sighting_patrol_id_patrol")),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name=op.f("fk_sighting_worker_id_worker")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sighting")),
    )
    with op.batch_alter_table("sighting", schema=None) as batch_op:
        batch_op.create_index("ix_sighting_day", ["day"], unique=False)

    op.create_table(
        "action",
        sa.Column("season_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("source", sa.String(24), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=True),
        sa.Column("incident_id", sa.Integer(), nullable=True),
        sa.Column("sighting_id", sa.Integer(), nullable=True),
        sa.Column("reference", sa.String(length=120), nullable=False),
        sa.Column("item", sa.String(length=16), nullable=False),
        sa.Column("finding", sa.String(length=500), nullable=False),
        sa.Column("severity", sa.String(24), nullable=False),
        sa.Column("repeat", sa.String(24), nullable=False),
        sa.Column("before_id", sa.Integer(), nullable=True),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("immediate", sa.String(length=500), nullable=False),
        sa.Column("why1", sa.String(length=300), nullable=False),
        sa.Column("why2", sa.String(length=300), nullable=False),
        sa.Column("why3", sa.String(length=300), nullable=False),
        sa.Column("why4", sa.String(length=300), nullable=False),
        sa.Column("why5", sa.String(length=300), nullable=False),
        sa.Column("root_cause", sa.String(length=500), nullable=False),
        sa.Column("correction", sa.String(length=500), nullable=False),
        sa.Column("prevention", sa.String(length=500), nullable=False),
        sa.Column("owner", sa.String(length=120), nullable=False),
        sa.Column("stage", sa.String(24), nullable=False),
        sa.Column("grounds", sa.String(length=500), nullable=False),
        sa.Column("made_by", sa.String(length=120), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_by", sa.String(length=120), nullable=False),
        sa.Column("done_user", sa.String(length=120), nullable=False),
        sa.Column("verified_how", sa.String(24), nullable=True),
        sa.Column("verified_name", sa.String(length=120), nullable=False),
        sa.Column("verified_role", sa.String(length=80), nullable=False),
        sa.Column("verified_user", sa.String(length=120), nullable=False),
        sa.Column("verified_at", sa.DateTime(), nullable=True),
        sa.Column("verified_word", sa.String(length=500), nullable=False),
        sa.Column("verified_proof", sa.String(24), nullable=True),
        sa.Column("check_due", sa.Date(), nullable=True),
        sa.Column("effective", sa.Boolean(), nullable=True),
        sa.Column("effective_name", sa.String(length=120), nullable=False),
        sa.Column("effective_user", sa.String(length=120), nullable=False),
        sa.Column("effective_at", sa.DateTime(), nullable=True),
        sa.Column("effective_word", sa.String(length=500), nullable=False),
        sa.Column("effective_proof", sa.String(24), nullable=True),
        sa.Column("frozen", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["before_id"], ["action.id"], name=op.f("fk_action_before_id_action")),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=op.f("fk_action_finding_id_finding")),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_action_incident_id_incident")),
        sa.ForeignKeyConstraint(["season_id"], ["season.id"], name=op.f("fk_action_season_id_season")),
        sa.ForeignKeyConstraint(["sighting_id"], ["sighting.id"], name=op.f("fk_action_sighting_id_sighting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
        sa.UniqueConstraint("number", name=op.f("uq_action_number")),
    )
    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_action_finding_id"), ["finding_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_action_season_id"), ["season_id"], unique=False)

    op.create_table(
        "first_aid_use",
        sa.Column("season_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.Time(), nullable=True),
        sa.Column("child_id", sa.Integer(), nullable=True),
        sa.Column("incident_id", sa.Integer(), nullable=True),
        sa.Column("injury", sa.LargeBinary(), nullable=True),
        sa.Column("items", sa.String(length=300), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("entered_late", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_first_aid_use_child_id_child")),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_first_aid_use_incident_id_incident")),
        sa.ForeignKeyConstraint(["season_id"], ["season.id"], name=op.f("fk_first_aid_use_season_id_season")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_first_aid_use")),
    )
    with op.batch_alter_table("first_aid_use", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_first_aid_use_day"), ["day"], unique=False)

    op.create_table(
        "incident_child",
        sa.Column("incident_id", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("part", sa.LargeBinary(), nullable=True),
        sa.Column("injury", sa.LargeBinary(), nullable=True),
        sa.Column("marks", sa.LargeBinary(), nullable=True),
        sa.Column("temperature", sa.LargeBinary(), nullable=True),
        sa.Column("first_aid", sa.LargeBinary(), nullable=True),
        sa.Column("first_aid_by", sa.String(length=120), nullable=False),
        sa.Column("medicine", sa.LargeBinary(), nullable=True),
        sa.Column("clinic", sa.LargeBinary(), nullable=True),
        sa.Column("parent_told_day", sa.Date(), nullable=True),
        sa.Column("parent_told_at", sa.Time(), nullable=True),
        sa.Column("parent_told_by", sa.String(length=120), nullable=False),
        sa.Column("parent_told_who", sa.String(length=120), nullable=False),
        sa.Column("parent_told_how", sa.String(length=60), nullable=False),
        sa.Column("parent_comment", sa.LargeBinary(), nullable=True),
        sa.Column("parent_signed_on", sa.Date(), nullable=True),
        sa.Column("hidden", sa.String(length=300), nullable=False),
        sa.Column("frozen", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_incident_child_child_id_child")),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_incident_child_incident_id_incident")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_child")),
        sa.UniqueConstraint("incident_id", "child_id", name=op.f("uq_incident_child_incident_id")),
    )
    with op.batch_alter_table("incident_child", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_incident_child_child_id"), ["child_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_incident_child_incident_id"), ["incident_id"], unique=False)

    op.create_table(
        "action_step",
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(24), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=80), nullable=False),
        sa.Column("user", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("word", sa.String(length=500), nullable=False),
        sa.Column("proof", sa.String(24), nullable=True),
        sa.Column("frozen", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_action_step_action_id_action")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_step")),
    )
    with op.batch_alter_table("action_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_action_step_action_id"), ["action_id"], unique=False)

    op.create_table(
        "evidence",
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("after", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("caption", sa.String(length=200), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("frozen", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_evidence_action_id_action")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_action_id"), ["action_id"], unique=False)

    op.create_table(
        "incident_addendum",
        sa.Column("incident_id", sa.Integer(), nullable=False),
        sa.Column("incident_child_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("frozen", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["incident_child_id"],
            ["incident_child.id"],
            name=op.f("fk_incident_addendum_incident_child_id_incident_child"),
        ),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incident.id"], name=op.f("fk_incident_addendum_incident_id_incident")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_addendum")),
    )
    with op.batch_alter_table("incident_addendum", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_incident_addendum_incident_id"), ["incident_id"], unique=False)

    op.create_table(
        "incident_file",
        sa.Column("incident_id", sa.Integer(), nullable=False),
        sa.Column("incident_child_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("frozen", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["incident_child_id"], ["incident_child.id"], name=op.f("fk_incident_file_incident_child_id_incident_child")
        ),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_incident_file_incident_id_incident")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_file")),
    )
    with op.batch_alter_table("incident_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_incident_file_incident_id"), ["incident_id"], unique=False)
    op.create_table(
        "season_rule",
        sa.Column("season_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("ratio_profile", sa.String(length=40), nullable=False),
        sa.Column("ratio_mode", sa.String(24), nullable=False),
        sa.Column("nap_from", sa.Time(), nullable=True),
        sa.Column("nap_until", sa.Time(), nullable=True),
        sa.Column("required_papers", sa.String(length=200), nullable=False),
        sa.Column("required_skills", sa.String(length=60), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["season_id"], ["season.id"], name=op.f("fk_season_rule_season_id_season")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_season_rule")),
        sa.UniqueConstraint("season_id", "until", name=op.f("uq_season_rule_season_id")),
    )
    with op.batch_alter_table("factory", schema=None) as batch_op:
        batch_op.add_column(sa.Column("letterbox", sa.String(length=64), nullable=False, server_default=""))
