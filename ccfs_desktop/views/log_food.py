"""The food log: what was served, how hot, the sample, and who must not eat what."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from ccfs_desktop import clock
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import N_, _, ngettext
from ccfs_desktop.models.log import FoodEntry
from ccfs_desktop.services import food, logbook
from ccfs_desktop.views.kit.describe import Field, describe, one_of
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.table import Column
from ccfs_desktop.views.log_shape import Act, Log, Now, Sheet, Told


class FoodLog(Log):
    """Meals of the season."""

    name = "food"
    title = N_("Food")
    new = N_("Enter a meal")
    action = N_("Enter a meal")
    empty = (
        "coffee", N_("No meal was entered in this season."),
        N_("Menu, temperature, the sample that is kept, allergies."),
    )  # fmt: skip
    record = FoodEntry
    first = "meal"
    paper = "food-log"
    naming = frozenset({"allergies"})
    sections = (
        Section("", "day", "meal", "menu", "supplier", "tenths", "sample_kept", "sample_gone_on"),
        Section("", "allergies", "signed_by"),
    )

    def __init__(self, place: Any) -> None:
        """Keep where it is shown; write degrees, and the meal in the reader's language."""
        super().__init__(place)
        self.writers = {"tenths": food.degrees, "meal": _}

    def columns(self) -> list[Column]:
        """Return day, meal, dishes, temperature, sample and allergies."""
        return [
            Column("day", _("Day"), 96),
            Column("meal", _("Meal"), 110),
            Column("menu", _("Menu"), 210),
            Column(
                "tenths", _("°C"), 76, number=True, word=food.degrees,
                tone=lambda t: "warning" if food.is_cool(t) else "",
                icon=lambda t: "triangle-alert" if food.is_cool(t) else "",
            ),
            Column(
                "sample", _("Sample"), 170, sortable=False, word=_sample,
                tone=lambda e: "warning" if _is_over(e) else "", icon=lambda e: "trash-2" if _is_over(e) else "",
            ),
            Column("allergies", _("Allergies served"), 200),
            Column("supplier", _("Supplier"), 120),
            Column("signed", _("Signed by"), 110),
        ]  # fmt: skip

    def read(self, now: Now) -> Sheet:
        """Read the meals, and who must not eat what today."""
        log = logbook.entries(now.session, FoodEntry, now.season)
        named = logbook.names(now.session)
        rows = [
            (e.id, e.day, _(e.meal), e.menu, e.tenths, e, e.allergies if named else "", e.supplier, e.signed_by)
            for e in log
        ]
        notes = [food.allergy(row) for row in food.allergic(now.session, now.season, now.day)] if named else []
        told = ngettext(
            "{n} child with an allergy note is expected today: {who}",
            "{n} children with an allergy note are expected today: {who}",
            len(notes),
        ).format(n=len(notes), who="; ".join(notes))
        none = Told(_("No child with an allergy note is expected today."))
        said = [Told(told, "triangle-alert", "warning") if notes else none]
        return Sheet(
            {e.id: e for e in log}, rows, said if named else [], _fields(),
            fresh=self._fresh(log, "; ".join(notes)),
        )  # fmt: skip

    def _fresh(self, log: Sequence[FoodEntry], notes: str) -> dict[str, Any]:
        """Begin with the supplier of the last meal, and the children of today who must not eat something."""
        fits = len(notes) <= (describe(FoodEntry, "allergies").length or 0)
        return {
            "supplier": log[0].supplier if log else "", "sample_kept": False, "allergies": notes if fits else "",
            "signed_by": self.place.context.user,
        }  # fmt: skip

    def acts(self) -> Sequence[Act]:
        """Return: the sample is thrown away."""
        return (Act(N_("Sample thrown away today"), "trash-2", self._throw_away, "T"),)

    def shown(self, entry: Any, names: Sequence[str]) -> dict[str, Any]:
        """Show degrees, as people read them off."""
        values = super().shown(entry, names)
        return values | {"tenths": food.degrees(values["tenths"])}

    def wire(self, form: Form) -> None:
        """Say at once when hot food is not hot."""
        row = form.rows["tenths"]

        def typed(name: str) -> None:
            if name != "tenths":
                return
            try:
                cool = food.is_cool(_tenths(row.editor.value()))
            except UserError:
                return
            row.advise(_("Cold for a hot meal.") if cool else "", warning=True)

        form.changed.connect(typed)

    def keep(self, now: Now, values: dict[str, Any]) -> Any:
        """Enter it."""
        values["tenths"] = _tenths(values["tenths"])
        day, meal, menu = values.pop("day"), values.pop("meal"), values.pop("menu")
        return food.serve(now.session, now.season, day, meal, menu, **values)

    def change(self, session: Any, key: int, values: dict[str, Any]) -> Any:
        """Put it right."""
        return food.change(session, key, **(values | {"tenths": _tenths(values["tenths"])}))

    def remove(self, session: Any, key: int) -> None:
        """Take it back."""
        food.remove(session, key)

    def _throw_away(self, entry: FoodEntry) -> None:
        self.place.do(N_("Throw a sample away"), lambda session: food.throw_away(session, entry.id, clock.today()))


def _fields() -> tuple[Field, ...]:
    hot = _("Hot food arrives at {limit} °C or more.").format(limit=food.degrees(food.HOT_TENTHS))
    return (
        one_of(FoodEntry, "meal", [(meal, _(meal)) for meal in food.MEALS]),
        replace(describe(FoodEntry, "tenths"), kind="number", help=hot),
        replace(describe(FoodEntry, "sample_gone_on"), help=_("After 48 hours at the earliest.")),
    )


def _tenths(degrees: float | None) -> int | None:
    """Read degrees as tenths.

    Raises:
        Invalid: more than one decimal, or no temperature of food.
    """
    if degrees is None:
        return None
    tenths = Decimal(str(degrees)) * 10
    if tenths != int(tenths) or not -400 <= tenths <= 1200:
        raise Invalid({"tenths": _("Type degrees with at most one decimal, such as 62.5.")})
    return int(tenths)


def _is_over(entry: FoodEntry) -> bool:
    return entry.sample_kept and entry.sample_gone_on is None and clock.today() >= food.kept_until(entry)


def _sample(entry: FoodEntry) -> str:
    if not entry.sample_kept:
        return _("none kept")
    if entry.sample_gone_on:
        return _("thrown away {day}").format(day=entry.sample_gone_on)
    if _is_over(entry):
        return _("may be thrown away")
    return _("keep until {day}").format(day=food.kept_until(entry))
