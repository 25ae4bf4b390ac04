"""What is wrong with a roster, found without the program's own counting: thirty lines to be read and believed."""

from datetime import timedelta

from ccfs_desktop.services.drafting.problem import DraftShift, PersonDay, Problem


def broken(problem: Problem, shifts: tuple[DraftShift, ...]) -> list[str]:  # noqa: C901 (one look at all rules)
    """List the hard rules that are broken, minute by minute."""
    wrong = [f"pinned {pin} was touched" for pin in problem.pinned if pin not in shifts]
    people, rules = {p.id: p for p in problem.people}, problem.rules
    for s in shifts:
        known = people[s.person].days.get(s.day)
        minutes = set(range(s.span.start, s.span.end))
        resting = {m for pause in s.breaks for m in range(pause.start, pause.end)}
        if known is None or not any(a.start <= s.span.start and s.span.end <= a.end for a in known.available):
            wrong.append(f"{s} is not available")
        if not resting <= minutes or s.minutes != len(minutes - resting):
            wrong.append(f"{s} has breaks outside")
        if any(set(range(m, m + rules.break_after + 1)) <= minutes - resting for m in minutes):
            wrong.append(f"{s} works too long on end")
        own = (known and known.minutes) or people[s.person].day_minutes
        if s.minutes > (own or rules.day_minutes) or len(minutes) < rules.shortest:
            wrong.append(f"{s} is too long or too short")
        mine = [o for o in (*shifts, *problem.before) if o.person == s.person]
        if sum(o.day == s.day for o in mine) != 1:
            wrong.append(f"{s} is one of two that day")
        week = [o for o in mine if o.day.isocalendar()[:2] == s.day.isocalendar()[:2]]
        if sum(o.minutes for o in week) > (people[s.person].week_minutes or rules.week_minutes):
            wrong.append(f"{s} is in too long a week")
        if len({o.day for o in week}) > rules.week_days:
            wrong.append(f"{s} is in a week of too many days")
        yesterday = [o.span.end for o in mine if o.day == s.day - timedelta(days=1)]
        if any(s.span.start + 1440 - end < rules.rest_minutes for end in yesterday):
            wrong.append(f"{s} comes too soon after the day before")
    return wrong


def short(problem: Problem, shifts: tuple[DraftShift, ...]) -> int:
    """Count the adults and skills that are missing, quarter hour by quarter hour; everybody must count whole."""
    missing = 0
    for need in problem.demands:
        on_duty = [s for s in shifts if s.day == need.day and s.group_at(need.slot) == need.group]
        missing += max(0, need.in_room - sum(_known(problem, s).worth == 100 for s in on_duty))
    for day, slot in {(need.day, need.slot) for need in problem.demands if need.required}:
        on_duty = [s for s in shifts if s.day == day and s.group_at(slot) is not None]
        missing += sum(not any(skill in _known(problem, s).skills for s in on_duty) for skill in problem.skills)
    return missing


def _known(problem: Problem, shift: DraftShift) -> PersonDay:
    return next(p for p in problem.people if p.id == shift.person).days[shift.day]
