"""An incident on paper: the event, then each child on a page of its own with the body map; the parents' copy."""

from collections.abc import Iterable

from ccfs_desktop.i18n import N_
from ccfs_desktop.reports import body_map as drawing
from ccfs_desktop.reports.kit import figure
from ccfs_desktop.reports.kit.form import Field, Form
from ccfs_desktop.reports.kit.letter import BOTTOM, MARGIN, foot, head
from ccfs_desktop.reports.kit.paper import Paper
from ccfs_desktop.reports.kit.words import Words, clock, iso, moment
from ccfs_desktop.services import body_map
from ccfs_desktop.services.body_map import Mark
from ccfs_desktop.services.incident_kinds import SEVERITIES
from ccfs_desktop.services.incident_papers import ChildPaper, IncidentPaper
from ccfs_desktop.services.sheet_geometry import Box

TITLE = N_("Incident report")
PARENT_TITLE = N_("Incident report: copy for the parents")
_CONFIDENTIAL = N_("Confidential")
_NOT_KNOWN = N_("Not known")
_MAP = 78.0
"""Width of the body map, in millimetres."""


def render(data: IncidentPaper) -> bytes:
    """Return the report as a PDF: the event, then each child on a new page."""
    form = _begin(data, TITLE)
    _event(form, data)
    _account(form, data)
    _causes(form, data)
    _addenda(form, data.addenda)
    _signed(form, data)
    for number, child in enumerate(data.children, 1):
        form.turn_page()
        _child_head(form, data, child, number)
        _body(form, child)
        _parents(form, child)
        _addenda(form, child.addenda)
        form.gap(6)
        form.sign(N_("Parent's signature"), N_("Date"))
    return form.paper.finish()


def render_parent(data: IncidentPaper) -> bytes:
    """Return the copy for one child's parents, without what was chosen to be left out."""
    form = _begin(data, PARENT_TITLE)
    (child,) = data.children
    _child_head(form, data, child, 0)
    _event(form, data)
    _account(form, data)
    if "causes" not in data.hidden:
        _causes(form, data)
    _body(form, child, data.hidden)
    _parents(form, child)
    if "addenda" not in data.hidden:
        _addenda(form, (*data.addenda, *child.addenda))
    _signed(form, data)
    form.gap(4)
    form.told(
        N_("I was told what happened and received this copy. My signature does not mean that I agree with it."), 9
    )
    form.gap(4)
    form.sign(N_("Parent's signature"), N_("Date"))
    return form.paper.finish()


class _Pages(Form):
    """The form, and the way to a new page."""

    def turn_page(self) -> None:
        """Begin a new page."""
        self.y = self._turn()

    def text(self, message: str, value: str) -> None:
        """Write a labelled text over as many lines as it takes; nothing where there is none."""
        if not value:
            return
        self.need(10)
        self.say(self.words.both(message), 7.5)
        self.say(value, 10)
        self.gap(1.5)


def _begin(data: IncidentPaper, title: str) -> _Pages:
    words = Words(data.letterhead.languages)
    paper = Paper(
        f"{words.first(title)} {data.number}", language=words.languages[0], made=data.letterhead.printed_at
    )  # fmt: skip
    note = " / ".join(words.each(_CONFIDENTIAL)) + f" · {data.number}"
    paper.section(lambda page, pages: foot(paper, words, data.letterhead, page, pages, note), landscape=False)

    def top() -> float:
        return head(paper, words, data.letterhead, title, under=(data.number, *words.days(data.day)))

    def turn() -> float:
        paper.page()
        return top()

    form = _Pages(paper, words, MARGIN, paper.height - BOTTOM, turn)
    form.y = top()
    return form


def _event(form: _Pages, data: IncidentPaper) -> None:
    both, hidden = form.words.both, data.hidden
    if data.discarded:
        form.say(f"{both(N_('Discarded'))}: {data.discarded}", 11, bold=True)
        form.gap(2)
    where = "" if "place_detail" in hidden else data.place_detail
    form.row(
        Field(N_("Kind"), both(data.kind.word), 1.6),
        Field(N_("Severity"), _severity(form, data.severity), 2),
        Field(N_("Day"), iso(data.day), 1),
        Field(N_("Time"), clock(data.at) or both(_NOT_KNOWN), 0.9),
    )
    form.row(
        Field(N_("Place"), ", ".join(filter(None, (both(data.place.word), where))), 2.6),
        Field(N_("Group"), data.group or both(N_("Whole space")), 1.4),
        Field(N_("Children in it"), str(data.in_event), 1),
    )
    form.row(
        Field(N_("Reported by"), data.reported_by, 1.4),
        Field(N_("Reported at"), moment(data.reported_at), 1.2),
        *([] if "staff_in_charge" in hidden else [Field(N_("Staff in charge"), data.staff_in_charge, 2.4)]),
    )
    if "ratio" not in hidden:
        _ratio(form, data)
    form.gap(3)


def _ratio(form: _Pages, data: IncidentPaper) -> None:
    then, unknown = data.then, form.words.both(_NOT_KNOWN)

    def number(value: int | None) -> str:
        return unknown if value is None else str(value)

    form.row(
        Field(N_("Children present"), number(then.children)),
        Field(N_("Adults needed"), number(then.needed)),
        Field(N_("Adults who counted"), number(then.adults)),
    )
    if then.unknown:
        form.gap(1)
        form.told(then.unknown, 8)
    elif then.short:
        form.gap(1)
        form.told(N_("Too few adults were there."), 9)


