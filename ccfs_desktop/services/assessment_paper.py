"""What the impact assessment says: filled in as far as the program knows, the judgement left to a person's hand.

Source: security.md 5; risks and what is left over: security.md 2.2. What each kind of record is needed for is ours.
"""

from dataclasses import dataclass

from ccfs_desktop.i18n import N_
from ccfs_desktop.models.child import ConsentPurpose
from ccfs_desktop.services import data_papers, retention, roles, small_groups
from ccfs_desktop.services.assessment import Assessment
from ccfs_desktop.services.data_audit import HELD
from ccfs_desktop.services.data_papers import DataPaper, Head, Section
from ccfs_desktop.services.log_papers import Entry, Word
from ccfs_desktop.services.papers import Letterhead
from ccfs_desktop.services.roles import ROLE_SENTENCES, ROLE_WORDS, Right

TITLE = N_("Impact assessment of data protection")


@dataclass(frozen=True)
class Risk:
    """What could happen to children or their families; each text marked."""

    threat: str
    met: str
    left: str


RISKS = (
    Risk(
        N_("PC, disk, backup or an e-mailed file is stolen: strangers learn names, health and where a child sleeps."),
        N_("Database and backups are encrypted; they open only with a password or the recovery code."),
        N_("A weak password can be guessed; at least 15 characters are asked for."),
    ),
    Risk(
        N_("A colleague sits down at an open window and reads about a child."),
        N_("The window locks itself when nobody uses it, and when Windows locks or sleeps."),
        N_("The minutes before it locks."),
    ),
    Risk(
        N_("A user sees more of a child than the work needs."),
        N_("Each role is held to its rights; health and incidents have a second seal; reading them is noted."),
        N_("Roles that hold the same key are kept apart by the program only."),
    ),
    Risk(
        N_("Somebody in the office rewrites what happened to a child."),
        N_("The audit trail is a chain of seals; each issued report carries the newest one."),
        N_("Entries since the last seal that was printed or sent."),
    ),
    Risk(
        N_("Somebody who left the factory still reads children's data."),
        N_("The user is removed and the office's keys are changed."),
        N_("Old backups still open with the keys of their day, until they are thrown away."),
    ),
    Risk(
        N_("All passwords are forgotten: whom to call, and allergies, cannot be looked up."),
        N_("The recovery code lies on paper in the safe; the emergency list is printed for the clipboard."),
        N_("If paper and passwords are lost, the data is gone."),
    ),
    Risk(
        N_("A malicious program, or an administrator of the PC, reads along."),
        N_("Nothing inside a program can stop this."),
        N_("Encrypted disk, virus protection and users without administrator rights: for the factory to see to."),
    ),
)  # fmt: skip
"""Source: security.md 2.2."""

NEEDED = {
    "child": N_("To know who is there, in which group by age, and where the child belongs in the evening."),
    "guardian": N_("To ask for consent, and to call when something happens."),
    "pickup_adult": N_("To give the child only to somebody who may collect it."),
    "contact": N_("To reach somebody when the parents cannot be reached."),
    "photo": N_("To recognise the child at the door. Optional."),
    "care_plan": N_("To keep the child safe: allergies, illnesses, medicine, diet."),
    "health_note": N_("To keep an ill child and the others safe; to see an outbreak."),
    "medicine_course": N_("To give medicine only as a parent asked in writing."),
    "incident_child": N_("To treat, to tell the parents, and to prevent it the next time."),
    "consent": N_("To prove who agreed to what."),
    "visit": N_("To know who is in the space, in a fire too, and that there were enough adults."),
    "worker": N_("To know whose child it is, and in which workshop the parent is found."),
    "staff": N_("To know that whoever is with the children may be."),
    "staff_paper": N_("To prove the background check and the health certificate."),
    "visitor": N_("To know who else was in the space."),
}
"""Table of ``data_audit.HELD`` → what it is needed for, marked. Ours."""

_MATRIX = (
    (Right.REGISTER, N_("Register: name, age, group, allergy flag, who may collect")),
    (Right.FILES, N_("Files of children and families")),
    (Right.NAMES, N_("Names of children and families, not masked")),
    (Right.DETAILS, N_("Health, incidents, medicine")),
    (Right.CONSENT, N_("Record and take back consent")),
    (Right.PROTECTION, N_("Consents, retention, what was given out and erased: read")),
    (Right.DATA, N_("Retention, copies, erasing with a second person")),
    (Right.USERS, N_("Users")),
    (Right.TRAIL, N_("Audit trail")),
    (Right.BACKUP, N_("Backups")),
)
_YES, _NO = Word(N_("Yes")), "–"
_COUNSEL = N_("Have counsel check this before you rely on it.")


def assessment(head: Letterhead, found: Assessment) -> DataPaper:
    """Return the assessment, pre-filled."""
    return DataPaper(
        head, TITLE, (found.day.isoformat(),),
        (
            _about(found), _purposes(found), _persons(found), _held(), _basis(found), *_access(found), _kept(found),
            _measures(found), _risks(), _judgement(),
        ),
        signed=(N_("Assessed by"), N_("Responsible person"), N_("Date")),
    )  # fmt: skip


def _about(found: Assessment) -> Section:
    until = Word(N_("Keep this paper, signed, until {day} at the earliest."), {"day": found.kept_until or ""})
    return Section("", (
        Word(N_("Filled in by the program from this office's settings. What is empty is for the responsible person to "
                "judge and to write. Made before the first child's data is kept, and anew when something changes.")),
        *((until,) if found.kept_until else ()),
    ))  # fmt: skip


