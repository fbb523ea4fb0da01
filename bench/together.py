"""What comes of several imports of overlapping sets at once, an editor who decides and a verify that reads meanwhile."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from subprocess import PIPE

from bench.durability.holdings import Contents, contents_of, evidence_in, harm_to, opened_copy
from bench.figures import Figure, held_against
from catalog.cli.opening import open_catalogue
from catalog.settings import Settings
from catalog.workflow.decide_pair import decide
from catalog.workflow.verify_catalogue import VerifyOrder, verify_catalogue
from tests.conftest import command, environment, run_catalog
from tests.journeys.killing import make_collection

PHOTOS, IMPORTERS, ROUNDS = 24, (2, 4), 3
LONGEST_WAIT_SECONDS = 30.0
SUITE = "reliability"
Pairs = dict[frozenset[str], tuple[str, str]]
Groups = set[frozenset[str]]


def run(folder: Path, photos: int = PHOTOS, importers: Sequence[int] = IMPORTERS, rounds: int = ROUNDS) -> Iterator[Figure]:
    """Start so many imports at once, decide and verify until they end, and compare with the same imports one after the other."""
    for count in importers:
        press = make_collection(folder / f"press-{count}", photos)
        manifests = overlapping(press, count)
        serial = folder / f"serial-{count}"
        codes = [run_catalog(serial, *_arguments(press, manifest)).code for manifest in manifests]
        expected, told = contents_of(serial), _matched(serial)
        for number in range(rounds):
            name = f"{count} imports at once, round {number + 1}"
            yield from _round(name, folder / f"round-{count}-{number}", press, manifests, codes, expected, told)


def overlapping(press: Path, count: int) -> list[Path]:
    """Write so many manifests, each with all rows but one share, so that every row stands in several."""
    header, *rows = (press / "manifest.csv").read_text("utf-8").splitlines()
    made = []
    for number in range(count):
        path = press / f"manifest-{number}.csv"
        kept = [row for place, row in enumerate(rows) if count == 1 or place % count != number]
        path.write_text("\n".join([header, *kept]) + "\n", "utf-8")
        made.append(path)
    return made


def _round(
    name: str, instance: Path, press: Path, manifests: Sequence[Path], codes: Sequence[int], expected: Contents,
    told: tuple[Pairs, Groups],
) -> Iterator[Figure]:  # fmt: skip
    # The editor decides on two photos that are there from the start and are no picture of one another.
    first = run_catalog(instance, *_arguments(press, manifests[0]))
    pair = sorted({line["photo"] for line in first.lines if line.get("photo")})[:2]
    surroundings = environment(instance)
    started = [
        subprocess.Popen(command(*_arguments(press, manifest)), env=surroundings, stdout=PIPE, stderr=PIPE, text=True)
        for manifest in manifests
    ]
    decided, longest, alarms, checks = _edit(instance, pair, started)
    ended = [process.communicate() for process in started]
    acknowledged = sum(out.count('"outcome"') for out, _ in ended)
    busy = sum("store_busy" in err or "locked" in err for _, err in ended)
    yield Figure(name, f"{acknowledged} items told", f"{decided} decisions and {checks} verifications meanwhile")
    differ = sum(process.returncode != code for process, code in zip(started, codes, strict=True))
    yield held_against("  imports that ended otherwise than alone", "", differ, "must be", 0)
    yield held_against("  told that the database is locked", "", busy, "must be", 0)
    yield held_against("  longest wait of the editor", "s", longest, "at most", LONGEST_WAIT_SECONDS)
    yield held_against("  alterations that verify saw meanwhile", "", alarms, "must be", 0)
    held = contents_of(instance)
    missing, more = evidence_in(expected) - evidence_in(held), evidence_in(held) - evidence_in(expected)
    yield held_against("  rows missing or doubled against one after the other", "", missing.total() + more.total(), "must be", 0)
    pairs, groups = _matched(instance)
    yield held_against("  pairs missed", "", len(set(told[0]) - set(pairs)), "must be", 0)
    unlike = sum(pairs.get(key) != value for key, value in told[0].items())
    yield held_against("  pairs told otherwise", "", unlike + len(groups ^ told[1]), "must be", 0)
    with opened_copy(instance) as database:
        kept = database.execute("SELECT count(*) FROM decision").fetchone()[0]
    yield held_against("  decisions lost or doubled", "", abs(kept - decided), "must be", 0)
    harm = harm_to(instance, {})
    yield held_against(
        "  harmed, or verify not content afterwards", "", bool(harm) + run_catalog(instance, "verify").code, "must be", 0
    )


def _edit(instance: Path, pair: Sequence[str], started: Sequence[subprocess.Popen[str]]) -> tuple[int, float, int, int]:
    """Decide, take back and verify until every import has ended; return decisions, longest wait, alterations seen, checks."""
    decided = alarms = checks = 0
    longest = 0.0
    with open_catalogue(Settings(instance=instance)) as catalogue:
        while decided < 2 or any(process.poll() is None for process in started):
            for verdict in ("reject", "undo"):
                begun = time.monotonic()
                decide(catalogue, verdict, pair[0], pair[1], f"round {decided}", "editor")
                longest = max(longest, time.monotonic() - begun)
                decided += 1
            alarms += len(verify_catalogue(catalogue, VerifyOrder(), lambda _done, _total: None).alterations)
            checks += 1
    return decided, longest, alarms, checks


def _matched(instance: Path) -> tuple[Pairs, Groups]:
    with opened_copy(instance) as database:
        rows = database.execute(
            "SELECT a.sha256, b.sha256, relation, state FROM verification"
            " JOIN photo a ON a.id = query_photo_id JOIN photo b ON b.id = reference_photo_id"
        ).fetchall()
        members = database.execute("SELECT group_id, sha256 FROM group_member JOIN photo ON photo.id = photo_id").fetchall()
    groups: dict[int, set[str]] = {}
    for number, sha256 in members:
        groups.setdefault(number, set()).add(sha256)
    return {frozenset(row[:2]): (row[2], row[3]) for row in rows}, {frozenset(group) for group in groups.values()}


def _arguments(press: Path, manifest: Path) -> tuple[str | Path, ...]:
    return ("import", press, "--manifest", manifest, "--json", "--workers", "1")
