"""Names as an auditor may have them: in full, as initials, or as codes that only the office can resolve.

What is replaced are the names of children, their families and visitors, wherever they stand, in remarks too. Who works
with the children stays named: auditors check the adults on duty and their papers by name (domain.md 5.2). A code is an
HMAC of the office's own key, shortened, so that the same person has the same code throughout. Adults are known by name
and family, so that two of one name in two families have two codes; a remark that names one of them stands for both.
Source: security.md 5; forty bits are ours, enough to tell some thousand people apart.
"""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import String, func, select, type_coerce
from sqlalchemy.orm import Session

from ccfs_desktop import i18n
from ccfs_desktop.db import Database
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.base import Base, Choice
from ccfs_desktop.models.child import Child, Consent, Guardian, Guardianship, PickupAdult, Relation
from ccfs_desktop.models.incident import IncidentChild
from ccfs_desktop.models.log import Visitor
from ccfs_desktop.models.masked import Masked
from ccfs_desktop.models.patrol import Sighting
from ccfs_desktop.models.staff import Staff
from ccfs_desktop.models.visit import Visit
from ccfs_desktop.models.worker import Worker
from ccfs_desktop.services import initials, offices, roles
from ccfs_desktop.services.roles import Right

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BITS = 40
_WORD = re.compile(r"\w+")
_DIGITS = 6
"""From so many digits on, what stands without letters is a phone number."""
_TYPED = (Visit.brought_by, Visit.collected_by, IncidentChild.parent_told_who, Consent.signed_by)
"""Where somebody typed who an adult is: a name, or only “mother”."""
_OTHERS = (Sighting.child_name, Sighting.parent_name, Visitor.name)


class Redaction(Choice):
    """How much of a name is shown."""

    NAMES = "names", N_("Names in full")
    INITIALS = "initials", N_("Initials instead of names")
    CODES = "codes", N_("Codes instead of names")


class Redactor:
    """Replaces names. It is called with any text: ``redactor("Li Na fell")``."""

    def __init__(
        self, kind: Redaction, key: bytes, people: Iterable[tuple[str, str]], kin: Mapping[int, str] | None = None
    ) -> None:
        """Learn the names.

        Args:
            kind: how much of a name is shown.
            key: the office's own, for codes.
            people: (name, what it is known by in the office); several of the same name are told apart.
            kin: child → what its family is known by.
        """
        self.kind = kind
        self._key = key
        self._kin = kin or {}
        self._instead: dict[str, str] = {}
        known: dict[str, dict[str, str]] = {}
        for name, identity in people:
            known.setdefault(_plain(name), {})[identity] = _composed(name)
        for plain, bearers in known.items():
            self._instead[plain] = self._of(bearers)
        self._names: dict[str, set[str]] = {}
        """First word, or first two letters where words are not spaced → the names that begin so."""
        for name in {name for bearers in known.values() for name in bearers.values()}:
            self._names.setdefault(_hint(name), set()).add(name)
        self._patterns: dict[str, re.Pattern[str]] = {}
        self._seen: dict[str, str] = {}

    @property
    def hides(self) -> bool:
        """Whether anything is replaced at all."""
        return self.kind is not Redaction.NAMES

    def __call__(self, text: str) -> str:
        """Return a text without the names that must not be read."""
        if not self.hides or not text:
            return text
        if text not in self._seen:
            self._seen[text] = self._without_names(_composed(text))
        return self._seen[text]

    def code(self, child_id: int) -> str:
        """Return a child's code, whatever is shown elsewhere."""
        return _code(self._key, _child(child_id))

    def child(self, child_id: int, name: str, name_latin: str = "") -> str:
        """Return how a child is called; its own code even where another child has the same name."""
        if self.kind is Redaction.CODES:
            return self.code(child_id)
        if self.kind is Redaction.INITIALS:
            return initials.masked(name) or "*"
        return f"{name} {name_latin}" if name_latin and name_latin != name else name

    def person(self, name: str, child_id: int | None = None) -> str:
        """Return how an adult is called, known or not.

        Args:
            name: of the adult.
            child_id: whose family it is about; namesakes in other families have other codes.
        """
        if not self.hides or not name or _plain(name) in _relations():
            return name
        family = self._kin.get(child_id or 0)
        if self.kind is Redaction.CODES and family:
            return self._of({_relative(name, family): name})
        known = self(name)
        return known if known != name else self._of({f"adult:{_plain(name)}": name})

    def _without_names(self, text: str) -> str:
        """Look only for the names that can be in a text: an office knows thousands."""
        for hint in sorted(_hints(text) & self._names.keys(), key=lambda hint: (-len(hint), hint)):
            if hint not in self._patterns:
                self._patterns[hint] = _either(self._names[hint])
            text = self._patterns[hint].sub(self._replaced, text)
        return text

    def _replaced(self, match: re.Match[str]) -> str:
        return self._instead.get(_plain(match[0]), "*")

    def _of(self, bearers: dict[str, str]) -> str:
        """Return what stands instead of a name that one or several people bear."""
        if not any(char.isalpha() for name in bearers.values() for char in name):
            return "***"
        if self.kind is Redaction.INITIALS:
            return initials.masked(next(iter(bearers.values()))) or "*"
        return "/".join(sorted(_code(self._key, identity) for identity in bearers))


def read(session: Session, kind: Redaction, key: bytes) -> Redactor:
    """Learn the names of everybody who must not be named.

    Args:
        session: an open session.
        kind: how much of a name is shown.
        key: of the office, from ``key``.
    """
    if kind is Redaction.NAMES:
        return Redactor(kind, key, ())
    kin = _kin(session)
    return Redactor(kind, key, _people(session, kin), kin)