def _account(form: _Pages, data: IncidentPaper) -> None:
    if "described" not in data.hidden:
        form.section(N_("What happened"))
        form.say(data.described or form.words.both(N_("Not written yet.")), 10)
        form.gap(2)
    if "witnesses" not in data.hidden:
        form.text(N_("Witnesses"), data.witnesses)
    if "informed" not in data.hidden:
        form.text(N_("Authority informed"), data.told_authority)
        form.text(N_("Insurer informed"), data.told_insurer)
        form.text(N_("Brand informed"), data.told_brand)


def _causes(form: _Pages, data: IncidentPaper) -> None:
    if not (data.whys or data.root_cause):
        return
    form.section(N_("Why it happened"))
    for number, why in enumerate(data.whys, 1):
        form.say(f"{number}.  {why}", 10, indent=2)
    form.gap(1)
    form.text(N_("Root cause"), data.root_cause)


def _child_head(form: _Pages, data: IncidentPaper, child: ChildPaper, number: int) -> None:
    if number:
        form.section(N_("Report on one child"))
    form.row(
        Field(N_("Child"), "  ".join(filter(None, (child.name, child.name_latin))), 2.4),
        Field(N_("Age on that day"), str(child.age), 0.8),
        Field(N_("Severity"), _severity(form, child.severity), 2),
        Field(N_("Report"), f"{data.number}" + (f" / {number}" if number else ""), 1),
    )
    form.gap(3)


def _body(form: _Pages, child: ChildPaper, hidden: frozenset[str] = frozenset()) -> None:
    if "part" not in hidden:
        form.text(N_("This child's part in it"), child.part)
    if "injury" not in hidden:
        form.text(N_("Injury or signs"), child.injury)
    if child.marks and "marks" not in hidden:
        _map(form, child.marks)
    if child.temperature and "temperature" not in hidden:
        form.text(N_("Temperature"), f"{child.temperature} °C")
    form.text(N_("First aid given"), child.first_aid)
    form.text(N_("First aid by"), child.first_aid_by)
    if "medicine" not in hidden:
        form.text(N_("Medicine given"), child.medicine)
    if "clinic" not in hidden:
        form.text(N_("Clinic or hospital"), child.clinic)


def _map(form: _Pages, marks: tuple[Mark, ...]) -> None:
    """The figure at the left, its marks in words at the right."""
    words = form.words
    captions = [words.both(side) for side in body_map.SIDES.values()]
    drawn = drawing.figure(marks, captions, words.first(N_("Body map")))
    height = drawn.height * _MAP / drawn.width
    form.need(height + 8)
    form.section(N_("Body map"), keep=height)
    top = form.y
    figure.place(form.paper, Box(form.left, top, _MAP, height), drawn)
    y = top + 4
    for number, mark in enumerate(marks, 1):
        told = (words.both(mark.wound.word), words.both(body_map.place(mark)), words.first(body_map.SIDES[mark.side]))
        box = Box(form.left + _MAP + 8, y, form.across - _MAP - 8, 5.4)
        form.paper.fill(box, f"{number}   {told[0]}:  {told[1]} ({told[2]})", 9, most=2, floor=5)
        y += 6 if len(marks) <= 12 else 6 * 12 / len(marks)
    form.y = top + height + 3


def _parents(form: _Pages, child: ChildPaper) -> None:
    form.section(N_("The parents"))
    if child.told_day:
        form.row(
            Field(N_("Parent informed on"), " ".join(filter(None, (iso(child.told_day), clock(child.told_at)))), 1.4),
            Field(N_("Who was informed"), child.told_who, 1.6),
            Field(N_("How"), child.told_how, 1.2),
            Field(N_("Informed by"), child.told_by, 1.6),
        )
    else:
        form.told(N_("Not informed yet."), 10)
    form.gap(2)
    form.text(N_("What the parent said"), child.comment)
    if child.signed_on:
        form.text(N_("Parent signed on"), iso(child.signed_on))


def _addenda(form: _Pages, addenda: Iterable[tuple[object, str, str]]) -> None:
    kept = tuple(addenda)
    if not kept:
        return
    form.section(N_("Added after signing"))
    for at, by, said in kept:
        form.say(f"{at:%Y-%m-%d %H:%M}, {by}", 7.5)
        form.say(said, 10)
        form.gap(1.5)


def _signed(form: _Pages, data: IncidentPaper) -> None:
    form.gap(2)
    form.need(20)
    if data.files:
        form.text(N_("Files kept with it"), ", ".join(data.files))
    if data.signed_at and data.proof:
        by = ", ".join((data.signed_name, data.signed_role, moment(data.signed_at)))
        form.say(f"{form.words.both(N_('Signed by'))}: {by}", 10, bold=True)
        form.told(data.proof.word, 7.5)
    elif not data.discarded:
        form.told(N_("Not signed yet."), 10)
    if data.approved_at:
        by = ", ".join((data.approved_name, data.approved_role, moment(data.approved_at)))
        form.gap(1)
        form.say(f"{form.words.both(N_('Counter-signed by'))}: {by}", 10, bold=True)
        form.say(data.approved_word, 9.5)
    if data.audit_head:
        form.say(f"{form.words.both(N_('Audit trail'))}: {data.audit_head}", 7)


def _severity(form: _Pages, severity: int) -> str:
    word = form.words.both(SEVERITIES[severity])
    return word if severity < 0 else f"{severity}  {word}"
