"""Which workers a registration list names as a child's parents, however their numbers are written."""

import re
from collections.abc import Iterable
from dataclasses import replace

from ccfs_desktop.i18n import _
from ccfs_desktop.models.child import Relation
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.worker import Sex, Worker
from ccfs_desktop.services import workers
from ccfs_desktop.services.imports.plan import PlannedRow
from ccfs_desktop.services.imports.rows import attention, warn
from ccfs_desktop.services.imports.values import ListedParent, parents
from ccfs_desktop.services.searching import fold

_RELATIONS = {Sex.FEMALE: Relation.MOTHER, Sex.MALE: Relation.FATHER, None: Relation.GUARDIAN}
"""What each of two parents in one cell is; the cell beside it speaks of both."""

_PIECES = re.compile(r"[/|;,、，；&+\n]|\s{2,}|\s(?:và|dan|ve|and|ও)\s")
_BRACKETS = re.compile(r"[(（\[][^)）\]]*[)）\]]")


class Workforce:
    """The workers known, to be found by number."""

    def __init__(self, known: Iterable[Worker]) -> None:
        """Sort them by number, by what ways of writing it have in common, and by its digits alone."""
        self.by_number = {worker.number: worker for worker in known}
        self._by_key: dict[str, list[Worker]] = {}
        self._by_digits: dict[str, list[Worker]] = {}
        for worker in self.by_number.values():
            self._by_key.setdefault(worker.number_key, []).append(worker)
            self._by_digits.setdefault(_digits(worker.number), []).append(worker)

    def like(self, number: str) -> list[Worker]:
        """Return who may be meant by a number, whatever its blanks, signs and leading zeros."""
        return self._by_key.get(workers.number_key(number), [])

    def find(self, listed: ListedParent) -> Worker | None:
        """Return the worker a list names; None where nobody or several may be meant."""
        matches = self.like(listed.number)
        exact = self.by_number.get(listed.number) or (matches[0] if len(matches) == 1 else None)
        return exact if exact or matches else self._without_letters(listed)

    def _without_letters(self, listed: ListedParent) -> Worker | None:
        """Find the one worker with these digits, unless the name beside says otherwise; other letters need the name."""
        digits = _digits(listed.number)
        matches = self._by_digits.get(digits, []) if digits else []
        if len(matches) != 1:
            return None
        left_out = not any(letter.isalpha() for letter in listed.number)
        agreed = _same_name(listed.name, matches[0]) or (left_out and _may_be(listed.name, matches[0]))
        return matches[0] if agreed else None


def find_parents(row: PlannedRow, workforce: Workforce, season: Season) -> Worker | None:
    """Find the parents a row names; the first who works here is the one the child belongs to."""
    found: dict[int, tuple[Worker, ListedParent]] = {}
    unknown: list[ListedParent] = []
    for listed in (one for cell in parents(row.values) for one in _apart(cell, workforce)):
        worker = workforce.find(listed)
        if worker:
            found.setdefault(worker.id, (worker, listed))
        else:
            unknown.append(listed)
    for listed in unknown:
        tell = warn if found else attention
        tell(row, listed.field, _why_unknown(listed, workforce))
    if not found:
        return None
    row.values["parents"] = list(found.values())
    for worker, listed in found.values():
        _check(row, worker, listed, season)
    return next(iter(found.values()))[0]


def _apart(listed: ListedParent, workforce: Workforce) -> list[ListedParent]:
    """Take apart a cell with both parents' numbers, or with words beside a number: ``A1 / A2``, ``A1 (mother)``."""
    if workforce.find(listed):
        return [listed]
    pieces = [_BRACKETS.sub("", piece).rpartition(":")[2].strip() for piece in _PIECES.split(listed.number)]
    numbers = [piece for piece in pieces if _digits(piece)]
    names = [name.strip() for name in _PIECES.split(listed.name)] if len(numbers) > 1 else [listed.name]
    names = names if len(names) == len(numbers) else [""] * len(numbers)
    found = [replace(listed, number=number, name=name) for number, name in zip(numbers, names, strict=True)]
    known = [workforce.find(one) for one in found]
    if not any(known):
        return [listed]
    if len(found) == 1:
        return found
    sexes = [worker.sex if worker else None for worker in known]
    return [replace(one, relation=_RELATIONS[sex]) for one, sex in zip(found, sexes, strict=True)]


def _why_unknown(listed: ListedParent, workforce: Workforce) -> str:
    matches = workforce.like(listed.number)
    if matches:
        return _("The number {number} could mean {a} or {b}. Write it in full.").format(
            number=listed.number, a=matches[0].number, b=matches[1].number
        )
    return _("The number {number} is not in the worker list.").format(number=listed.number)


def _check(row: PlannedRow, worker: Worker, listed: ListedParent, season: Season) -> None:
    """Warn of a parent who has left, and of a number that may be somebody else's."""
    if worker.left_on and worker.left_on <= season.last_day:
        reason = _("The parent, {name}, left the factory on {day}.")
        warn(row, listed.field, reason.format(name=worker.name, day=worker.left_on))
    if not _may_be(listed.name, worker):
        reason = _("{number} is {name} in the worker list, not {written}. Check the number.")
        warn(row, listed.field, reason.format(number=worker.number, name=worker.name, written=listed.name))
    elif not listed.name and workers.number_key(listed.number) != worker.number_key:
        reason = _("{written} was taken for {number}, {name}.")
        warn(row, listed.field, reason.format(written=listed.number, number=worker.number, name=worker.name))


def _may_be(written: str, worker: Worker) -> bool:
    """Tell whether a name may be the worker's: nothing written, or another script, cannot be compared."""
    return not written or _same_name(written, worker) or written.isascii() != worker.name.isascii()


def _same_name(written: str, worker: Worker) -> bool:
    """Compare names loosely: marks, case and order of the parts may differ, and parts may be left out."""
    parts = _parts(written)
    others = [_parts(name) for name in (worker.name, worker.name_latin) if name]
    return bool(parts) and any(parts <= other or other <= parts for other in others)


def _parts(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\s\d.,·'’()（）-]+", fold(name)))


def _digits(number: str) -> str:
    return "".join(letter for letter in number if letter.isdigit()).lstrip("0")
