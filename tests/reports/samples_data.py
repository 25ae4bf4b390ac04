"""Made-up papers of data protection."""

import json
from dataclasses import replace
from datetime import date, datetime

from ccfs_desktop.db.verify import Verdict
from ccfs_desktop.models.child import BirthPrecision, Child, Consent, ConsentPurpose
from ccfs_desktop.models.protection import Basis, Disclosure, Disposal, Grounds
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.worker import Sex
from ccfs_desktop.services import assessment_paper, data_papers, retention
from ccfs_desktop.services.assessment import Assessment
from ccfs_desktop.services.consent_register import Line, Standing, coverage
from ccfs_desktop.services.data_audit import Breach, DataAudit, Persons
from ccfs_desktop.services.data_papers import DataPaper
from ccfs_desktop.services.data_requests import Copy, Part
from ccfs_desktop.services.papers import Letterhead

_DAY = date(2017, 7, 10)
_AT = datetime(2017, 7, 10, 9, 30)


def consents(head: Letterhead) -> DataPaper:
    """Return three children and two purposes, in every standing."""
    given = Consent(
        child_id=1, purpose=ConsentPurpose.DATA, given=True, wording="1", language="zh_CN", signed_on=date(2017, 7, 1),
        signed_by="李秀英",
    )  # fmt: skip
    back = Consent(child_id=2, purpose=ConsentPurpose.DATA, given=True, signed_on=_DAY, withdrawn_on=_DAY)
    end = date(2017, 8, 25)
    lines = [
        Line(1, "欧阳娜娜", "001", "大班", ConsentPurpose.DATA, Standing.GIVEN, end, given),
        Line(2, "䶮小明", "002", "大班", ConsentPurpose.DATA, Standing.WITHDRAWN, None, back),
        Line(3, "Nguyễn Thị Ánh", "003", "", ConsentPurpose.PHOTO_EXTERNAL, Standing.MISSING),
    ]
    return data_papers.consents(head, _DAY, lines, coverage(lines))


def disposal(head: Letterhead) -> DataPaper:
    """Return the record of an erasure with something that stays, a document and three backups."""
    one = Disposal(
        number="D-2017-003", category="child", subject="017 · 2017年暑期", day=_DAY, at=_AT, grounds=Grounds.REQUEST,
        reason="Letter of 2017-07-08", by="李会计", approved_by="王经理",
        erased=json.dumps({"Care plan": 1, "Photo": 1, "Visits: who brought and collected, remarks": 28}),
        stays=json.dumps([["Reports of incidents, sealed, with the child's name sealed beside them", 1, "2030-03-01",
                           "must be kept"], ["Guardians", 1, "", "they are guardians of a brother or sister"]]),
        documents=json.dumps(["2017-0004"]),
        backups=json.dumps({"files": ["office-20170710T080000.db", "office-20170703T080000.db"],
                            "for_good": ["office-20170703T080000.db"]}),
        backups_until=date(2018, 7, 10),
    )  # fmt: skip
    return data_papers.disposal(head, one)


def disclosures(head: Letterhead) -> DataPaper:
    """Return a log of two."""
    log = [
        Disclosure(
            child_id=1, at=_AT, recipient="李秀英", purpose="Copy of the child's data", basis=Basis.ACCESS,
            subjects="#1", fields="Everything that is kept about the child", sha256="3f" * 32, automatic=True,
            by="李会计",
        ),
        Disclosure(
            at=_AT, recipient="疾控中心", purpose="手足口病", basis=Basis.LAW, subjects="2", fields="年龄、症状、电话",
            by="李会计",
        ),
    ]  # fmt: skip
    return data_papers.disclosures(head, 2017, log)


def breach(head: Letterhead) -> DataPaper:
    """Return what was in a backup."""
    counts = {"child": 214, "guardian": 301, "care_plan": 190, "visit": 3_981, "worker": 1_204}
    return data_papers.breach(head, Breach("office-20170710T080000.db", datetime(2017, 7, 10, 8), counts))


def audit(head: Letterhead) -> DataPaper:
    """Return a year's audit."""
    season = Season(name="2017年暑期", first_day=date(2017, 7, 3), last_day=date(2017, 8, 25))
    lines = [
        Line(n, "x", f"{n:03}", "", ConsentPurpose.DATA, Standing.GIVEN if n < 28 else Standing.MISSING)
        for n in range(30)
    ]
    found = DataAudit(
        date(2017, 1, 1), _DAY, season, Persons(30, 31, 1_233, 4), tuple(coverage(lines)),
        {"Care plans read": 17, "Papers printed or issued": 240}, {"officer": 201, "coordinator": 56}, 2, 4, 1,
        retention.proposed("CN"), Verdict(20_300, "00", ()),
    )  # fmt: skip
    return data_papers.audit(head, found)


def assessment(head: Letterhead) -> DataPaper:
    """Return the assessment of an office in China with thirty children."""
    lines = [
        Line(n, "x", f"{n:03}", "", purpose, Standing.GIVEN if n < given else Standing.MISSING)
        for n in range(30)
        for purpose, given in ((ConsentPurpose.DATA, 30), (ConsentPurpose.PHOTO_INTERNAL, 28))
    ]
    found = Assessment(
        _DAY, "CN", False, Persons(30, 31, 1_233, 4), tuple(coverage(lines)), retention.laws("CN"),
        retention.proposed("CN"), {"officer": 2, "coordinator": 1, "caregiver": 6}, date(2020, 7, 10),
    )  # fmt: skip
    return assessment_paper.assessment(head, found)


def copy(head: Letterhead) -> DataPaper:
    """Return a copy with one table of a single record and one of two."""
    child = {
        "id": 7, "name": "欧阳娜娜", "name_latin": "Ouyang Nana", "sex": Sex.FEMALE, "birth_date": date(2012, 3, 1),
        "birth_precision": BirthPrecision.EXACT, "alert": "花生",
    }  # fmt: skip
    rows = tuple(
        {"purpose": purpose, "given": True, "signed_on": _DAY, "signed_by": "李秀英"}
        for purpose in (ConsentPurpose.DATA, ConsentPurpose.OUTINGS)
    )
    parts = (Part("child", "Child", Child, (child,)), Part("consent", "Consent", Consent, rows))
    head = replace(head, languages=("en",))  # its labels are spoken when it is made
    return data_papers.copy(head, Copy(7, "欧阳娜娜", _AT, parts, None, ((_AT, "王老师"),), ("ABCD1234",)))
