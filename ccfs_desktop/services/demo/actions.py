"""The made-up corrective actions: one closed and found to work, one verified, what comes back, and what is late."""

import io
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from PIL import Image, ImageDraw
from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.action import Action, ActionStep, Evidence, Repeat, Source, Stage, Step, Verification
from ccfs_desktop.models.check import Check, Finding, Proof, Severity
from ccfs_desktop.models.staff import Staff, StaffRole
from ccfs_desktop.services import actions
from ccfs_desktop.services.action_stages import CHECK_DAYS
from ccfs_desktop.services.check_rules import REPEAT_TIMES
from ccfs_desktop.services.demo.scene import Scene

_SIZE = (720, 540)
_LATE = time(16, 50)
"""For what was found in the afternoon."""


@dataclass
class _Made:
    """An action with what was said on its way and what proves it."""

    action: Action
    steps: list[ActionStep]
    evidence: list[Evidence]


def follow(scene: Scene) -> None:
    """Enter an action for what a brand's visit and the checks found."""
    teller = _Teller(scene)
    with scene.db.begin(N_("Begin a corrective action"), final=True) as session:
        made = [teller.audit(), *(teller.of_check(row[0], row[1]) for row in session.execute(_FOUND).all())]
        for number, one in enumerate(made, start=1):
            one.action.number = f"CA-{one.action.found_on.year}-{number:03}"
        earlier: dict[str, int] = {}
        for one in made:
            one.action.before_id = earlier.get(one.action.item)
            scene.db.insert_many(session, [one.action])
            if one.action.item:
                earlier[one.action.item] = one.action.id
            for part in (*one.steps, *one.evidence):
                part.action_id = one.action.id
        scene.db.insert_many(session, [step for one in made for step in one.steps])
        scene.db.insert_many(session, [file for one in made for file in one.evidence])


def settle_found(scene: Scene, session: Session, action: Action) -> None:
    """Let the action on a child whom a patrol found be done and verified; a sighting began it."""
    made = _Made(action, [], [])
    _Teller(scene).settle_found(made)
    for step in made.steps:
        step.action_id = action.id
    scene.db.insert_many(session, made.steps)


_FOUND = select(Finding, Check).join(Check, Check.id == Finding.check_id).order_by(Finding.day, Finding.id)


