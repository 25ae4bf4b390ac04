"""Safety checks: the lists they follow, what was answered, what was found, and what was never checked."""

from datetime import date, datetime, time

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ccfs_desktop.i18n import N_
from ccfs_desktop.models.base import Choice, Record, choice, label


class Severity(Choice):
    """What it means when an item fails. Source: domain.md 3, legend."""

    CRITICAL = "critical", N_("Critical")
    MAJOR = "major", N_("Major")
    MINOR = "minor", N_("Minor")
    NONE = "none", N_("For the record")


class Occasion(Choice):
    """When a list is due. Source: domain.md 3, the heading of each list."""

    BEFORE_SEASON = "before-season", N_("Once before the season")
    OPENING = "opening", N_("Every opening")
    CLOSING = "closing", N_("Every closing")
    MEAL = "meal", N_("Every meal")
    WEEKLY = "weekly", N_("Every week")
    MONTHLY = "monthly", N_("Every month")
    DRILL = "drill", N_("Drills")
    NEEDED = "needed", N_("When needed")


class Said(Choice):
    """What was said about an item."""

    YES = "yes", N_("Yes")
    NO = "no", N_("No")
    NOT_APPLICABLE = "na", N_("Not applicable")


class Result(Choice):
    """What a check comes to. Source: domain.md 3, rule set."""

    PASS = "pass", N_("Safe")
    ACTION = "action", N_("Safe, with actions")
    FAIL = "fail", N_("Not safe")


class Proof(Choice):
    """How a signature was proved."""

    PASSWORD = "password", N_("Signed with the password")
    DEMONSTRATION = "demonstration", N_("Demonstration office: no password was asked")
    SERVER = "server", N_("Office on a server: no password was asked")


class ChecklistEdition(Record, kw_only=True):
    """An edition of a list made in this office: a draft while it is worked on, then published and never changed."""

    __tablename__ = "checklist_edition"
    __table_args__ = (UniqueConstraint("code", "edition"),)

    code: Mapped[str] = mapped_column(String(12), index=True)
    edition: Mapped[str] = mapped_column(String(20), info=label(N_("Edition")))
    content: Mapped[str]
    """The whole list as JSON, in the form of the files in ``resources/checklists``."""
    based_on: Mapped[str] = mapped_column(String(40), default="")
    """Code and edition it was copied from."""
    made_by: Mapped[str] = mapped_column(String(120), default="", info=label(N_("Made by")))
    made_at: Mapped[datetime]
    published_by: Mapped[str] = mapped_column(String(120), default="", info=label(N_("Published by")))
    published_at: Mapped[datetime | None] = mapped_column(default=None, info=label(N_("Published at")))


class Check(Record, kw_only=True):
    """One list gone through once. Its answers keep id, wording and severity, whatever later editions say."""

    __tablename__ = "safety_check"
    __table_args__ = (Index("ix_safety_check_season_day", "season_id", "day"),)

    season_id: Mapped[int] = mapped_column(ForeignKey("season.id"))
    code: Mapped[str] = mapped_column(String(12))
    edition: Mapped[str] = mapped_column(String(20), info=label(N_("Edition")))
    title: Mapped[str] = mapped_column(String(120), info=label(N_("Checklist")))
    """As the edition has it, untranslated."""
    source: Mapped[str] = mapped_column(String(120), default="")
    occasion: Mapped[Occasion] = mapped_column(choice(Occasion))
    day: Mapped[date] = mapped_column(info=label(N_("Day")))
    """The day it speaks of."""
    due: Mapped[date] = mapped_column(info=label(N_("Due")))
    slot: Mapped[str] = mapped_column(String(24), default="")
    """Which of several on a day or in a season: ``lunch``; for drills ``first``, ``monthly``, ``nap``, ``pick-up``."""
    language: Mapped[str] = mapped_column(String(8), default="en")
    """In which the wordings were shown."""
    started_at: Mapped[datetime] = mapped_column(info=label(N_("Begun")))
    started_by: Mapped[str] = mapped_column(String(120), info=label(N_("Begun by")))
    last_at: Mapped[datetime | None] = mapped_column(default=None)
    """When the last item was answered."""
    on_paper: Mapped[bool] = mapped_column(default=False, info=label(N_("Typed from the clipboard form")))
    done_at: Mapped[time | None] = mapped_column(default=None, info=label(N_("Time of the walk")))
    """As written on the form; empty when nobody wrote it."""
    entered_late: Mapped[bool] = mapped_column(default=False, info=label(N_("Entered late")))
    result: Mapped[Result | None] = mapped_column(choice(Result), default=None, info=label(N_("Result")))
    """Kept up with every answer."""
    frozen: Mapped[bool] = mapped_column(default=False)
    signed_name: Mapped[str] = mapped_column(String(120), default="", info=label(N_("Signed by")))
    signed_role: Mapped[str] = mapped_column(String(80), default="", info=label(N_("Role")))
    signed_user: Mapped[str] = mapped_column(String(120), default="")
    signed_at: Mapped[datetime | None] = mapped_column(default=None, info=label(N_("Signed at")))
    proof: Mapped[Proof | None] = mapped_column(choice(Proof), default=None)


