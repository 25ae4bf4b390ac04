"""How far a share or a count may be from the truth: 95-per-cent intervals, in pure numbers.

Source: domain.md 6.8, with its test vectors: Wilson for a single proportion, exact Poisson for counts per exposure.
Intervals are reckoned when they are shown; nothing of them is stored.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

_Z = 1.959963984540054
"""The 97.5 % point of the normal distribution."""
_TAIL = 0.025
_STEPS = 200
"""Halvings of a bisection: more than a double can tell apart."""


@dataclass(frozen=True)
class Interval:
    """Between what the truth lies with 95 % confidence."""

    low: float
    high: float

    def times(self, factor: float) -> "Interval":
        """Return it in another unit."""
        return Interval(self.low * factor, self.high * factor)


def wilson(hits: int, tries: int) -> Interval | None:
    """Return the interval of a share, from 0 to 1; None where nothing was tried.

    Args:
        hits: how often it happened.
        tries: out of how many.
    """
    if tries <= 0:
        return None
    share, z2 = hits / tries, _Z * _Z
    middle = (share + z2 / (2 * tries)) / (1 + z2 / tries)
    half = _Z / (1 + z2 / tries) * math.sqrt(share * (1 - share) / tries + z2 / (4 * tries * tries))
    # At the ends the formula gives exactly 0 and 1; only rounding says otherwise.
    return Interval(0.0 if hits == 0 else max(0.0, middle - half), 1.0 if hits == tries else min(1.0, middle + half))


def poisson(events: int) -> Interval:
    """Return the exact interval of the number of events to be expected where some were counted.

    The low end is the mean at which so many or more are seen in 2.5 % of all cases, the high end that at which so many
    or fewer are.
    """
    low = 0.0 if events == 0 else _mean(lambda mean: 1 - _at_most(events - 1, mean) < _TAIL, float(events))
    ceiling = events + 10 * math.sqrt(events + 1) + 10
    return Interval(low, _mean(lambda mean: _at_most(events, mean) > _TAIL, ceiling))


def _mean(is_too_small: Callable[[float], bool], ceiling: float) -> float:
    """Return the mean between 0 and a ceiling at which a condition stops to hold."""
    low, high = 0.0, ceiling
    for _step in range(_STEPS):
        middle = (low + high) / 2
        if is_too_small(middle):
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _at_most(events: int, mean: float) -> float:
    """Return how likely it is that at most so many events are seen, term by term from the largest on."""
    if mean <= 0:
        return 1.0
    logs = [n * math.log(mean) - mean - math.lgamma(n + 1) for n in range(events + 1)]
    return min(1.0, math.fsum(math.exp(one) for one in logs))
