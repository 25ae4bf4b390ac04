"""The one list of documents the program can print."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ccfs_desktop.i18n import N_
from ccfs_desktop.reports import (
    action_plan,
    action_sheet,
    audit_pack_front,
    badges,
    check_history,
    check_record,
    checklist_form,
    code_of_conduct,
    compliance_report,
    concern_record,
    consents,
    data_paper,
    data_quality,
    day_closing,
    day_pack,
    drill_record,
    emergency_list,
    enrolment_form,
    health_log,
    incident_register,
    incident_report,
    log_lists,
    medicine_log,
    patrol_form,
    patrol_register,
    patrol_trend,
    ratio_proof,
    recovery_sheet,
    sign_in_sheet,
    staff_file,
    staff_sign_in,
    vetting_list,
    visitor_log,
    wall_roster,
    weekly_summary,
)


@dataclass(frozen=True)
class Document:
    """A document: its name for commands and files, its title for people, and what draws it."""

    name: str
    title: str
    render: Callable[[Any], bytes]
    issued: bool = False
    """Whether it is a report or record that is handed out: numbered, signed and kept (``issuing.issue``)."""


DOCUMENTS: tuple[Document, ...] = (
    Document("sign-in-sheet", N_("Sign-in sheet"), sign_in_sheet.render),
    Document("emergency-list", N_("Emergency list"), emergency_list.render),
    Document("staff-sign-in", N_("Staff sign-in"), staff_sign_in.render),
    Document("ratio-proof", N_("Proof of the ratio"), ratio_proof.render, issued=True),
    Document("ratio-period", N_("Proof of the ratio of a period"), ratio_proof.render, issued=True),
    Document("visitor-log", N_("Visitor log"), visitor_log.render),
    Document("day-pack", N_("Papers of the day"), day_pack.render),
    Document("day-closing", N_("Closing of the day"), day_closing.render, issued=True),
    Document("enrolment-form", N_("Enrolment form"), enrolment_form.render),
    Document("consents", N_("Agreements and consents"), consents.render),
    Document("badges", N_("Badges"), badges.render),
    Document("pick-up-cards", N_("Pick-up cards"), badges.render_pickup_cards),
    Document("staff-file", N_("Staff file"), staff_file.render, issued=True),
    Document("vetting-list", N_("Vetting list"), vetting_list.render, issued=True),
    Document("code-of-conduct", N_("Code of conduct"), code_of_conduct.render),
    Document("wall-roster", N_("Roster for the wall"), wall_roster.render),
    Document("checklist-form", N_("Clipboard form"), checklist_form.render),
    Document("action-plan", N_("Corrective action plan"), action_plan.render, issued=True),
    Document("corrective-action", N_("Corrective action"), action_sheet.render, issued=True),
    Document("check-record", N_("Safety check"), check_record.render, issued=True),
    Document("check-history", N_("Safety checks of the season"), check_history.render, issued=True),
    Document("concern", N_("Safeguarding concern"), concern_record.render),
    Document("patrol-form", N_("Patrol form"), patrol_form.render),
    Document("patrol-register", N_("Patrols and children in production"), patrol_register.render, issued=True),
    Document("patrol-trend", N_("Children in production: the trend"), patrol_trend.render, issued=True),
    Document("medicine-log", N_("Medicine log"), medicine_log.render),
    Document("health-log", N_("Health log"), health_log.render),
    Document("incident-report", N_("Incident report"), incident_report.render),
    Document("incident-parents", N_("Incident report: copy for the parents"), incident_report.render_parent),
    Document("incident-register", N_("Incident register"), incident_register.render, issued=True),
    Document("visitor-register", N_("Visitor register"), log_lists.render),
    Document("data-quality", N_("Before the auditor does"), data_quality.render),
    Document("drill-record", N_("Drill record"), drill_record.render),
    Document("drill-register", N_("Drill register"), log_lists.render, issued=True),
    Document("food-log", N_("Food log"), log_lists.render),
    Document("first-aid-kit", N_("Contents of the first-aid kit"), log_lists.render),
    Document("first-aid-log", N_("First-aid log"), log_lists.render),
    Document("compliance-report", N_("Compliance report"), compliance_report.render, issued=True),
    Document("compliance-summary", N_("Compliance summary"), compliance_report.render_summary, issued=True),
    Document("weekly-summary", N_("Weekly summary"), weekly_summary.render, issued=True),
    Document("consent-register", N_("Consent register"), data_paper.render),
    Document("disposal-record", N_("Record of disposal"), data_paper.render, issued=True),
    Document("disclosure-log", N_("Disclosure log"), data_paper.render),
    Document("breach-summary", N_("Summary for a data breach"), data_paper.render, issued=True),
    Document("data-audit", N_("Audit of minors' data"), data_paper.render, issued=True),
    Document("impact-assessment", N_("Impact assessment of data protection"), data_paper.render, issued=True),
    Document("guardian-copy", N_("Copy of the child's data"), data_paper.render),
    Document("audit-pack", N_("Audit pack"), audit_pack_front.cover, issued=True),
    Document("recovery-sheet", N_("Recovery sheet"), recovery_sheet.render),
)


def document(name: str) -> Document:
    """Return a document by its name."""
    return next(one for one in DOCUMENTS if one.name == name)
