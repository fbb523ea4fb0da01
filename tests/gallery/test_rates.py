"""A rate lets a burst through, then so many a minute, each address for itself."""

from __future__ import annotations

from catalog.gallery.rates import ADDRESSES_KEPT, Rate


class Clock:
    """Tell the time that a test sets."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_passes_and_then_one_at_a_time() -> None:
    clock = Clock()
    rate = Rate(60, clock)
    assert [rate.wait("a") for _ in range(15)] == [0.0] * 15
    assert rate.wait("a") == 1.0
    clock.now = 1.0
    assert rate.wait("a") == 0.0
    assert rate.wait("a") == 1.0


def test_an_hour_lets_sixty_times_a_minutes_worth_through_and_no_more() -> None:
    clock = Clock()
    rate = Rate(60, clock)
    passed = 0
    for second in range(3600):
        clock.now = float(second)
        passed += sum(rate.wait("a") == 0.0 for _ in range(3))
    assert passed == 3600 + 14


def test_one_address_does_not_use_up_anothers_share() -> None:
    rate = Rate(60, Clock())
    while rate.wait("a") == 0.0:
        pass
    assert rate.wait("b") == 0.0


def test_many_addresses_take_no_more_memory() -> None:
    rate = Rate(60, Clock())
    for number in range(3 * ADDRESSES_KEPT):
        rate.wait(str(number))
    assert len(rate._left) <= ADDRESSES_KEPT
