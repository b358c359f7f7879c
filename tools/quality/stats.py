"""What a count means: intervals, whether a change is more than noise, and how true a confidence is."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

Z95 = 1.96


def interval(good: int, total: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share."""
    if not total:
        return 0.0, 1.0
    share, z2 = good / total, Z95 * Z95
    middle = (share + z2 / (2 * total)) / (1 + z2 / total)
    half = Z95 / (1 + z2 / total) * math.sqrt(share * (1 - share) / total + z2 / (4 * total**2))
    return max(0.0, middle - half), min(1.0, middle + half)


def fell(before: Mapping[str, bool], after: Mapping[str, bool]) -> tuple[int, int, float]:
    """(newly failed, newly right, chance of so much loss by luck) over the cases both have.

    An exact one-sided sign test on the cases that changed (McNemar's): only those tell anything.
    """
    shared = before.keys() & after.keys()
    lost = sum(before[c] and not after[c] for c in shared)
    won = sum(after[c] and not before[c] for c in shared)
    changed = lost + won
    if not changed:
        return 0, 0, 1.0
    ways = sum(math.comb(changed, k) for k in range(lost, changed + 1))
    return lost, won, ways / 2**changed


def bins(
    confidences: Sequence[float], right: Sequence[bool], count: int = 10
) -> list[tuple[float, float, int]]:
    """(mean confidence, share right, cases) of each tenth of the scale that has any."""
    found = []
    for number in range(count):
        low, high = number / count, (number + 1) / count
        rows = [
            i for i, c in enumerate(confidences)
            if low <= c < high or (c >= 1 and number == count - 1)
        ]  # fmt: skip
        if rows:
            mean = sum(confidences[i] for i in rows) / len(rows)
            found.append((mean, sum(right[i] for i in rows) / len(rows), len(rows)))
    return found


def calibration_error(confidences: Sequence[float], right: Sequence[bool]) -> float:
    """Expected calibration error: how far confidence is from being right, weighed by cases."""
    total = max(len(confidences), 1)
    return sum(abs(c - r) * n for c, r, n in bins(confidences, right)) / total
