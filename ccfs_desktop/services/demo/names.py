"""The names and words of the made-up factory, in one language."""

import tomllib
from dataclasses import dataclass
from itertools import cycle
from random import Random
from typing import Any

from ccfs_desktop import paths
from ccfs_desktop.models.worker import Sex


@dataclass(frozen=True)
class Name:
    """A person's name in its own script, and in Latin letters where that is another script."""

    family: str
    native: str
    latin: str


class Names:
    """Draws names from ``resources/demo/<language>.toml``."""

    def __init__(self, language: str, seed: int) -> None:
        """Read the language's file."""
        with paths.resource(f"demo/{language}.toml").open("rb") as stream:
            self._book: dict[str, Any] = tomllib.load(stream)
        self.language = language
        self._random = Random(f"{seed} {language}")  # noqa: S311 (a play, not a secret)
        self._called = {sex: cycle(self._shuffled(key)) for sex, key in _CHILDREN.items()}

    def text(self, key: str) -> str:
        """Return a text."""
        return self._book[key]

    def texts(self, key: str) -> list[Any]:
        """Return a list of texts."""
        return self._book[key]

    def word(self, key: str) -> str:
        """Return what an officer would write."""
        return self._book["words"][key]

    def relation(self, key: str) -> str:
        """Return what an adult is to a child."""
        return self._book["relation"][key]

    def native(self, key: str) -> str:
        """Return a text in its own script."""
        return _parts(self._book[key])[0]

    def latin(self, key: str) -> str:
        """Return a text in Latin letters; empty where it is in Latin letters already."""
        native, latin = _parts(self._book[key])
        return "" if latin == native else latin

    def adult(self, sex: Sex) -> Name:
        """Draw an adult's name."""
        given = self._random.choice(self._book["women" if sex is Sex.FEMALE else "men"])
        return self._name(self._random.choice(self._families(sex)), given)

    def child(self, sex: Sex, father: Name) -> Name:
        """Draw a child's name; it has the father's where that is the custom."""
        family = father.family if self._book["inherits"] else self._random.choice(self._families(sex))
        return self._name(family, next(self._called[sex]))

    def phone(self) -> str:
        """Draw a telephone number nobody has."""
        return "".join(self._random.choice("0123456789") if c == "#" else c for c in self._book["phone"])

    def _families(self, sex: Sex) -> list[str]:
        women = self._book["families_of_women"]
        return women if sex is Sex.FEMALE else self._book.get("families_of_men", women)

    def _name(self, family: str, given: str) -> Name:
        (family_native, family_latin), (given_native, given_latin) = _parts(family), _parts(given)
        whole = self._book["whole"]
        native = whole.format(family=family_native, given=given_native)
        latin = self._book.get("whole_latin", whole).format(family=family_latin, given=given_latin)
        return Name(family, native, "" if latin == native else latin)

    def _shuffled(self, key: str) -> list[str]:
        return self._random.sample(self._book[key], len(self._book[key]))


_CHILDREN = {Sex.FEMALE: "girls", Sex.MALE: "boys"}


def _parts(entry: str) -> tuple[str, str]:
    native, _bar, latin = entry.partition("|")
    return native, latin or native
