"""How far a share that was counted can be trusted: an interval around it, and how many it takes to show it."""

from __future__ import annotations

import math
from typing import Final

from catalog.records.evaluation import Interval

# Two-sided 95 %: the 0.975 quantile of the normal distribution.
QUANTILE: Final = 1.959963984540054
# Of n that were looked at none was wrong: then at most 3/n are, 95 % sure (the rule of three: Hanley and Lippman-Hand, "If
# nothing goes wrong, is everything all right?", JAMA 249 (1983), 1743-1745).
THREE: Final = 3


def interval(right: int, of: int) -> Interval:
    """Return the 95 % interval of a share, 0-1 each; of none everything is possible.

    Wilson's score interval: Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927),
    209-212. It takes what was counted for independent.
    """
    if not of:
        return Interval(0.0, 1.0)
    share, spread = right / of, QUANTILE**2 / of
    middle = share + spread / 2
    half = math.sqrt(spread * share * (1 - share) + spread**2 / 4)
    low, high = (middle - half) / (1 + spread), (middle + half) / (1 + spread)
    # A share lies in its own interval; rounding must not say otherwise at 0 and 1.
    return Interval(max(0.0, min(low, share)), min(1.0, max(high, share)))


def needed_for_share(precision: float) -> int | None:
    """Return how many must be right with none wrong, so that a share of right ones is shown, 95 % sure; None for a share of 1."""
    return None if precision >= 1 else math.ceil(round(THREE / (1 - precision), 6))


def needed_for_one_in(number: int) -> int:
    """Return of how many none may be wrong, so that at most one in so many is, 95 % sure."""
    return THREE * number