def key(db: Database) -> bytes:
    """Return the office's key for codes."""
    return hmac.digest(offices.site_key(db), b"codes for auditors", hashlib.sha256)


def pattern(name: str, frame: str) -> str:
    """Return a regular expression that finds a name as a whole, however its words are spaced.

    Args:
        name: as it is written.
        frame: around it, such as ``(?i:{})``.
    """
    inner = r"\s+".join(re.escape(word) for word in name.split())
    return frame.format(inner) if joined(name) else rf"(?<!\w){frame.format(inner)}(?!\w)"


def joined(word: str) -> bool:
    """Tell whether a script writes its words without spaces between them, as Chinese does."""
    return any("\u2e80" <= letter <= "\u9fff" for letter in word)


# ---------------------------------------------------------------------------------------------------------------- names
def _kin(session: Session) -> dict[int, str]:
    """Return child → what its family is known by: the first guardian, whom siblings share, else the child itself."""
    first = select(Guardianship.child_id, func.min(Guardianship.guardian_id)).group_by(Guardianship.child_id)
    families = {child_id: f"guardian:{key}" for child_id, key in session.execute(first)}
    return {key: families.get(key, _child(key)) for key in session.scalars(select(Child.id))}


def _relative(name: str, family: str) -> str:
    return f"adult:{_plain(name)}@{family}"


def _relatives(session: Session, kin: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    """Yield the adults of every family by name, and who typed it where one brought or collected a child."""
    guardians = select(Guardianship.child_id, type_coerce(Guardian.name, String)).join(
        Guardian, Guardian.id == Guardianship.guardian_id
    )
    named = [
        select(kind.child_id, type_coerce(column, String)).distinct()
        for kind, column in (
            (PickupAdult, PickupAdult.name), (Visit, Visit.brought_by), (Visit, Visit.collected_by),
        )
    ]  # fmt: skip
    for query in (guardians, *named):
        for child_id, name in session.execute(query):
            if name and len(name) > 1 and child_id in kin:
                yield name, _relative(name, kin[child_id])


def _people(session: Session, kin: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    for child_id, *names in session.execute(select(Child.id, Child.name, Child.name_latin)):
        yield from ((name, _child(child_id)) for name in names if len(name) > 1)
    staff = {_plain(name) for row in session.execute(select(Staff.name, Staff.name_latin)) for name in row if name}
    of_families: set[str] = set()
    for name, identity in _relatives(session, kin):
        if _plain(name) not in staff | _relations():
            of_families.add(_plain(name))
            yield name, identity
    typed = {name for column in _TYPED for name in session.scalars(select(type_coerce(column, String)).distinct())}
    others = [*_columns(session), *(n for n in typed if n and len(n) > 1 and _plain(n) not in staff | _relations())]
    yield from ((name, f"adult:{_plain(name)}") for name in others if _plain(name) not in of_families)


def _columns(session: Session) -> Iterator[str]:
    """Yield what stands in every column that says who somebody is; whoever adds one need not think of this.

    Of the workers only those with a child here count, and they are guardians: among thousands of others half the staff
    would have a namesake, and could not be named.
    """
    own = {Child.__tablename__, Visit.__tablename__, Worker.__tablename__}
    kept = [
        column for table in Base.metadata.sorted_tables if table.name not in own
        for column in table.columns if isinstance(column.type, Masked)
    ]  # fmt: skip
    for column in (*kept, *_OTHERS):
        for value in session.scalars(select(type_coerce(column, String)).distinct()):
            if value and len(value) > 1 and (any(c.isalpha() for c in value) or _is_phone(value)):
                yield value


def _is_phone(value: str) -> bool:
    return sum(1 for char in value if char.isdigit()) >= _DIGITS


def _relations() -> frozenset[str]:
    """Return “mother” and the like in every language: no names."""
    if not _RELATIONS:
        for language in i18n.LANGUAGES:
            with i18n.use(language):
                _RELATIONS.update(_plain(_(relation.word)) for relation in Relation)
    return frozenset(_RELATIONS)


_RELATIONS: set[str] = set()


def _plain(name: str) -> str:
    return " ".join(_composed(name).split()).casefold()


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _child(child_id: int) -> str:
    return f"child:{child_id}"


def _code(key: bytes, identity: str) -> str:
    number = int.from_bytes(hmac.digest(key, identity.encode(), hashlib.sha256)[: _BITS // 8])
    letters = "".join(_ALPHABET[number >> shift & 31] for shift in range(_BITS - 5, -1, -5))
    return f"{'C' if identity.startswith('child') else 'P'}-{letters[:4]}-{letters[4:]}"


def _either(names: Iterable[str]) -> re.Pattern[str]:
    found = sorted((pattern(name, "{}") for name in names), key=lambda one: (-len(one), one))
    return re.compile("|".join(found), re.IGNORECASE)


def _hint(name: str) -> str:
    plain = _plain(name)
    words = _WORD.findall(plain)
    return plain[:2] if joined(name) or not words else words[0]


def _hints(text: str) -> set[str]:
    """Return everything a name in a text can begin with; see :func:`_hint`."""
    plain = _plain(text)
    found = set(_WORD.findall(plain))
    return found | {plain[n : n + 2] for n in range(len(plain) - 1)} if joined(plain) else found


roles.guard(globals(), Right.DETAILS, {})
