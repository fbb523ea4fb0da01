"""What becomes of hostile files: a named outcome each, as their manifest says, within time and memory."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.corpus import NOT_GIVEN, RULINGS, Row, corpus_folder, corpus_rows, rulings
from bench.figures import Figure, held_against
from bench.processes import run_catalog_ended
from catalog.compute.local import LocalExecutor
from catalog.errors import ComputeError
from catalog.workflow.describe_photo import describing

SUITE = "reliability"
MAX_SECONDS, MAX_MIB, QUICK_SECONDS = 10.0, 1024.0, 2.0
_IMAGES, _SHOWN = "image-import", 60


@dataclass(frozen=True, slots=True)
class Spent:
    """Hold what one file took of a worker: wall seconds, peak resident memory in MiB, and the code of a failure or ""."""

    path: Path
    seconds: float
    peak_mib: float
    code: str


def run(folder: Path, corpus: Path | None = None) -> Iterator[Figure]:
    """Import the whole corpus in one go and compare with its manifest; then give each file to a worker alone and measure it."""
    corpus = corpus or corpus_folder()
    if corpus is None:
        yield Figure("hostile files", NOT_GIVEN)
        return
    rows = corpus_rows(corpus)
    yield from _imported(folder, rows)
    yield from _measured(spent_on(row.path for row in rows))


def spent_on(paths: Iterator[Path]) -> list[Spent]:
    """Let one worker describe the files one after the other; its memory mark is set back before each."""
    found = []
    with LocalExecutor(1, MAX_SECONDS) as executor:
        for path in paths:
            _reset_marks(executor)
            started, code = time.monotonic(), ""
            try:
                executor.run(describing(path, path.name))
            except ComputeError as error:
                code = error.code
            seconds = time.monotonic() - started
            found.append(Spent(path, seconds, max(map(peak_mib, executor.process_ids()), default=0.0), code))
    return found


def peak_mib(number: int) -> float:
    """Return the peak of a process's resident memory in MiB, 0 for one that is gone."""
    try:
        lines = Path(f"/proc/{number}/status").read_text("ascii", "replace").splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0.0)


def _imported(folder: Path, rows: Sequence[Row]) -> Iterator[Figure]:
    # Sidecars are no items of their folder; named one by one they are.
    named = [row.path for row in rows if row.path.suffix.lower() == ".xmp"]
    folders = sorted({row.path.parent for row in rows})
    ended = run_catalog_ended(folder / "instance", "import", *folders, *named, "--json", "--no-match")
    lines = [json.loads(line) for line in ended.out.splitlines() if line.startswith("{")]
    told = {str(Path(line["item"]).resolve()): line for line in lines if "item" in line}
    outcomes = [(row, told.get(str(row.path.resolve()))) for row in rows]
    counts = Counter(_outcome(line) for _, line in outcomes if line)
    yield Figure("files of the corpus", str(len(rows)), ", ".join(f"{name} {count}" for name, count in sorted(counts.items())))
    yield held_against("exit code of the import", "", ended.code, "must be", 1 if counts["reject"] else 0)
    yield held_against("files without an outcome", "", sum(line is None for _, line in outcomes), "must be", 0)
    unnamed = [line for _, line in outcomes if line and line["reason"] in {"worker_error", "worker_died"}]
    yield held_against("outcomes without a name of their own", "", len(unnamed), "must be", 0)
    images = [(row, line) for row, line in outcomes if line and row.feature == _IMAGES]
    against = [(row, line) for row, line in images if not row.allows(_outcome(line))]
    reasons = rulings()
    ruled = [(row, reasons[row.sha256, _outcome(line)]) for row, line in against if (row.sha256, _outcome(line)) in reasons]
    against = [(row, line) for row, line in against if (row.sha256, _outcome(line)) not in reasons]
    severe = [one for one in against if "reject" in {one[0].expected, _outcome(one[1])}]
    yield held_against("refused against the manifest, or taken against it", "", len(severe), "must be", 0)
    yield held_against("warned of against the manifest, or not warned of", "", len(against) - len(severe), "must be", 0)
    yield Figure(
        "of another opinion than the manifest, with our reason", str(len(ruled)), f"{len(reasons)} rulings in {RULINGS.name}"
    )
    for row, reason in ruled:
        yield Figure(f"  {row.path.name[:60]}", f"manifest: {row.expected}, {row.tolerance}", reason)
    for row, line in against[:_SHOWN]:
        said = line["reason"] or ", ".join(line["warnings"]) or "no warning"
        yield Figure(f"  {row.path.name[:60]}", f"{_outcome(line)}: {said}", f"manifest: {row.expected}, {row.tolerance}")
    verified = run_catalog_ended(folder / "instance", "verify")
    yield held_against("exit code of verify afterwards", "", verified.code, "must be", 0)


def _measured(spent: Sequence[Spent]) -> Iterator[Figure]:
    slowest, largest = max(spent, key=lambda one: one.seconds), max(spent, key=lambda one: one.peak_mib)
    quick = sum(one.seconds <= QUICK_SECONDS for one in spent) / len(spent)
    yield held_against(f"slowest file ({slowest.path.name[:40]})", "s", slowest.seconds, "at most", MAX_SECONDS)
    yield held_against("largest peak of a worker's memory", "MiB", largest.peak_mib, "at most", MAX_MIB)
    yield held_against(f"share of files within {QUICK_SECONDS:.0f} s", "", quick, "at least", 0.995)
    failed = Counter(one.code for one in spent if one.code.startswith("worker_"))
    yield Figure("ended by a limit", ", ".join(f"{code} {count}" for code, count in sorted(failed.items())) or "none")


def _outcome(line: dict[str, object]) -> str:
    if line["outcome"] == "rejected":
        return "reject"
    return "ok-with-warning" if line["warnings"] else "ok"


def _reset_marks(executor: LocalExecutor) -> None:
    for number in executor.process_ids():
        # Linux proc(5): 5 sets the peak of the resident memory to what it is now.
        Path(f"/proc/{number}/clear_refs").write_text("5", "ascii")
