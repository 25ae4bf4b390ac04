"""Understand what a factory wrote over a column, in any of the six languages or two of them at once."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from ccfs_desktop import paths
from ccfs_desktop.services.listing.fold import fold, lower

Concepts = frozenset[str]

LONGEST = 90
"""A longer text is an instruction or a title, not a heading."""

_PHRASE = 8
_PARTS = re.compile(r"[/|\n;,，；:：、]|\s[-–—]\s")
_BRACKETS = re.compile(r"[(（\[【<《]([^)）\]】>》]*)[)）\]】>》]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_DATES = {
    *("birth", "hired", "left", "start", "end", "arrival", "until"),
    *("first_aid", "background", "health_certificate", "safeguarding", "fire", "food_hygiene", "issued"),
}
_PAPERS = {"first_aid", "health_certificate", "background", "conduct"}
_TRAININGS = {"safeguarding", "fire", "food_hygiene"}
_ABSORBED: tuple[tuple[set[str], set[str]], ...] = (
    ({"parent", "father", "mother", "supervisor", "pickup", "emergency", "child"}, {"worker"}),
    ({"code", "phone", "serial", "insurance", "id_card", "line"}, {"no"}),
    ({"phone", "emergency"}, {"contact"}),
    (_DATES, {"date"}),
    (_PAPERS, {"check", "signed", "certificate"}),
    (_TRAININGS, {"training", "certificate"}),
    ({"seen"}, {"check"}),
    ({"pickup"}, {"consent"}),
    ({"id_card"}, {"code", "worker"}),
)
"""Where one of the first is said, the second adds nothing: "parent employee no." is the parent's number."""


@dataclass(frozen=True)
class Reading:
    """One way to understand a heading."""

    concepts: Concepts
    share: float
    """How much of the text was understood, 0 to 1."""


@dataclass(frozen=True)
class _Phrases:
    """All wordings, by their pieces; and those that stand for every word beginning so."""

    whole: dict[tuple[str, ...], Concepts]
    beginnings: dict[tuple[str, ...], list[tuple[str, Concepts]]]

    def find(self, pieces: tuple[str, ...]) -> Concepts | None:
        """Return what these pieces together mean."""
        exact = self.whole.get(pieces)
        if exact is not None:
            return exact
        options = self.beginnings.get(pieces[:-1], ())
        return next((concepts for beginning, concepts in options if pieces[-1].startswith(beginning)), None)

    def words(self) -> Iterator[tuple[str, Concepts]]:
        """Yield the wordings of one word only."""
        yield from ((pieces[0], concepts) for pieces, concepts in self.whole.items() if len(pieces) == 1)
        yield from self.beginnings.get((), ())


def candidates(kind: str, heading: str, group: str = "") -> dict[str, float]:
    """Return the fields a heading may mean, each with a confidence between 0 and 1.

    Args:
        kind: ``workers``, ``children`` or ``staff``.
        heading: the text over the column.
        group: the text over several columns, above the heading.
    """
    found: dict[str, float] = {}
    for reading, weight in _readings(heading, group):
        for field, certainty in _rules(kind).get(reading.concepts, ()):
            score = weight * certainty * reading.share
            if score > found.get(field, 0.3):
                found[field] = score
    return found


def mentions(text: str) -> Concepts:
    """Return every concept a text mentions."""
    return _read(text).concepts


def _readings(heading: str, group: str) -> Iterator[tuple[Reading, float]]:
    """Yield the ways to read a heading, the surest first: whole, without brackets, part by part."""
    if not heading.strip() or len(heading) + len(group) > LONGEST:
        return
    if group.strip():
        yield _read(f"{group} {heading}"), 1.0
    alone = 0.8 if group.strip() else 1.0
    yield _read(heading), alone
    outside = _BRACKETS.sub(" ", heading)
    if outside != heading:
        yield _read(outside), 0.97 * alone
    inside = " ".join(_BRACKETS.findall(heading))
    for part in (*_PARTS.split(outside), inside):
        if part.strip() and part != heading:
            yield _read(part), 0.88 * alone


@lru_cache(maxsize=4096)
def _read(text: str) -> Reading:
    """Find the concepts in a text: the longest wording first, from left to right."""
    marked, plain = _pieces(lower(_CAMEL.sub(" ", text))), _pieces(fold(_CAMEL.sub(" ", text)))
    concepts: set[str] = set()
    understood = total = at = 0
    while at < len(plain):
        length, meaning = _longest(marked, plain, at)
        weight = sum(2 if piece > "\u2e80" else len(piece) for piece in plain[at : at + length])
        concepts |= meaning or set()
        understood += weight if meaning else 0
        total += weight if meaning is None or meaning else 0
        at += length
    return Reading(_simplified(concepts), understood / total if total else 0.0)


