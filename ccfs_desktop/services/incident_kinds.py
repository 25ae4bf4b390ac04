"""What each kind of incident asks, how severe it may be, and when the parents must be told."""

from dataclasses import dataclass

from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.incident import Kind

NOT_JUDGED = -1
SEVERITIES: dict[int, str] = {
    NOT_JUDGED: N_("Not judged yet"),
    0: N_("Near miss, nobody hurt"),
    1: N_("First aid"),
    2: N_("Clinic"),
    3: N_("Hospital"),
    4: N_("Permanent harm or death"),
}
"""Source: domain.md 8.8."""


@dataclass(frozen=True)
class Asked:
    """What an incident of one kind wants to know."""

    child: bool = True
    """Whether it cannot be without a child."""
    body: bool = False
    """Whether the body map and first aid are asked for from the start."""
    parents: bool = False
    """Whether the parents must be told, however light it was."""
    prompts: tuple[str, ...] = ()
    """What the account should say, as marked sentences."""


ASKED: dict[Kind, Asked] = {
    Kind.INJURY: Asked(
        body=True, parents=True,
        prompts=(N_("What was the child doing, on or with what?"), N_("Who saw it, from where?"),
                 N_("What did the adults do first?")),
    ),
    Kind.ILLNESS: Asked(
        body=True, parents=True,
        prompts=(N_("Which signs, since when?"), N_("Was the child kept apart from the others?"),
                 N_("Did other children have the same?")),
    ),
    Kind.ALLERGY: Asked(
        body=True, parents=True,
        prompts=(N_("What was eaten or touched, and how long before?"), N_("Was it on the child's care plan?"),
                 N_("Which medicine was given, when, by whom?")),
    ),
    Kind.BEHAVIOUR: Asked(
        prompts=(N_("What came before it?"), N_("What did the child do?"), N_("How was it settled?")),
    ),
    Kind.MISSING: Asked(
        parents=True,
        prompts=(N_("Last seen where, when, by whom?"), N_("When was it noticed, and who searched where?"),
                 N_("Found where, when, by whom?"), N_("Which door or gate had been open?")),
    ),
    Kind.UNAUTHORISED: Asked(
        parents=True,
        prompts=(N_("Who came, and what did they say?"),
                 N_("Was the person on the list of those who must not collect?"),
                 N_("Were both guardians, the coordinator and security called, and when?"),
                 N_("Did the child leave, and with whom?")),
    ),
    Kind.LATE: Asked(
        prompts=(N_("15 minutes late: was the parent called, and when?"), N_("30 minutes: was the supervisor called?"),
                 N_("60 minutes: were the coordinator and the emergency contacts called?"),
                 N_("Which two adults stayed, and who collected the child at last, when?")),
    ),
    Kind.PRODUCTION: Asked(
        parents=True,
        prompts=(N_("Which area and line, for how many minutes?"), N_("Was the child waiting, playing or helping?"),
                 N_("Who found the child, and where was it taken?"), N_("Which door or rule failed?")),
    ),
    Kind.PROPERTY: Asked(child=False, prompts=(N_("What was damaged, and is it safe now?"),)),
    Kind.NEAR_MISS: Asked(
        child=False, prompts=(N_("What could have happened?"), N_("What kept it from happening?")),
    ),
    Kind.FIRE: Asked(
        child=False,
        prompts=(N_("What burned, and who put it out?"), N_("Was the space cleared, in how many minutes?"),
                 N_("Did the head-count outside agree with the register?")),
    ),
}  # fmt: skip
"""The steps for an unknown collector and a child not collected: Source: domain.md 2.8; the fields of a child in
production: Source: domain.md 8.9. The other questions, and which kinds the parents must hear of, are ours."""


def severity_word(severity: int) -> str:
    """Return a severity in words, translated, with its number before it."""
    word = _(SEVERITIES[severity])
    return word if severity == NOT_JUDGED else f"{severity} · {word}"


def parents_must_know(kind: Kind, severity: int) -> bool:
    """Tell whether a child's parents must be informed."""
    return severity >= 1 or ASKED[kind].parents
