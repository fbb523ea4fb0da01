"""Whether work takes time in the length of its text or in the square of it, told by ratios that a busy machine does not blur."""

from __future__ import annotations

import time
from collections.abc import Callable

# Of so many times the text, linear work takes 4 times as long and square work 16: the limit lies twice away from both.
TIMES_LONGER, MOST = 4, 8.5
# Below so many seconds of processor time the clock says nothing.
CLOCK_SECONDS = 0.02
TRIES = 3


def seconds_of(work: Callable[[], object]) -> float:
    """Measure the processor time of one piece of work, in seconds."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def is_linear(work_on: Callable[[int], Callable[[], object]], letters: int) -> bool:
    """Tell whether work on four times so many letters takes about four times as long, and not sixteen.

    `work_on` makes the work for a text of so many letters. The least of several tries counts, for what else the machine does can
    only add; and while the least says otherwise, the two are tried again, for slow work is slow every time.
    """
    longer = work_on(TIMES_LONGER * letters)
    longest = seconds_of(longer)
    if longest < CLOCK_SECONDS:
        return True
    shorter = work_on(letters)
    shortest = seconds_of(shorter)
    for _ in range(TRIES):
        longest, shortest = min(longest, seconds_of(longer)), min(shortest, seconds_of(shorter))
        if longest < MOST * shortest:
            return True
    return False
