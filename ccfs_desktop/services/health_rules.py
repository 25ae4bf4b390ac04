"""Signs of illness, what they mean for the day, and when a child may come back. Nothing here knows the database.

The program proposes and says by which rule; the officer decides. Source: domain.md 2.9; how well each part is known
stands with the rule: S64 and S65 were read, [K] is general knowledge.
"""

import enum
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from ccfs_desktop.errors import Invalid
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.log import HealthDecision

FEVER_TENTHS = 383
"""Above this a child with a changed behaviour or another sign goes home. Source: domain.md 2.9 (S65)."""
OBSERVATION_TENTHS: dict[str, int] = {"CN": 373}
"""Country → from this on a child is watched and measured again: China's daily practice. Source: domain.md 2.9 [K]."""
_LOWEST, _HIGHEST = 340, 430
"""What can be a child's temperature at all: keeps typing errors out, ours."""
FREE_FOR = timedelta(hours=24)
"""Free of signs for so long, without fever medicine, before the child comes back. Source: domain.md 2.9 [V]."""
LINKED, LINKED_DAYS = 2, 7
"""So many linked cases in so many days are an outbreak. Source: domain.md 2.9."""


class Group(enum.StrEnum):
    """Signs that may be one illness going round. What counts as linked is ours: domain.md 2.9 does not say."""

    GUT = "gut"
    SKIN = "skin"
    EYES = "eyes"
    MOUTH = "mouth"
    LICE = "lice"
    HAND_FOOT_MOUTH = "hfm"
    CHICKENPOX = "chickenpox"
    FEVER = "fever"


GROUP_WORDS: dict[Group, str] = {
    Group.GUT: N_("vomiting or diarrhoea"),
    Group.SKIN: N_("rash or itch"),
    Group.EYES: N_("eye discharge"),
    Group.MOUTH: N_("mouth sores"),
    Group.LICE: N_("lice"),
    Group.HAND_FOOT_MOUTH: N_("hand-foot-mouth disease"),
    Group.CHICKENPOX: N_("chickenpox"),
    Group.FEVER: N_("fever"),
}

# How the rules of domain.md 2.9 are known, as people read it beside each of them.
_S64 = N_("Caring for Our Children 3.1.1.1")
_S65 = N_("Caring for Our Children 3.6.2.10")
_K = N_("general knowledge")
_NOTE = N_("a nursery's published rules")


@dataclass(frozen=True)
class Sign:
    """Something seen in a child."""

    code: str
    word: str
    """Marked with ``N_``."""
    keeps_out: bool = False
    """Whether it alone keeps a child out."""
    group: Group | None = None
    note: bool = False
    """Whether the child comes back only with a doctor's note."""
    source: str = _S64


SIGNS: dict[str, Sign] = {
    sign.code: sign
    for sign in (
        # What the daily look covers. Source: domain.md 2.9 (S64).
        Sign("illness", N_("Ill since the last visit")),
        Sign("behaviour", N_("Behaves differently")),
        Sign("rash", N_("Rash"), group=Group.SKIN),
        Sign("itch", N_("Itch"), group=Group.SKIN),
        Sign("lice", N_("Lice"), group=Group.LICE),
        Sign("discharge", N_("Discharge")),
        Sign("vomiting", N_("Vomited once"), group=Group.GUT),
        Sign("diarrhoea", N_("Diarrhoea"), group=Group.GUT),
        Sign("cuts", N_("Cuts")),
        Sign("pain", N_("Pain")),
        # What keeps a child out. Source: domain.md 2.9 (S65).
        Sign("very-ill", N_("Looks very ill"), keeps_out=True, source=_S65),
        Sign("stool-runs", N_("Diarrhoea that is not contained"), keeps_out=True, group=Group.GUT, source=_S65),
        Sign("stool-often", N_("More than 2 stools above normal"), keeps_out=True, group=Group.GUT, source=_S65),
        Sign("stool-blood", N_("Blood or mucus in the stool"), keeps_out=True, group=Group.GUT, source=_S65),
        Sign("dehydrated", N_("Dehydrated"), keeps_out=True, group=Group.GUT, source=_S65),
        # Source: domain.md 2.9 [K].
        Sign("vomiting-often", N_("Vomited twice or more in 24 hours"), keeps_out=True, group=Group.GUT, source=_K),
        Sign("rash-spreads", N_("Spreading rash, not diagnosed"), keeps_out=True, group=Group.SKIN, source=_K),
        Sign("eye-pus", N_("Eye discharge with pus"), keeps_out=True, group=Group.EYES, source=_K),
        Sign("mouth-sores", N_("Mouth sores with drooling"), keeps_out=True, group=Group.MOUTH, source=_K),
        # They come back with a doctor's note only. Source: domain.md 2.9 [V].
        Sign(
            "hfm", N_("Hand-foot-mouth disease"), keeps_out=True, group=Group.HAND_FOOT_MOUTH, note=True, source=_NOTE
        ),
        Sign("chickenpox", N_("Chickenpox"), keeps_out=True, group=Group.CHICKENPOX, note=True, source=_NOTE),
    )
}


