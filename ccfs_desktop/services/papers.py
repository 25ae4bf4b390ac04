"""What each printed paper shows: plain facts, gathered by the services and drawn by the reports.

Texts are as people wrote them; the paper makes them safe and fitting. ``None`` and "" print as room to write.
"""

import enum
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Literal

from ccfs_desktop.i18n import N_


@dataclass(frozen=True)
class Letterhead:
    """Who printed what, where and when: the same on every paper."""

    factory: str
    factory_latin: str
    space: str
    season: str
    printed_at: datetime
    printed_by: str
    program_version: str
    languages: tuple[str, ...]
    """The paper's languages, such as ``("zh_CN", "en")``: the first one large, the second one small."""
    imprint: "Imprint | None" = None
    """Of an issued document; a working paper has none."""


@dataclass(frozen=True)
class Imprint:
    """What makes a paper an issued document: printed in the foot of every page, and in its QR code."""

    number: str
    edition: int
    first_day: date
    last_day: date
    filters: str
    """What it was limited to, in words; empty for everything."""
    seal: str
    """The head of the audit trail when the facts were read: ``#812 7K2M-9QXA-RT4C``."""
    fingerprint: str
    """SHA-256 of the certificate whose key signs it, hexadecimal."""

    @property
    def code(self) -> str:
        """The QR code: number, seal and the beginning of the fingerprint, 60 and 64 bits of them."""
        entry, letters = self.seal.removeprefix("#").split()
        return f"CCFS:{self.number}:{entry}:{letters.replace('-', '')}:{self.fingerprint[:16].upper()}"


class Alert(enum.StrEnum):
    """What an adult at the door must know about a child."""

    ALLERGY = "allergy"
    MEDICINE = "medicine"
    CARE_PLAN = "care_plan"
    PICK_UP = "pick_up"
    NO_PHOTO = "no_photo"


ALERT_WORDS: dict[Alert, str] = {
    Alert.ALLERGY: N_("Allergy"),
    Alert.MEDICINE: N_("Medication"),
    Alert.CARE_PLAN: N_("Care plan"),
    Alert.PICK_UP: N_("Restricted pick-up"),
    Alert.NO_PHOTO: N_("No photos"),
}
"""The legend under each list."""


# ------------------------------------------------------------------------------------------------ the day's sheets
@dataclass(frozen=True)
class SheetRow:
    """One child's line on the day sheet; ``ref`` is the enrolment's id."""

    ref: int
    position: int
    name: str
    name_latin: str = ""
    age: int | None = None
    number: str = ""
    alerts: tuple[Alert, ...] = ()
    expected: bool = True


@dataclass(frozen=True)
class DaySheet:
    """The sign-in sheet of one group on one day."""

    letterhead: Letterhead
    day: date
    group: str
    opens: time
    closes: time
    capacity: int
    code: str
    layout: Literal["scan-ready", "full"]
    revision: int
    copy: int
    site_key: bytes = field(repr=False)
    rows: tuple[SheetRow, ...]
    staff: tuple[str, ...] = ()


@dataclass(frozen=True)
class Adult:
    """Somebody to call or to hand a child to."""

    name: str
    relation: str = ""
    workplace: str = ""
    """Workshop and line, or company."""
    phones: tuple[str, ...] = ()


@dataclass(frozen=True)
class EmergencyRow:
    """One child on the emergency list."""

    name: str
    name_latin: str = ""
    age: int | None = None
    number: str = ""
    group: str = ""
    photo: bytes | None = field(default=None, repr=False)
    parents: tuple[Adult, ...] = ()
    contacts: tuple[Adult, ...] = ()
    alerts: tuple[Alert, ...] = ()
    health: str = ""
    """Allergies, medicines and what to do."""
    blood: str = ""
    doctor: str = ""
    restriction: str = ""
    """Who must not collect this child."""


@dataclass(frozen=True)
class OtherHere:
    """An adult who is in the space and is no child's: staff on duty, or a visitor."""

    name: str
    what: str
    """A role as a message, or where the visitor is from."""
    visitor: bool
    since: time | None = None
    host: str = ""


@dataclass(frozen=True)
class EmergencyList:
    """All children of a day with the people to call, for the clipboard by the door."""

    letterhead: Letterhead
    day: date
    rows: tuple[EmergencyRow, ...]
    others: tuple[OtherHere, ...] | None = None
    """The adults to be counted as well; None on the list of a day, which says who is expected."""


@dataclass(frozen=True)
class StaffRow:
    """One adult on duty."""

    name: str
    role: str = ""
    group: str = ""
    planned_in: time | None = None
    planned_out: time | None = None
    counted: bool = True
    """Whether this adult counts towards the ratio."""


@dataclass(frozen=True)
class StaffSignIn:
    """The sheet on which the adults on duty sign."""

    letterhead: Letterhead
    day: date
    rows: tuple[StaffRow, ...]
    spare_rows: int = 4
    code: str = ""
    """The sheet's number."""
    revision: int = 0
    copy: int = 1
    site_key: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class VisitorLog:
    """An empty log for a day's visitors, or for any day."""

    letterhead: Letterhead
    day: date | None = None
    lines: int = 14