class CheckAnswer(Record, kw_only=True):
    """What was answered to one item, and the item as it was worded then."""

    __tablename__ = "check_answer"

    check_id: Mapped[int] = mapped_column(ForeignKey("safety_check.id"), index=True)
    position: Mapped[int]
    item: Mapped[str] = mapped_column(String(16), info=label(N_("Item")))
    text: Mapped[str] = mapped_column(String(500))
    """As the edition has it, untranslated."""
    wording: Mapped[str] = mapped_column(String(500), info=label(N_("Wording")))
    """As it was shown."""
    severity: Mapped[Severity] = mapped_column(choice(Severity))
    said: Mapped[Said | None] = mapped_column(choice(Said), default=None, info=label(N_("Answer")))
    numbers: Mapped[str] = mapped_column(String(80), default="")
    """What was typed, as text and in the order of the item's numbers: ``37.5|60``; an empty one was not typed."""
    words: Mapped[str] = mapped_column(String(500), default="", info=label(N_("Text")))
    first_date: Mapped[date | None] = mapped_column(default=None, info=label(N_("Date")))
    second_date: Mapped[date | None] = mapped_column(default=None)
    """Of an item that asks for two."""
    fails: Mapped[bool] = mapped_column(default=False)
    """Judged when it was answered, by the item's own rule."""
    reason: Mapped[str] = mapped_column(String(300), default="", info=label(N_("Why it does not apply")))
    note: Mapped[str] = mapped_column(String(500), default="", info=label(N_("What was found")))
    corrected: Mapped[bool] = mapped_column(default=False, info=label(N_("Corrected on the spot")))
    no_photo: Mapped[str] = mapped_column(String(200), default="", info=label(N_("Why there is no photo")))
    frozen: Mapped[bool] = mapped_column(default=False)
    """Signed with its check: services refuse to change it, and an undo of what came before is refused."""


class CheckPhoto(Record, kw_only=True):
    """A photo to one answer, re-encoded without hidden data, at most 1,024 pixels on its longer side."""

    __tablename__ = "check_photo"

    answer_id: Mapped[int] = mapped_column(ForeignKey("check_answer.id"), index=True)
    jpeg: Mapped[bytes] = mapped_column(LargeBinary, repr=False, info={"hashed": True})


class Finding(Record, kw_only=True):
    """An item that failed, with the day by which it must be put right; corrective actions begin here."""

    __tablename__ = "finding"

    check_id: Mapped[int] = mapped_column(ForeignKey("safety_check.id"), index=True)
    season_id: Mapped[int] = mapped_column(ForeignKey("season.id"))
    day: Mapped[date] = mapped_column(index=True, info=label(N_("Found on")))
    item: Mapped[str] = mapped_column(String(16), info=label(N_("Item")))
    text: Mapped[str] = mapped_column(String(500), info=label(N_("Wording")))
    severity: Mapped[Severity] = mapped_column(choice(Severity), info=label(N_("Severity")))
    note: Mapped[str] = mapped_column(String(500), default="", info=label(N_("What was found")))
    corrected: Mapped[bool] = mapped_column(default=False, info=label(N_("Corrected on the spot")))
    found_at: Mapped[datetime]
    due_at: Mapped[datetime] = mapped_column(info=label(N_("Due")))
    times: Mapped[int] = mapped_column(default=1)
    """How often the item failed in the last 14 days, this time counted."""
    withdrawn: Mapped[bool] = mapped_column(default=False)
    """The check was opened again; signing it anew writes its findings anew."""


class MissedCheck(Record, kw_only=True):
    """A check that nobody made, with the word given for it. It stays, also when the check is made later."""

    __tablename__ = "missed_check"
    __table_args__ = (UniqueConstraint("season_id", "code", "due", "slot"),)

    season_id: Mapped[int] = mapped_column(ForeignKey("season.id"))
    code: Mapped[str] = mapped_column(String(12))
    due: Mapped[date] = mapped_column(info=label(N_("Due")))
    slot: Mapped[str] = mapped_column(String(24), default="")
    explanation: Mapped[str] = mapped_column(String(300), info=label(N_("Explanation")))
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]


class CheckReopening(Record, kw_only=True):
    """A signed check that was opened again: by whom, why, and how it had been signed."""

    __tablename__ = "check_reopening"

    check_id: Mapped[int] = mapped_column(ForeignKey("safety_check.id"), index=True)
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(String(300), info=label(N_("Reason")))
    result: Mapped[Result] = mapped_column(choice(Result))
    signed_name: Mapped[str] = mapped_column(String(120))
    signed_at: Mapped[datetime]


class DayOpening(Record, kw_only=True):
    """A day opened although a critical item failed: who decided it, and why."""

    __tablename__ = "day_opening"

    season_id: Mapped[int] = mapped_column(ForeignKey("season.id"))
    day: Mapped[date] = mapped_column(index=True)
    check_id: Mapped[int] = mapped_column(ForeignKey("safety_check.id"))
    name: Mapped[str] = mapped_column(String(120), info=label(N_("Decided by")))
    role: Mapped[str] = mapped_column(String(80), info=label(N_("Role")))
    signed_user: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str] = mapped_column(String(300), info=label(N_("Reason")))
    at: Mapped[datetime]
    proof: Mapped[Proof] = mapped_column(choice(Proof))
