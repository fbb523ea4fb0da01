"""How well and how fast credit lines are read: the labelled lines of `tests/credits`, by language, and hostile text."""

from __future__ import annotations

import csv
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.figures import Figure, held_against
from catalog.credits.reading import find_credits_in_caption
from catalog.workflow.read_credits import read_line as read_credit

LINES = Path(__file__).resolve().parent.parent / "tests" / "credits"
LANGUAGES = ("en", "ru", "uk", "ar")
# What the project promises on the lines it was written for, on lines it was not, and for agencies' names.
PARTIES, HELD_OUT, AGENCIES = 0.97, 0.92, 0.99
# Pieces that reach every rule when they are repeated to 100 KB.
HOSTILE = ("(AP ", "A B/", "Фото: ", "الص ", "@", "Retuers ", "«a, ", "Lee-AP ")
Party = tuple[str, str]
Row = dict[str, str]


def run(folder: Path) -> Iterator[Figure]:
    """Read every labelled line; shares are of parties with the right role and span."""
    for name, floor in (("lines.csv", PARTIES), ("held_out.csv", HELD_OUT)):
        with (LINES / name).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for language in (*LANGUAGES, "all"):
            own = [row for row in rows if language in (row["language"], "all")]
            read, stated, right = _counted(own, ("creator", "agency", "issuer", "distributor", "carrier", "rights_holder"))
            what = f"{name}, {language}, {len(own)} lines"
            yield held_against(f"{what}: of parties read, right", "", right / read, "floor", floor)
            yield held_against(f"{what}: of parties printed, read", "", right / stated, "floor", floor)
        read, _, right = _counted(rows, ("agency", "distributor"))
        yield held_against(f"{name}: names of agencies right", "", right / read, "floor", AGENCIES)
        lost = sum(1 for row in rows if row["parties"] and not _says_anything(row["line"]))
        yield Figure(f"{name}: lines lost", str(lost), "0")
    rate = _rate([row["line"] for row in rows])
    yield Figure("lines read a second", f"{rate:.0f}")
    for piece in HOSTILE:
        half, whole = _seconds(piece, 50_000), _seconds(piece, 100_000)
        yield Figure(f"100 KB of {piece!r}", f"{whole * 1000:.0f} ms", f"50 KB {half * 1000:.0f} ms", whole / half)


def _counted(rows: Sequence[Row], roles: Sequence[str]) -> tuple[int, int, int]:
    read = stated = right = 0
    for row in rows:
        found = {(party.role, party.name) for party in read_credit(row["line"]).parties if party.role in roles}
        labelled = {party for party in _parties(row) if party[0] in roles}
        read, stated, right = read + len(found), stated + len(labelled), right + len(found & labelled)
    return read, stated, right


def _parties(row: Row) -> list[Party]:
    split = [party.split("=", 1) for party in row["parties"].split(" | ") if party]
    return [(role, name) for role, name in split]


def _says_anything(line: str) -> bool:
    reading = read_credit(line)
    return bool(reading.parties or reading.flags or reading.identifiers or reading.unread)


def _rate(lines: Sequence[str]) -> float:
    started = time.process_time()
    for _ in range(5):
        for line in lines:
            read_credit(line)
    return 5 * len(lines) / (time.process_time() - started)


def _seconds(piece: str, length: int) -> float:
    line = (piece * (length // len(piece) + 1))[:length]
    best = 60.0
    for _ in range(3):
        started = time.process_time()
        read_credit(line)
        find_credits_in_caption(line)
        best = min(best, time.process_time() - started)
    return best