def _purposes(found: Assessment) -> Section:
    by = {one.purpose: one for one in found.coverage}
    rows: list[tuple[Entry, ...]] = []
    for purpose in ConsentPurpose:
        one = by.get(purpose)
        given = small_groups.shown((one.given, one.children - one.given))[0] if one else "0"
        rows.append((Word(purpose.word), given or _NO))
    told = Word(N_("Each purpose is asked for by itself, of a guardian, and may be taken back at any time."))
    few = Word(N_("Groups of fewer than five are not shown, so that nobody can be recognised."))
    heads = (Head(N_("Purpose"), 4), Head(N_("Given"), 1, number=True))
    return Section(N_("What is processed, and why"), (told, few), heads, tuple(rows))


def _persons(found: Assessment) -> Section:
    heads = (Head(N_("What"), 4), Head(N_("How many"), 1, number=True))
    return Section(N_("Whose data, and how many"), heads=heads, rows=data_papers.persons(found.persons))


def _held() -> Section:
    heads = (
        Head(N_("Which data"), 2.6), Head(N_("Needed for"), 2.6), Head(N_("Sensitive"), 0.9),
        Head(N_("Necessary? Could it be less?"), 1.5),
    )  # fmt: skip
    rows = tuple(
        (Word(noun), Word(NEEDED[table]), _YES if sensitive else Word(N_("No")), "") for table, noun, sensitive in HELD
    )
    return Section(N_("Categories, and whether they are necessary"), heads=heads, rows=rows)


def _basis(found: Assessment) -> Section:
    if not found.laws:
        told = Word(
            N_("No law of this country ({country}) is noted in the program. Have counsel write here which ones hold."),
            {"country": found.country},
        )
        blank = tuple(("", "") for _line in range(3))
        heads = (Head(N_("Law"), 2), Head(N_("What it asks"), 3))
        return Section(N_("Legal basis"), (told,), heads, blank, high=True)
    heads = (Head(N_("Law"), 2), Head(N_("What it asks"), 3), Head(N_("How well known"), 1.2))
    rows = tuple((Word(one.title), Word(one.text), Word(retention.KNOWN[one.known])) for one in found.laws)
    return Section(N_("Legal basis"), (Word(_COUNSEL),), heads, rows)


def _access(found: Assessment) -> tuple[Section, Section]:
    heads = (Head(N_("Role"), 1.2), Head(N_("Users"), 0.6, number=True), Head(N_("What it may do"), 4))
    rows = tuple(
        (Word(word), str(found.users.get(role, 0)) if found.users else _NO, Word(ROLE_SENTENCES[role]))
        for role, word in ROLE_WORDS.items()
    )
    grid = tuple(
        (Word(title), *(_YES if roles.allows(role, right) else _NO for role in ROLE_WORDS)) for right, title in _MATRIX
    )
    columns = (Head(N_("Right"), 2.4), *(Head(word, 1) for word in ROLE_WORDS.values()))
    return (
        Section(N_("Who has access"), heads=heads, rows=rows),
        Section(N_("Rights of the roles"), heads=columns, rows=grid),
    )


def _kept(found: Assessment) -> Section:
    heads, rows = data_papers.schedule(found.schedule)
    return Section(N_("How long it is kept"), (Word(_COUNSEL),), heads, rows)


def _measures(found: Assessment) -> Section:
    server = N_(
        "CCFS Desktop with a PostgreSQL database on a server of the factory; health and incidents are sealed with a "
        "second key. Encrypting the server's disk, and its backups, is for its administrator to see to."
    )
    file = N_(
        "Backups are encrypted as the office is, made every half hour when something changed, read back at once, and "
        "tried by a restore every week."
    )
    return Section(N_("Measures"), (
        *((Word(server),) if found.on_server else (Word(data_papers.SYSTEM), Word(file))),
        Word(data_papers.OFFLINE),
        Word(N_("Everybody has a name and a password of their own; giving and taking a role is approved and recorded. "
                "An auditor sees one period, names masked until a family is revealed, and each reveal is recorded.")),
        Word(N_("The audit trail keeps who did what when, who read health records, searched, printed and exported; a "
                "change to it is found when it is checked.")),
        Word(N_("Whoever erases needs a second person; what is erased is gone from the trail too, and has a record.")),
    ))  # fmt: skip


def _risks() -> Section:
    heads = (
        Head(N_("What could happen"), 2.2), Head(N_("How it is met"), 2.2), Head(N_("What is left over"), 1.8),
        Head(N_("Judgement"), 1.3),
    )  # fmt: skip
    rows = tuple((Word(one.threat), Word(one.met), Word(one.left), "") for one in RISKS)
    return Section(N_("Risks to the children, and how each is met"), heads=heads, rows=(*rows, *(("",) * 4,) * 2))


def _judgement() -> Section:
    asked = (
        N_("Is the purpose clear and lawful, and is each kind of data necessary?"),
        N_("What could it mean for the children, and how likely and how grave is it?"),
        N_("Do the measures suffice? What is still to be done, by whom, by when?"),
        N_("Decision, and its reason"),
        N_("Next review on"),
    )
    rows = tuple((Word(one), "") for one in asked)
    heads = (Head("", 1.4), Head("", 2.6))
    return Section(N_("Assessment of the responsible person"), heads=heads, rows=rows, high=True)
