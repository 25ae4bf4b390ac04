"""All papers that can be asked for by name: one entry makes a paper known to the page Reports and the command line."""

from functools import partial

from ccfs_desktop.i18n import N_
from ccfs_desktop.reports import issue, issue_actions, issue_roster, issue_staff
from ccfs_desktop.reports.order import Printable, When

PRINTABLES = (
    Printable(
        "day-pack",
        N_("The day's pack"),
        N_("Everything the space needs on paper: sheets, emergency list, staff sign-in, visitor log."),
        "printer",
        issue.day_pack,
        by_group=True,
    ),
    Printable(
        "sign-in-sheet",
        N_("Sign-in sheets"),
        N_("One numbered sheet per group. A sheet printed before comes out the same, with its number."),
        "clipboard-check",
        issue.sign_in_sheets,
        by_group=True,
    ),
    Printable(
        "emergency-list",
        N_("Emergency list"),
        N_("For the clipboard by the door: whom to call, what to watch for, roll call."),
        "siren",
        issue.emergency,
    ),
    Printable(
        "staff-sign-in",
        N_("Staff sign-in"),
        N_("The adults on duty sign here. Planned times are those of the published roster; “(–)” does not count."),
        "users",
        issue.staff_sheet,
        when=(When.DAY, When.PERIOD),
    ),
    Printable(
        "roster",
        N_("Roster for the wall"),
        N_("One page for a week: who is there when, in which group, with breaks; adults needed against planned."),
        "calendar",
        issue_roster.ordered,
        (When.WEEK,),
    ),
    Printable(
        "ratio-proof",
        N_("Proof of the ratio"),
        N_("Children, adults needed and adults who counted: a day by the quarter hour, or a period by days."),
        "scale",
        issue_staff.ratio_proof,
        when=(When.DAY, When.PERIOD),
    ),
    Printable(
        "action-plan",
        N_("Corrective action plan"),
        N_("Every finding with cause, correction, prevention, evidence and who verified it, as auditors know it."),
        "circle-check",
        issue_actions.ordered,
        when=(When.PERIOD, When.NOW),
    ),
    Printable("visitor-log", N_("Visitor log"), N_("An empty log for a day."), "id-card", issue.visitors),
    Printable(
        "staff-file",
        N_("Staff file"),
        N_("A person's file with every paper and until when it holds; of everybody unless one is named."),
        "file-text",
        partial(issue_staff.ordered, "staff-file"),
        when=(When.NOW, When.DAY),
        by_staff=True,
    ),
    Printable(
        "vetting-list",
        N_("Vetting list"),
        N_("Everybody with background check, health certificate, code of conduct, training and first aid."),
        "shield-check",
        partial(issue_staff.ordered, "vetting-list"),
        when=(When.NOW, When.DAY),
    ),
    Printable(
        "code-of-conduct",
        N_("Code of conduct"),
        N_("To be signed by one person; blank unless one is named."),
        "scale",
        partial(issue_staff.ordered, "code-of-conduct"),
        when=(When.NOW,),
        by_staff=True,
    ),
    Printable(
        "code-of-conduct-list",
        N_("Code of conduct, list to sign"),
        N_("All adults sign one list."),
        "scale",
        partial(issue_staff.ordered, "code-of-conduct-list"),
        when=(When.NOW,),
    ),
    Printable(
        "staff-badges",
        N_("Staff badges"),
        N_("Badges to cut out. Scanned under Staff, On duty, they sign their owner in and out."),
        "id-card",
        issue_staff.staff_badges,
        when=(When.NOW,),
        by_staff=True,
    ),
)
"""In the order they are offered."""
