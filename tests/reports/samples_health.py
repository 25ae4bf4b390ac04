"""Made-up papers of medicine and illness."""

from datetime import date, datetime, time

from ccfs_desktop.models.log import DoseOutcome, HealthDecision, HealthNote, MedicineCourse, MedicineDose
from ccfs_desktop.services.health_rules import Group
from ccfs_desktop.services.medicine import ledger
from ccfs_desktop.services.medicine_papers import HealthLog, HealthRow, MedicineLog
from ccfs_desktop.services.outbreaks import Outbreak
from ccfs_desktop.services.papers import Letterhead

_DAY = date(2017, 7, 10)


def medicine_log(head: Letterhead) -> MedicineLog:
    """Return a request with three doses: given, refused, counted one short."""
    course = MedicineCourse(
        season_id=1, child_id=1, medicine="阿莫西林 Amoxicillin", form="胶囊", strength="250 mg", dose="1 粒",
        route="饭后", times="09:00, 15:00", reason="中耳炎", prescribed_by="周医生", authorised_by="李秀英",
        authorised_on=date(2017, 7, 9), first_day=_DAY, last_day=date(2017, 7, 14), storage="cupboard",
        home_dose_at=datetime(2017, 7, 9, 7), original_packaging=True, brought=10, unit="粒",
    )  # fmt: skip
    told = [
        (_DAY, time(9), time(9, 4), DoseOutcome.GIVEN, None, ""),
        (_DAY, time(15), time(15, 6), DoseOutcome.REFUSED, None, "吐出，已打电话给母亲"),
        (date(2017, 7, 11), time(9), time(9, 2), DoseOutcome.GIVEN, 7, ""),
    ]
    doses = [
        MedicineDose(
            course_id=1, day=day, planned=planned, at=at, amount=1, outcome=outcome, counted=counted, note=note,
            given_by="陈护士", witness="王芳", entered_late=day == _DAY,
        )
        for day, planned, at, outcome, counted, note in told
    ]  # fmt: skip
    return MedicineLog(
        head, child="李小明", number="004", group="小班", alert="花生过敏", course=course,
        lines=tuple(ledger(course, doses)), remaining=7, consent=True, audit_head="#812 7K2M-9QXA-RT4C",
    )  # fmt: skip


def health_log(head: Letterhead) -> HealthLog:
    """Return two linked cases, one child back with a doctor's note, one still away."""
    notes = [
        HealthNote(
            season_id=1, child_id=1, day=_DAY, noticed=time(10, 20), signs="stool-often,behaviour", temperature="38.6",
            words="三次稀便", isolated=True, decision=HealthDecision.SENT_HOME, decided_by="王芳",
            parent_called=time(10, 25), parent_came=time(11, 5), advice="多喝水", away=True,
            back_from=datetime(2017, 7, 11, 10, 20),
        ),
        HealthNote(
            season_id=1, child_id=2, day=_DAY, signs="vomiting", decision=HealthDecision.STAYS, decided_by="王芳",
            entered_late=True,
        ),
        HealthNote(
            season_id=1, child_id=3, day=date(2017, 7, 3), noticed=time(8), signs="hfm", note_needed=True,
            note_seen=True, decision=HealthDecision.NOT_ADMITTED, decided_by="王芳", away=True,
            back_from=datetime(2017, 7, 4, 8), back_on=date(2017, 7, 10), back_word="王芳: 医生证明",
        ),
    ]  # fmt: skip
    rows = [HealthRow(name, "小班", note) for name, note in zip(("L.X.M.", "W.M.L.", "Z.Z.H."), notes, strict=True)]
    linked = Outbreak(Group.GUT, ((1, "李小明"), (2, "王美丽")), (1, 2), ("小班",))
    return HealthLog(
        head, date(2017, 7, 3), _DAY, tuple(rows), outbreaks=(linked,), audit_head="#812 7K2M-9QXA-RT4C"
    )  # fmt: skip