class _Teller:
    """Writes as the made-up staff did."""

    def __init__(self, scene: Scene) -> None:
        self._scene, self._word = scene, scene.names.word
        with scene.db.read() as session:
            staff = session.scalars(select(Staff).order_by(Staff.id)).all()
        names = {person.role: person.name for person in reversed(staff)}
        self._user = scene.db.actor.user
        self._teacher = names.get(StaffRole.HEAD_TEACHER, self._user)
        self._coordinator = names.get(StaffRole.COORDINATOR, self._user)
        self._socket = 0

    def audit(self) -> _Made:
        """What a brand found before the opening: put right at once, and found to work a month later."""
        found = self._scene.past[0] - timedelta(days=6)
        made = self._begun(
            Source.AUDIT, self._word("action_audit"), Severity.MAJOR, found,
            reference=self._word("action_audit_reference"), by=self._user,
        )  # fmt: skip
        self._write(made.action, "audit")
        self._done(made, found + timedelta(days=1), self._teacher)
        self._verified(made, found + timedelta(days=2), self._word("action_audit_seen"))
        action = made.action
        if action.check_due and action.check_due < self._scene.today:
            at = datetime.combine(action.check_due, time(9, 20))
            action.effective, action.effective_word = True, self._word("action_audit_works")
            action.effective_name, action.effective_user = self._coordinator, self._user
            action.effective_at, action.effective_proof = at, Proof.DEMONSTRATION
            action.stage = Stage.CLOSED
            made.steps.append(self._step(Step.EFFECTIVE, self._coordinator, at, action.effective_word, signed=True))
        return made

    def settle_found(self, made: _Made) -> None:
        """A child whom a patrol found: its cause, what was done, and who saw it."""
        self._write(made.action, "found")
        day = made.action.found_on
        self._done(made, day, self._coordinator, _LATE)
        self._verified(made, self._next(day), self._word("action_found_seen"), self._teacher)

    def _next(self, day: date) -> date:
        """Return the open day after a day."""
        return min(later for later in self._scene.open_days if later > day)

    def of_check(self, finding: Finding, check: Check) -> _Made:
        """What a check found."""
        made = self._begun(
            Source.CHECK, finding.note or _(finding.text), finding.severity, finding.day, item=finding.item,
            reference=f"{check.code} · {check.day}", by=check.signed_name, finding_id=finding.id,
        )  # fmt: skip
        if finding.item == "OPN04":
            self._door(made, finding.day)
        elif finding.item == "OPN06":
            self._cover(made, finding)
        elif finding.item == "WKL09":
            self._bus(made, finding.day)
        else:
            key = "action_found_grounds" if finding.item == "CLS13" else "action_rows_grounds"
            self._left_alone(made, finding.day, self._word(key))
        return made

    def _bus(self, made: _Made, day: date) -> None:
        """The lunch that was short of adults, found by the weekly check."""
        made.action.immediate = self._word("action_bus_immediate")
        self._write(made.action, "bus")
        self._done(made, day, self._coordinator, _LATE)
        self._verified(made, self._next(day), self._word("action_bus_seen"), self._teacher)

    def _left_alone(self, made: _Made, day: date, grounds: str) -> None:
        """What a check counts and something else looks after: no action, with grounds."""
        action = made.action
        action.immediate, action.grounds = _("Corrected on the spot"), grounds
        action.done_by, action.done_user = self._teacher, self._user
        at = datetime.combine(self._next(day), time(11, 40))
        action.stage, action.frozen = Stage.NO_ACTION, True
        action.verified_name, action.verified_role = self._coordinator, self._role(self._coordinator)
        action.verified_user, action.verified_at, action.verified_proof = self._user, at, Proof.DEMONSTRATION
        made.steps.append(self._step(Step.PROPOSED, self._teacher, at - timedelta(minutes=20), grounds))
        made.steps.append(self._step(Step.AGREED, self._coordinator, at, signed=True))

    def _door(self, made: _Made, day: date) -> None:
        """The bolt of the door to production: closed at once, a lock the day after, verified on the spot."""
        made.action.immediate = _("Corrected on the spot")
        self._write(made.action, "door")
        made.action.why1, made.action.owner = made.action.root_cause, self._teacher
        for after, key in ((False, "action_before"), (True, "action_after")):
            at = datetime.combine(day, time(7, 35) if after else time(7, 25))
            made.evidence.append(
                Evidence(
                    action_id=0, after=after, name=f"door-{'after' if after else 'before'}.jpg", kind="jpeg",
                    content=_door(locked=after), caption=self._word(key), by=self._teacher, at=at, frozen=True,
                )
            )  # fmt: skip
        self._done(made, day, self._teacher)
        self._verified(made, self._next(day), self._word("action_door_seen"))

    def _cover(self, made: _Made, finding: Finding) -> None:
        """A missing socket cover, again and again: verified, said to be done, not begun and overdue."""
        self._socket += 1
        if self._socket > 1:
            made.action.repeat = Repeat.REPEAT
        if self._socket < REPEAT_TIMES:
            self._write(made.action, "socket")
            made.action.owner = self._coordinator
        if self._socket == 1:
            self._done(made, finding.day, self._coordinator)
            self._verified(made, self._next(finding.day), self._word("action_socket_seen"), self._teacher)
        elif self._socket < REPEAT_TIMES:
            self._done(made, finding.day, self._coordinator)
        else:
            made.action.immediate = _("Corrected on the spot")

    # -------------------------------------------------------------------------------------------------- steps

    def _begun(self, source: Source, finding: str, severity: Severity, day: date, *, by: str, **more: Any) -> _Made:
        action = Action(
            season_id=self._scene.season.id, number="", source=source, finding=finding, severity=severity,
            found_on=day, due=actions.due(severity, day), made_by=by, made_at=datetime.combine(day, time(8, 5)), **more,
        )  # fmt: skip
        return _Made(action, [], [])

    def _write(self, action: Action, about: str) -> None:
        action.root_cause = self._word(f"action_{about}_root")
        action.correction = self._word(f"action_{about}_correction")
        action.prevention = self._word(f"action_{about}_prevention")

    def _done(self, made: _Made, day: date, by: str, at: time = time(13, 50)) -> None:
        made.action.stage, made.action.done_on = Stage.DONE, day
        made.action.done_by, made.action.done_user, made.action.owner = by, self._user, by
        made.steps.append(self._step(Step.DONE, by, datetime.combine(day, at)))

    def _verified(self, made: _Made, day: date, word: str, by: str = "") -> None:
        action, name = made.action, by or self._coordinator
        at = datetime.combine(day, time(11, 15))
        action.stage, action.frozen, action.verified_how = Stage.VERIFIED, True, Verification.ON_SITE
        action.verified_name, action.verified_user, action.verified_at = name, self._user, at
        action.verified_role, action.verified_word = self._role(name), word
        action.verified_proof, action.check_due = Proof.DEMONSTRATION, day + timedelta(days=CHECK_DAYS)
        made.steps.append(self._step(Step.VERIFIED, name, at, word, signed=True))

    def _role(self, name: str) -> str:
        return _((StaffRole.HEAD_TEACHER if name == self._teacher else StaffRole.COORDINATOR).word)

    def _step(self, step: Step, name: str, at: datetime, word: str = "", *, signed: bool = False) -> ActionStep:
        return ActionStep(
            action_id=0, step=step, name=name, role=self._role(name) if signed else "", user=self._user, at=at,
            word=word, proof=Proof.DEMONSTRATION if signed else None,
        )  # fmt: skip


def _door(*, locked: bool) -> bytes:
    """Draw a door with its bolt, open or with a lock."""
    image = Image.new("RGB", _SIZE, "#d9d6cd")
    draw = ImageDraw.Draw(image)
    draw.rectangle((60, 30, 400, 540), fill="#7d8b92", outline="#4c565b", width=6)
    draw.rectangle((440, 30, 470, 540), fill="#4c565b")
    draw.rectangle((300 if locked else 210, 262, 490 if locked else 380, 292), fill="#2b3033")
    draw.rectangle((330, 248, 350, 306), fill="#c0c6c9")
    if locked:
        draw.arc((440, 220, 490, 290), 180, 360, fill="#c0c6c9", width=9)
        draw.rectangle((432, 255, 498, 320), fill="#b98a2f", outline="#7a5a1b", width=4)
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=80)
    return stream.getvalue()