@dataclass(frozen=True)
class DayPack:
    """Everything the space needs on paper for one day."""

    letterhead: Letterhead
    day: date
    sheets: tuple[DaySheet, ...]
    emergency: EmergencyList | None = None
    staff: StaffSignIn | None = None
    visitors: VisitorLog | None = None


@dataclass(frozen=True)
class Closing:
    """One thing that stood in the way of closing the day, and what was said about it."""

    text: str
    critical: bool = False
    answer: str = ""


@dataclass(frozen=True)
class SheetState:
    """What became of one printed sheet: ``state`` is a finished word such as "returned"."""

    code: str
    group: str
    copies: int
    state: str
    note: str = ""
    """What became of a missing or voided one."""


@dataclass(frozen=True)
class DayClosing:
    """The day as it was closed."""

    letterhead: Letterhead
    day: date
    expected: int
    present: int
    absent_excused: int
    absent_unexcused: int
    not_signed_out: int
    late_entries: int
    sheets: tuple[SheetState, ...] = ()
    exceptions: tuple[Closing, ...] = ()
    headcounts: tuple[tuple[time, int | None], ...] = ()
    staff: tuple[str, ...] = ()
    closed_by: str = ""
    closed_at: datetime | None = None
    audit_head: str = ""
    """Seal of the audit trail when this was printed."""


# --------------------------------------------------------------------------------------------------- enrolment
@dataclass(frozen=True)
class ChildFacts:
    """The child's part of the enrolment form."""

    name: str | None = None
    name_latin: str | None = None
    nickname: str | None = None
    sex: str | None = None
    birth_date: date | None = None
    age: int | None = None
    document_tail: str | None = None
    """Last four characters of the birth certificate or identity card that was seen."""
    language: str | None = None
    school: str | None = None
    lives_with: str | None = None
    arrives: date | None = None
    leaves: date | None = None
    sleeps: str | None = None
    siblings: str | None = None
    photo: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True)
class ParentFacts:
    """A parent or guardian on the enrolment form."""

    name: str | None = None
    relation: str | None = None
    worker_number: str | None = None
    department: str | None = None
    shift: str | None = None
    phone: str | None = None


@dataclass(frozen=True)
class HealthFacts:
    """The health declaration on the enrolment form."""

    allergies: str | None = None
    conditions: str | None = None
    medicine: str | None = None
    diet: str | None = None
    vaccinations: str | None = None
    support: str | None = None
    habits: str | None = None
    insurance: str | None = None


@dataclass(frozen=True)
class OfficeFacts:
    """What the office fills in."""

    received: date | None = None
    eligible: str | None = None
    decision: str | None = None
    group: str | None = None
    number: str | None = None
    entered_by: str | None = None


@dataclass(frozen=True)
class EnrolmentPaper:
    """The enrolment form: blank when nothing is known, filled with what is."""

    letterhead: Letterhead
    child: ChildFacts = ChildFacts()
    parents: tuple[ParentFacts, ...] = ()
    contacts: tuple[Adult, ...] = ()
    collectors: tuple[Adult, ...] = ()
    must_not_collect: str | None = None
    hours_wanted: str | None = None
    health: HealthFacts = HealthFacts()
    criteria: str | None = None
    heard_from: str | None = None
    office: OfficeFacts = OfficeFacts()


@dataclass(frozen=True)
class ConsentItem:
    """One consent: its letter, its wording as it was shown, and the answers offered."""

    letter: str
    title: str
    text: str
    version: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class ConsentSet:
    """The agreements a guardian ticks and signs one by one."""

    letterhead: Letterhead
    child: str | None
    number: str | None
    guardian: str | None
    items: tuple[ConsentItem, ...]


@dataclass(frozen=True)
class Badge:
    """A child's badge; ``code`` is what its QR code says."""

    name: str
    name_latin: str = ""
    number: str = ""
    group: str = ""
    code: str = ""
    alerts: tuple[Alert, ...] = ()
    photo: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True)
class BadgeSheet:
    """Badges to cut out."""

    letterhead: Letterhead
    badges: tuple[Badge, ...]


@dataclass(frozen=True)
class PickupCard:
    """What an authorised adult shows to collect a child."""

    child: str
    child_number: str
    adult: str
    relation: str = ""
    code: str = ""
    valid_until: date | None = None
    photo: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True)
class PickupCardSheet:
    """Pick-up cards to cut out."""

    letterhead: Letterhead
    cards: tuple[PickupCard, ...]


# ------------------------------------------------------------------------------------------------------ the office
@dataclass(frozen=True)
class RecoverySheet:
    """The code that opens the office when every password is lost; to be kept by two people in two places."""

    letterhead: Letterhead
    office: str
    code: str = field(repr=False)
    users: tuple[str, ...] = ()
