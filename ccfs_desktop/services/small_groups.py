"""No group of fewer than five children or parents is shown in a breakdown, nor can it be worked out by subtraction.

Source: domain.md 6.9: minimum reporting group 5, and the complement is suppressed where it can be derived. S104.
"""

from collections.abc import Mapping, Sequence

from ccfs_desktop.i18n import _

LEAST = 5
"""Source: domain.md 6.9, S104."""


def is_small(count: int) -> bool:
    """Tell whether a group is there and too small to be shown."""
    return 0 < count < LEAST


def hidden(counts: Sequence[int]) -> list[bool]:
    """Tell which parts of a known sum must not be shown.

    Beside the small ones as many of the next larger as it takes, so that what is hidden is at least two groups and at
    least five together. Zero is no group and is shown.

    Args:
        counts: the parts; together they are the sum that is shown.
    """
    out = [is_small(count) for count in counts]
    if not any(out):
        return out
    for index in sorted((n for n, count in enumerate(counts) if count >= LEAST), key=lambda n: counts[n]):
        if sum(out) > 1 and sum(count for count, gone in zip(counts, out, strict=True) if gone) >= LEAST:
            break
        out[index] = True
    return out


def shown(counts: Sequence[int]) -> list[str]:
    """Return the parts of a known sum as they may be written.

    A small one is "< 5"; one beside which only a few are left is "> all but five"; what is hidden so that nothing can
    be worked out is empty.
    """
    total = sum(counts)
    return [
        str(count) if not gone else f"< {LEAST}" if is_small(count) else f"> {total - LEAST}" if total - count < LEAST
        else ""
        for count, gone in zip(counts, hidden(counts), strict=True)
    ]  # fmt: skip


def merged(counts: Mapping[str, int]) -> tuple[list[tuple[str, int]], int, int]:
    """Merge the small groups of a breakdown into one, largest first.

    Returns:
        the groups that stand for themselves; how many were merged; how many are in those. Where the merged ones are
        still too few, the smallest of the others is merged with them.
    """
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    alone = [pair for pair in ordered if pair[1] >= LEAST]
    rest = [pair for pair in ordered if is_small(pair[1])]
    while rest and alone and sum(count for _name, count in rest) < LEAST:
        rest.append(alone.pop())
    return alone, len(rest), sum(count for _name, count in rest)


def told(count: int) -> str:
    """Return a count of people as it may be told; a small one only as "fewer than five"."""
    return _("fewer than 5") if is_small(count) else str(count)
