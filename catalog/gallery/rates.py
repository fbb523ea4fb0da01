"""How often one address may ask for what costs much: uploads and searches, counted in this process."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable

from flask import current_app, request
from werkzeug.exceptions import TooManyRequests

UPLOADS_A_MINUTE = 60
SEARCHES_A_MINUTE = 120
ADDRESSES_KEPT = 1024


class Rate:
    """Let through so many requests a minute for each address, spread evenly, with a burst of a quarter of a minute's worth."""

    def __init__(self, a_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Count against a clock of seconds that never goes back."""
        self._seconds_each = 60 / a_minute
        self._burst = max(1.0, a_minute / 4)
        self._clock = clock
        self._left: dict[str, tuple[float, float]] = {}
        self._lock = threading.Lock()

    def wait(self, address: str) -> float:
        """Take one request and return 0, or take none and return how many seconds to wait."""
        with self._lock:
            now = self._clock()
            left, at = self._left.pop(address, (self._burst, now))
            left = min(self._burst, left + (now - at) / self._seconds_each)
            if len(self._left) >= ADDRESSES_KEPT:
                del self._left[next(iter(self._left))]
            if left < 1:
                self._left[address] = (left, now)
                return (1 - left) * self._seconds_each
            self._left[address] = (left - 1, now)
            return 0.0


def require_rate(name: str) -> None:
    """Count the request under a name of `RATES`; too many raise 429 with the seconds to wait."""
    rate: Rate = current_app.extensions["rates"][name]
    seconds = rate.wait(request.remote_addr or "")
    if seconds:
        raise TooManyRequests(retry_after=math.ceil(seconds))


def made_rates() -> dict[str, Rate]:
    """Return the rates of an app, by name."""
    return {"upload": Rate(UPLOADS_A_MINUTE), "search": Rate(SEARCHES_A_MINUTE)}
