"""One measured figure beside what it is held against, and the plain table of many."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from dataclasses import dataclass

BROKEN = "BROKEN: "
HEADINGS = ("what", "measured", "against", "ratio")
# What a floor that bounds is called, and what makes its figure hold.
BOUNDS: dict[str, Callable[[float, float], bool]] = {
    "must be": operator.eq, "made": operator.eq, "at most": operator.le, "at least": operator.ge,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """Hold one figure.

    `measured` is a number with its unit, `against` names the floor or peer measured in the same run with its number, empty where
    there is none. `ratio` is measured ÷ against, None where there is none. `holds` is false where what it is held against is
    a bound that it breaks.
    """

    what: str
    measured: str
    against: str = ""
    ratio: float | None = None
    holds: bool = True


def held_against(what: str, unit: str, measured: float, floor_name: str, floor: float) -> Figure:
    """Build a figure from two numbers of one unit; a floor of zero has no ratio, and one named in `BOUNDS` is a bound."""
    holds = floor_name not in BOUNDS or BOUNDS[floor_name](measured, floor)
    ratio = measured / floor if floor > 0 else None
    return Figure(what, f"{measured:.4g} {unit}", f"{floor_name} {floor:.4g} {unit}", ratio, holds)


def share_of(what: str, number: int, total: int, bound: str = "", share: float = 0.0) -> Figure:
    """Build a figure of how many of so many; `bound`, one of `BOUNDS` or none, and a share (0-1) say what it must keep."""
    measured = f"{100 * number / total:.1f} % of {total}"
    if not bound:
        return Figure(what, measured)
    return Figure(what, measured, f"{bound} {100 * share:g} %", holds=BOUNDS[bound](number / total, share))


def table(title: str, command: str, figures: Iterable[Figure]) -> list[str]:
    """Return the lines of a plain table under the sentence and the command that made it, then what breaks its bound."""
    figures = list(figures)
    rows = [HEADINGS]
    rows += [(one.what, one.measured, one.against, "" if one.ratio is None else f"{one.ratio:.2f}") for one in figures]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = [title, f"$ {command}", ""]
    for number, row in enumerate(rows):
        lines.append("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
        if number == 0:
            lines.append("  ".join("-" * width for width in widths))
    broken = [f"{BROKEN}{one.what.strip()}: {one.measured.strip()}, {one.against.strip()}" for one in figures if not one.holds]
    return [*lines, *broken, ""]
