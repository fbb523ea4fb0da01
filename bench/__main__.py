"""Run the benches and print one plain table each: `python -m bench [NAME …] [--suite SUITE] [--jobs JOBS] [--out FILE]`."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

import bench
from bench.figures import BROKEN, Figure, table

Run = Callable[[Path], Iterable[Figure]]
# So that something is seen soon; every other module of this folder that has a `run` follows by name.
FIRST = ("restart", "verification", "import_cost")
# A bench that names no `SUITE` is of this one, which is run when nothing else is asked for. One that is `ALONE` has nothing run
# beside it, as it measures time; one that is `IN_MEMORY` looks at files and not at a disk, and makes thousands of folders.
SPEED = "speed"
MEMORY = Path("/dev/shm")
LEAST_FREE_BYTES = 1 << 30


def benches() -> dict[str, ModuleType]:
    """Return the modules of this folder that have a `run`, by name, in the order in which they are run."""
    names = sorted(module.name for module in pkgutil.iter_modules(bench.__path__) if module.name != "__main__")
    ordered = [*FIRST, *(name for name in names if name not in FIRST)]
    found = {name: importlib.import_module(f"bench.{name}") for name in ordered}
    return {name: module for name, module in found.items() if hasattr(module, "run")}


def suite_of(module: ModuleType) -> str:
    """Return the suite of a bench."""
    return str(getattr(module, "SUITE", SPEED))


def lines_of(name: str, module: ModuleType) -> Iterator[str]:
    """Run one bench in a scratch folder that is removed afterwards, and yield the lines of its table."""
    run: Run = module.run
    started = time.monotonic()
    with TemporaryDirectory(prefix=f"bench-{name}-", dir=_place_of(module)) as folder:
        figures = list(run(Path(folder)))
    yield from table((module.__doc__ or name).strip().splitlines()[0], f"python -m bench {name}", figures)
    yield f"({time.monotonic() - started:.0f} s)"
    yield ""


def _place_of(module: ModuleType) -> Path | None:
    """Return where scratch folders of a bench lie, None for the usual place."""
    has_room = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= LEAST_FREE_BYTES
    return MEMORY if getattr(module, "IN_MEMORY", False) and has_room else None


def tables_of(names: Sequence[str], known: dict[str, ModuleType], jobs: int) -> Iterator[list[str]]:
    """Run benches, so many side by side, and yield the table of each as it ends; those that are `ALONE` come last, one by one."""
    alone = [name for name in names if jobs == 1 or getattr(known[name], "ALONE", False)]
    with ThreadPoolExecutor(jobs) as threads:
        for done in as_completed([threads.submit(_apart, name) for name in names if name not in alone]):
            yield done.result()
    for name in alone:
        yield list(lines_of(name, known[name]))


def _apart(name: str) -> list[str]:
    ended = subprocess.run([sys.executable, "-m", "bench", name], capture_output=True, text=True, check=False)
    failed = [] if ended.stdout else [f"{BROKEN}{name} ended with {ended.returncode}: {ended.stderr[-2000:]}", ""]
    return [*ended.stdout.splitlines(), *failed]


def main(arguments: list[str]) -> int:
    """Run what was asked for; 1 when a figure breaks its bound, 2 for a name that is no bench."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    known = benches()
    suites = sorted(set(map(suite_of, known.values())))
    parser.add_argument("names", nargs="*", help="which benches; all of the suite when none is named")
    parser.add_argument("--suite", choices=suites, default=SPEED, help="which benches when none is named")
    parser.add_argument("--jobs", type=int, default=1, help="how many benches run side by side, in processes of their own")
    parser.add_argument("--out", type=Path, help="also write the tables into this file")
    asked = parser.parse_args(arguments)
    if unknown := [name for name in asked.names if name not in known]:
        print(f"{', '.join(unknown)}: no such bench; there are {', '.join(known)}", file=sys.stderr)
        return 2
    written: list[str] = []
    names = asked.names or [name for name, module in known.items() if suite_of(module) == asked.suite]
    for lines in tables_of(names, known, asked.jobs):
        print("\n".join(lines), flush=True)
        written += lines
        if asked.out is not None:
            asked.out.write_text("\n".join(written) + "\n", "utf-8")
    return int(any(line.startswith(BROKEN) for line in written))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
