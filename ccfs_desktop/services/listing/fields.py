"""What can be read from the factory's three lists, and how a cell of each column is to be understood."""

from dataclasses import dataclass

from ccfs_desktop.i18n import N_, _

KINDS = {"workers": N_("Worker list"), "children": N_("Children's registration"), "staff": N_("Staff list")}
"""The three lists and what they are called."""


@dataclass(frozen=True)
class Field:
    """One thing a list can tell."""

    label: str
    type: str
    """How cells are read: ``name``, ``date``, ``code``, ``phone``, ``sex``, ``yes``, ``relation``, ``role``,
    ``employment``, ``weekdays``, ``hours``, ``status``, ``people``, ``health``, ``tick`` or ``text``."""
    required: bool = False
    """Whether a list without such a column cannot be read, and a row without it needs attention."""
    blocks: bool = False
    """Whether a cell that cannot be understood needs attention; otherwise it is left out with a warning."""
    years: tuple[int, int] = (-70, 2)
    """For dates: the years they usually lie in, counted from this year."""
    marks: bool = False
    """Whether only this kind of list has such a column."""


def _name(label: str, *, required: bool = False, blocks: bool = False) -> Field:
    return Field(label, "name", required=required, blocks=blocks)


_PERSON = {
    "name_latin": _name(N_("Name in Latin letters")),
    "surname": _name(N_("Family name")),
    "middle": _name(N_("Middle name")),
    "name_more": _name(N_("Rest of the name")),
    "sex": Field(N_("Sex"), "sex"),
    "male": Field(N_("Male (ticked)"), "tick"),
    "female": Field(N_("Female (ticked)"), "tick"),
}

