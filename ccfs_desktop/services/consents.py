"""What guardians are asked to agree to, word for word. Source: domain.md 8.4, parts A to I.

The wording is ours. A change of meaning is a new edition: what was signed before keeps its number.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ccfs_desktop import i18n
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.child import Consent, ConsentPurpose
from ccfs_desktop.services.papers import ConsentItem

EDITION = "1"


@dataclass(frozen=True)
class State:
    """Where one purpose stands for one child."""

    purpose: ConsentPurpose
    latest: Consent | None
    """The answer given last; None when nobody was asked yet."""

    @property
    def word(self) -> str:
        """The state in a word, marked with ``N_``."""
        if self.latest is None:
            return N_("Not asked")
        if self.latest.withdrawn_on and self.latest.given:
            return N_("Withdrawn")
        return N_("Given") if self.latest.given else N_("Refused")


def states(consents: Sequence[Consent]) -> list[State]:
    """Return every purpose with the answer given last, in the order of the paper."""
    latest = {consent.purpose: consent for consent in sorted(consents, key=lambda c: c.id)}
    return [State(purpose, latest.get(purpose)) for purpose in _TEXTS]


def items(languages: Sequence[str]) -> tuple[ConsentItem, ...]:
    """Return the agreements as they are printed.

    Args:
        languages: of the paper; each text stands in all of them, one below the other.
    """
    return tuple(
        ConsentItem(letter, _in_all(purpose.word, languages, " / "), _in_all(text, languages, "\n"), EDITION)
        for letter, (purpose, text) in zip("ABCDEFGHIJKL", _TEXTS.items(), strict=False)
    )


def _in_all(text: str, languages: Sequence[str], between: str) -> str:
    spoken: list[str] = []
    for language in languages:
        with i18n.use(language):
            spoken.append(_(text))
    return between.join(dict.fromkeys(spoken))


_TEXTS: dict[ConsentPurpose, str] = {
    ConsentPurpose.AGREEMENT: N_(
        "I entrust my child to the space during its opening hours. I bring and collect my child on time and sign both "
        "times. A sick child stays at home. Only I and the adults I have named collect my child. I say at once when a "
        "phone number, a health matter or a right of custody changes. The space is free of charge."
    ),
    ConsentPurpose.EMERGENCY: N_(
        "In an emergency the staff give first aid, call a doctor or an ambulance and take my child to a hospital, and "
        "call me at the same time."
    ),
    ConsentPurpose.DATA: N_(
        "The factory keeps what is written on the enrolment form, the attendance and what happens to my child in the "
        "space, only to look after my child. Only the staff of the space and the HR office see it. It is kept as long "
        "as the factory's rules and the law ask, then erased. I may see it, correct it and have it erased. Brands and "
        "auditors receive numbers without names."
    ),
    ConsentPurpose.HEALTH_DATA: N_(
        "The space keeps what I have declared about my child's health, so that the staff can prevent harm and help. "
        "Only those who look after my child and the HR officer see it."
    ),
    ConsentPurpose.PHOTO_INTERNAL: N_(
        "My child's photo may be kept in the file and on the badge, and photos of the day may be shown to parents "
        "inside the space."
    ),
    ConsentPurpose.PHOTO_EXTERNAL: N_(
        "Photos and films in which my child can be recognised may be shown outside the factory, in reports or media, "
        "without my child's name."
    ),
    ConsentPurpose.OUTINGS: N_(
        "My child may take part in outings of the space with its staff. I am told each one before."
    ),
    ConsentPurpose.WORKSHOP: N_(
        "My child may visit a workshop on a guided tour, outside running production and with protective equipment."
    ),
    ConsentPurpose.MEDICINE: N_(
        "The staff may give my child the medicine I have handed over, as the signed medicine plan says."
    ),
    ConsentPurpose.SURVEY: N_(
        "My child may be asked, without a name, how it likes the space. It may say no, and may stop at any time."
    ),
    ConsentPurpose.SELF_LEAVE: N_(
        "My child is twelve or older and may leave alone or with an older brother or sister, never through the "
        "production gate."
    ),
}