def _longest(marked: list[str], plain: list[str], at: int) -> tuple[int, Concepts | None]:
    """Return how many pieces from here belong together, and their meaning: nothing for filler, None for the unknown."""
    with_marks, without = _phrases(marks=True), _phrases(marks=False)
    aligned = len(marked) == len(plain)
    for length in range(min(_PHRASE, len(plain) - at), 0, -1):
        meaning = with_marks.find(tuple(marked[at : at + length])) if aligned else None
        meaning = meaning if meaning is not None else without.find(tuple(plain[at : at + length]))
        if meaning is not None:
            return length, meaning
    return 1, _misspelt(plain[at])


@lru_cache(maxsize=4096)
def _misspelt(piece: str) -> Concepts | None:
    """Recognise a longer word with a letter wrong, if it can only be one word."""
    if len(piece) < 5 or piece > "\u2e80" or piece.isdecimal():
        return None
    from rapidfuzz import process  # noqa: PLC0415 (slow to load, rarely needed)
    from rapidfuzz.distance import Levenshtein  # noqa: PLC0415

    allowed = 1 if len(piece) < 9 else 2
    close = process.extract(piece, _long_words(), scorer=Levenshtein.distance, score_cutoff=allowed, limit=None)
    near = {_long_words_meaning()[at] for _word, _distance, at in close}
    return near.pop() if len(near) == 1 else None


@cache
def _long_words() -> list[str]:
    return [word for word, _concepts in _phrases(marks=False).words() if len(word) >= 5]


@cache
def _long_words_meaning() -> list[Concepts]:
    return [concepts for word, concepts in _phrases(marks=False).words() if len(word) >= 5]


def _simplified(concepts: set[str]) -> Concepts:
    """Leave out what another concept already says."""
    if {"father", "mother"} <= concepts:
        concepts = (concepts - {"father", "mother"}) | {"parent"}
    for said, absorbed in _ABSORBED:
        if concepts & said:
            concepts = concepts - absorbed
    return frozenset(concepts)


def _pieces(text: str) -> list[str]:
    """Split a text into words; a Chinese character is a word of its own."""
    text = re.sub(r"['’`]s?\b", "", text)
    text = re.sub(r"\b([a-z])\.(?=[a-z]\b)", r"\1", text)
    pieces: list[str] = []
    before = ""
    for letter in text:
        kind = unicodedata.category(letter)[0]
        kind = "L" if kind == "M" else kind
        if letter in "#№":
            pieces.append("#")
        elif kind in "LN":
            if kind == before and not letter > "\u2e80":
                pieces[-1] += letter
            else:
                pieces.append(letter)
        before = "" if letter > "\u2e80" else kind
    return pieces


@cache
def _file() -> dict[str, Any]:
    with paths.resource("listing/headings.toml").open("rb") as stream:
        return tomllib.load(stream)


@cache
def _phrases(*, marks: bool) -> _Phrases:
    """Prepare the wordings, with their marks or without."""
    whole: dict[tuple[str, ...], Concepts] = {}
    beginnings: dict[tuple[str, ...], list[tuple[str, Concepts]]] = {}
    for concept in _file()["concept"]:
        concepts: Concepts = frozenset(concept["is"].split())
        wordings = ",".join(words for language, words in concept.items() if language != "is")
        for wording in wordings.split(","):
            pieces = tuple(_pieces(lower(wording) if marks else fold(wording)))
            if wording.strip().endswith("*"):
                beginnings.setdefault(pieces[:-1], []).append((pieces[-1], concepts))
            elif pieces:
                whole.setdefault(pieces, concepts)
    for options in beginnings.values():
        options.sort(key=lambda option: -len(option[0]))
    return _Phrases(whole, beginnings)


@cache
def _rules(kind: str) -> dict[Concepts, list[tuple[str, float]]]:
    """Return which fields each set of concepts may mean, with how sure that is."""
    rules: dict[Concepts, list[tuple[str, float]]] = {}
    for field, wordings in _file()["fields"][kind].items():
        sure, _tilde, weak = wordings.partition("~")
        for options, first, step in ((sure, 1.0, 0.01), (weak, 0.55, 0.02)):
            for place, option in enumerate(filter(None, (option.strip() for option in options.split(",")))):
                concepts = _simplified(set(option.split()))
                name = "name" if field == "called" else field
                rules.setdefault(concepts, []).append((name, first - step * place))
    return rules