FIELDS: dict[str, dict[str, Field]] = {
    "workers": {
        "number": Field(N_("Employee no."), "code", required=True, blocks=True),
        "name": _name(N_("Name"), required=True, blocks=True),
        **_PERSON,
        "hired_on": Field(N_("Hired on"), "date", years=(-50, 1), marks=True),
        "department": Field(N_("Department"), "text"),
        "line": Field(N_("Line"), "text", marks=True),
        "shift": Field(N_("Shift"), "text", marks=True),
        "origin": Field(N_("Home place"), "text", marks=True),
        "migrant": Field(N_("Migrant worker"), "yes", marks=True),
        "phone": Field(N_("Phone"), "phone"),
        "supervisor_number": Field(N_("Supervisor's no."), "code", marks=True),
        "left_on": Field(N_("Left on"), "date", blocks=True, years=(-30, 1), marks=True),
        "status": Field(N_("Employment status"), "status", marks=True),
    },
    "children": {
        "name": _name(N_("Child's name"), required=True, blocks=True),
        **_PERSON,
        "nickname": _name(N_("Called")),
        "birth_date": Field(N_("Date of birth"), "date", required=True, blocks=True, years=(-30, 1), marks=True),
        "birth_month": Field(N_("Month of birth"), "text"),
        "birth_year": Field(N_("Year of birth"), "text"),
        "worker_number": Field(N_("Parent's employee no."), "code", blocks=True),
        "guardian_name": Field(N_("Parent's name"), "name", marks=True),
        "relation": Field(N_("Relationship"), "relation", marks=True),
        "phone": Field(N_("Phone"), "phone"),
        "second_name": _name(N_("Second parent's name")),
        "second_number": Field(N_("Second parent's employee no."), "code"),
        "second_relation": Field(N_("Second parent's relationship"), "relation"),
        "second_phone": Field(N_("Second phone"), "phone"),
        "father_name": Field(N_("Father's name"), "name", marks=True),
        "father_number": Field(N_("Father's employee no."), "code", blocks=True),
        "father_phone": Field(N_("Father's phone"), "phone"),
        "mother_name": Field(N_("Mother's name"), "name", marks=True),
        "mother_number": Field(N_("Mother's employee no."), "code", blocks=True),
        "mother_phone": Field(N_("Mother's phone"), "phone"),
        "department": Field(N_("Parent's department"), "text"),
        "line": Field(N_("Parent's line"), "text"),
        "shift": Field(N_("Parent's shift"), "text"),
        "left_behind": Field(N_("Left-behind child"), "yes", marks=True),
        "health": Field(N_("Allergies and illnesses"), "health", marks=True),
        "pickup": Field(N_("Authorised pick-up person"), "people", marks=True),
        "pickup_phone": Field(N_("Pick-up person's phone"), "phone"),
        "pickup_relation": Field(N_("Pick-up person's relationship"), "text"),
        "forbidden": Field(N_("Must not collect"), "people", marks=True),
        "photo_consent": Field(N_("Photo consent"), "yes", marks=True),
        "starts_on": Field(N_("First day"), "date", years=(-15, 2)),
        "ends_on": Field(N_("Last day"), "date", years=(-15, 2)),
        "emergency_name": _name(N_("Emergency contact")),
        "emergency_phone": Field(N_("Emergency phone"), "phone"),
        "emergency_relation": Field(N_("Emergency contact's relationship"), "text"),
        "school": Field(N_("School"), "text", marks=True),
        "grade": Field(N_("Grade"), "text", marks=True),
        "group": Field(N_("Group"), "text"),
        "speaks": Field(N_("Language spoken"), "text"),
        "sleeps_where": Field(N_("Where the child sleeps"), "text"),
        "insurance": Field(N_("Insurance"), "text"),
        "note": Field(N_("Remark"), "text"),
    },
    "staff": {
        "name": _name(N_("Name"), required=True, blocks=True),
        **_PERSON,
        "birth_date": Field(N_("Date of birth"), "date", years=(-90, -10)),
        "role": Field(N_("Role"), "role"),
        "employment": Field(N_("Employment"), "employment", marks=True),
        "phone": Field(N_("Phone"), "phone"),
        "qualification": Field(N_("Qualification"), "text"),
        "id_seen": Field(N_("Identity card seen"), "yes", marks=True),
        "referees": Field(N_("References"), "text", marks=True),
        "background_check_on": Field(N_("Background check on"), "date", years=(-30, 1), marks=True),
        "background_check_until": Field(N_("Background check valid until"), "date", years=(-15, 15), marks=True),
        "background_check_authority": Field(N_("Background check by"), "text", marks=True),
        "background_check_result": Field(N_("Result of the background check"), "text", marks=True),
        "health_certificate_on": Field(N_("Health certificate issued on"), "date", years=(-15, 1), marks=True),
        "health_certificate_until": Field(N_("Health certificate valid until"), "date", years=(-15, 15), marks=True),
        "health_certificate_number": Field(N_("Health certificate no."), "text", marks=True),
        "first_aid_on": Field(N_("First aid issued on"), "date", years=(-15, 1), marks=True),
        "first_aid_until": Field(N_("First aid valid until"), "date", years=(-15, 15), marks=True),
        "code_signed": Field(N_("Code of conduct signed"), "yes", marks=True),
        "code_signed_on": Field(N_("Code of conduct signed on"), "date", years=(-30, 1), marks=True),
        "safeguarding_on": Field(N_("Safeguarding training on"), "date", years=(-30, 1), marks=True),
        "fire_safety_on": Field(N_("Fire safety training on"), "date", years=(-30, 1), marks=True),
        "food_hygiene_on": Field(N_("Food hygiene training on"), "date", years=(-30, 1), marks=True),
        "keyholder": Field(N_("Holds the keys"), "yes", marks=True),
        "weekdays": Field(N_("Working days"), "weekdays", marks=True),
        "hours": Field(N_("Working hours"), "hours", marks=True),
        "started_on": Field(N_("Started on"), "date", years=(-50, 1)),
        "ended_on": Field(N_("Left on"), "date", years=(-30, 5)),
        "speaks": Field(N_("Language spoken"), "text"),
        "note": Field(N_("Remark"), "text"),
    },
}
"""The fields of each kind of list, in the order they are shown."""

ANCHORS = {
    "workers": {"number", "name"},
    "children": {"name", "birth_date", "worker_number", "guardian_name", "father_name", "mother_name"},
    "staff": {"name", "role"},
}
"""A row without at least one of these is not a row of headings."""


def label(kind: str, field: str) -> str:
    """Return what a field is called, in the language in use."""
    return _(FIELDS[kind][field].label)