@dataclass(frozen=True)
class Reason:
    """Why something is proposed, and where that stands."""

    sentence: str
    source: str


@dataclass(frozen=True)
class Advice:
    """What the rules propose."""

    decision: HealthDecision
    keeps_out: bool
    """Whether a rule keeps the child out; if not, it stays and is watched."""
    note_needed: bool
    """Whether the child comes back only with a doctor's note."""
    reasons: tuple[Reason, ...]


def advise(signs: Collection[str], tenths: int | None = None, *, here: bool = True, country: str = "CN") -> Advice:
    """Propose what to do about a child.

    Args:
        signs: codes of ``SIGNS``.
        tenths: the temperature in tenths of a degree Celsius, where it was measured.
        here: whether the child is in the space already: then it is sent home, else not admitted.
        country: of the factory, for the line from which a child is watched.

    Source: domain.md 2.9: very ill appearance, fever above 38.3 °C with a changed behaviour or other signs, uncontained
    or frequent diarrhoea, blood, mucus, dehydration (S65); vomiting twice, spreading rash, pus, mouth sores [K].
    """
    seen = [SIGNS[code] for code in SIGNS if code in signs]
    out = [Reason(_("{sign}: does not stay.").format(sign=_(s.word)), _(s.source)) for s in seen if s.keeps_out]
    if tenths is not None and tenths > FEVER_TENTHS and seen:
        out.append(
            Reason(_("Above {line} °C with another sign: does not stay.").format(line=degrees(FEVER_TENTHS)), _(_S65))
        )
    watched = [Reason(_("{sign}: watch the child.").format(sign=_(s.word)), _(s.source)) for s in seen]
    watched += _warm(tenths, country)
    noted = [
        Reason(_("{sign}: back only with a doctor's note.").format(sign=_(s.word)), _(s.source)) for s in seen if s.note
    ]
    if not out:
        return Advice(HealthDecision.STAYS, keeps_out=False, note_needed=False, reasons=tuple(watched))
    decision = HealthDecision.SENT_HOME if here else HealthDecision.NOT_ADMITTED
    return Advice(decision, keeps_out=True, note_needed=bool(noted), reasons=(*out, *noted))


def _warm(tenths: int | None, country: str) -> list[Reason]:
    """Say what a temperature that keeps nobody out means."""
    line = OBSERVATION_TENTHS.get(country)
    if tenths is not None and tenths > FEVER_TENTHS:
        told = _("Above {line} °C without another sign: watch the child, and look for other signs.")
        return [Reason(told.format(line=degrees(FEVER_TENTHS)), _(_S65))]
    if tenths is not None and line and tenths >= line:
        told = _("From {line} °C on: watch the child and measure again.")
        return [Reason(told.format(line=degrees(line)), _(_K))]
    return []


def earliest_back(day: date, last_seen: time | None) -> datetime:
    """Return from when a child may come back: 24 hours after the signs were last seen.

    When nobody wrote the time, the whole day counts as ill: what is not known counts against us.

    Source: domain.md 2.9: symptom-free 24 h without fever medicine [V].
    """
    if last_seen is None:
        return datetime.combine(day + timedelta(days=1), time.min) + FREE_FOR
    return datetime.combine(day, last_seen) + FREE_FOR


def groups_of(signs: Collection[str], tenths: int | None) -> set[Group]:
    """Return which illnesses going round the signs may belong to."""
    found = {group for code in signs if code in SIGNS and (group := SIGNS[code].group)}
    return found | ({Group.FEVER} if tenths is not None and tenths > FEVER_TENTHS else set())


def codes(text: str | None) -> tuple[str, ...]:
    """Return the codes of a note's signs, in the order of the list."""
    kept = set((text or "").split(","))
    return tuple(code for code in SIGNS if code in kept)


def words_of(text: str | None) -> list[str]:
    """Return the words of a note's signs, as messages."""
    return [SIGNS[code].word for code in codes(text)]


def degrees(tenths: int) -> str:
    """Write a temperature: ``38.3``."""
    return f"{tenths // 10}.{tenths % 10}"


def tenths_of(typed: str | None) -> int | None:
    """Read a temperature as people type it: ``38.4``, ``38,4``, ``384``; None when there is none.

    Raises:
        Invalid: it is no temperature of a child.
    """
    text = (typed or "").strip().replace(",", ".").replace("。", ".").removesuffix("°C").removesuffix("°").strip()
    if not text:
        return None
    whole, _dot, part = text.partition(".")
    if whole.isdecimal() and (part.isdecimal() or not part) and len(part) <= 1:
        tenths = int(whole) if not part and len(whole) == 3 else int(whole) * 10 + int(part or 0)
        if _LOWEST <= tenths <= _HIGHEST:
            return tenths
    raise Invalid({"temperature": _("Write the temperature in degrees Celsius, such as 38.4.")})
