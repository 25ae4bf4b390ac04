"""How many adults the children need, who counts as one, and how many children the space can take."""

from PySide6.QtCore import Qt

from ccfs_desktop import clock
from ccfs_desktop.i18n import N_, _, listed, ngettext
from ccfs_desktop.models.season import RatioMode, Season
from ccfs_desktop.models.staff import PaperKind
from ccfs_desktop.services import capacity, ratio, space
from ccfs_desktop.services.capacity import Capacity, GroupNeed
from ccfs_desktop.services.drafting.problem import Skill
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.kit.describe import one_of, some_of
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.summary import Column, Summary
from ccfs_desktop.views.settings_part import LINES, SeasonPart

_ACTION = N_("Change ratio and places")

SKILLS = {
    Skill.FIRST_AIDER: N_("A first-aider"),
    Skill.KEYHOLDER: N_("Somebody with the keys"),
    Skill.LEAD: N_("Somebody who may lead the space"),
}
"""What the skills are called where one chooses them."""


class RatioPanel(SeasonPart):
    """The season's ratio profile, what it means for the groups, and what limits the places."""

    def __init__(self, page: Page) -> None:
        """Build the forms."""
        super().__init__(page)
        save = self.saver(_ACTION)
        profiles = one_of(Season, "ratio_profile", ((p.code, _(p.name)) for p in ratio.profiles()))
        floors = one_of(Season, "space_profile", ((p.code, _(p.name)) for p in space.profiles()))
        papers = some_of(Season, "required_papers", ((kind.value, _(kind.word)) for kind in PaperKind))
        skills = some_of(Season, "required_skills", ((skill.value, _(word)) for skill, word in SKILLS.items()))
        self.ratio = Form(
            Season, Section(N_("Adults for the children"), "ratio_profile", "ratio_mode"), save=save, fields=[profiles]
        )
        self.example = Summary(
            _("Adults for each group when it is full"),
            Column(_("Group"), wide=True), Column(_("Children"), number=True), Column(_("Youngest"), number=True),
            Column(_("Adults"), number=True),
        )  # fmt: skip
        self.nap = Form(Season, Section(N_("Nap"), "nap_from", "nap_until"), save=save)
        self.duty = Form(
            Season,
            Section(N_("Who counts, and who must be there"), "required_papers", "required_skills"),
            save=save,
            fields=[papers, skills],
        )
        self.space = Form(
            Season,
            Section(
                N_("Places"), "capacity", "usable_m2", "space_profile", "toilets", "beds", "fire_limit",
                note=N_("What is not known stays empty, and limits nothing."),
            ),
            save=save,
            fields=[floors],
        )  # fmt: skip
        self.limits = Summary(
            _("What limits the places"),
            Column(_("Limit")), Column(_("Children"), number=True), Column(_("How it is reckoned"), wide=True),
        )  # fmt: skip
        self._build()

    def refresh(self) -> None:
        """Read the season again."""
        with self.page.db.read() as session:
            season = self.read_season(session)
            profile, floor = ratio.of(season), space.profile(season.space_profile)
            needs, room = capacity.needs(session, season), capacity.of(session, season, clock.today())
        for form in (self.ratio, self.nap, self.space, self.duty):
            self.show_form(form, season)
        self._show_ratio(season, profile, needs)
        self.space.rows["space_profile"].advise(_about(floor.text, floor.source, floor.evidence))
        self._show_room(season, room)

    def _show_ratio(self, season: Season, profile: ratio.Profile, needs: list[GroupNeed]) -> None:
        row = self.ratio.rows
        row["ratio_profile"].advise(_about(profile.text, profile.source, profile.evidence))
        row["ratio_mode"].advise(_mixed(profile) if season.ratio_mode is RatioMode.PROFILE else "")
        warned = [*profile.gaps(12 * season.age_from, 12 * season.age_to + 11), *(n.over_size for n in needs)]
        self.warned.setText("\n".join(filter(None, warned)))
        self.warned.setVisible(any(warned))
        self.nap.rows["nap_until"].advise(_nap(season, profile, needs))
        self.example.show_rows([_need(need) for need in needs])

    def _show_room(self, season: Season, room: Capacity) -> None:
        warning = room.warning(season)
        self.space.rows["capacity"].advise(warning, warning=True)
        rows = [(t.word, _("not known") if t.places is None else f"{t.places:,}", t.how) for t in room.terms]
        self.limits.show_rows(rows, [term in room.binding for term in room.terms])
        self.verdict.setText(_verdict(room))

    def _build(self) -> None:
        self.column.addWidget(self.choice, alignment=Qt.AlignmentFlag.AlignLeft)
        self.place(self.ratio)
        self.warned = self.note(part="warning")
        self.head(_("When every group is full"))
        self.example.setMaximumWidth(theme.px(LINES))
        self.column.addWidget(self.example)
        self.column.addSpacing(16)
        self.place(self.nap)
        self.column.addSpacing(16)
        self.place(self.space)
        self.head(_("What limits the places"))
        self.verdict = self.note(part="")
        self.limits.setMaximumWidth(theme.px(LINES))
        self.column.addWidget(self.limits)
        self.column.addSpacing(16)
        self.place(self.duty)
        self.column.addStretch(1)


def _about(text: str, source: str, evidence: str) -> str:
    return _("{text}\nSource: {source}. {evidence}").format(
        text=_(text), source=source, evidence=_(ratio.EVIDENCE[evidence])
    )


def _mixed(profile: ratio.Profile) -> str:
    if profile.steps:
        return _("This profile counts the children, whatever their age.")
    if profile.mixed:
        return _("This profile has a number of its own for groups of mixed ages.")
    if profile.mode is RatioMode.YOUNGEST:
        return _("This profile reckons a group of mixed ages by its youngest child.")
    return _("This profile reckons each age by its own ratio and adds up.")


def _need(need: GroupNeed) -> tuple[str, ...]:
    return need.group, str(need.children), ratio.age_text(need.youngest), str(need.required)


def _nap(season: Season, profile: ratio.Profile, needs: list[GroupNeed]) -> str:
    if not (season.nap_from and season.nap_until):
        return _("Both times are needed for a nap.") if season.nap_from or season.nap_until else ""
    if not profile.nap:
        return _("This profile asks for as many adults during the nap as at other times.")
    sentence = _("{group}: {in_room} of {adults} adults in the room, the others within call.")
    told = (sentence.format(group=n.group, in_room=n.in_room, adults=n.required) for n in needs)
    return "\n".join((_("During the nap:"), *told))


def _verdict(room: Capacity) -> str:
    if room.places is None:
        return room.sentence
    limits = listed(term.word for term in room.binding)
    told = ngettext(
        "The space can take at most {n} child. The limit is: {limits}.",
        "The space can take at most {n} children. The limit is: {limits}.",
        room.places,
    )
    return told.format(n=room.places, limits=limits)
