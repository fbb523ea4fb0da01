"""Run the benches and print one plain table each: `python -m bench [NAME …] [--suite SUITE] [--out FILE]`."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

import bench
from bench.figures import Figure, table

Run = Callable[[Path], Iterable[Figure]]
# So that something is seen soon; every other module of this folder that has a `run` follows by name.
FIRST = ("restart", "verification", "import_cost")
# A bench that names no `SUITE` is of this one, which is run when nothing else is asked for.
SPEED = "speed"


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
    with TemporaryDirectory(prefix=f"bench-{name}-") as folder:
        figures = list(run(Path(folder)))
    yield from table((module.__doc__ or name).strip().splitlines()[0], f"python -m bench {name}", figures)
    yield f"({time.monotonic() - started:.0f} s)"
    yield ""


def main(arguments: list[str]) -> int:
    """Run what was asked for; 2 for a name that is no bench."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    known = benches()
    suites = sorted(set(map(suite_of, known.values())))
    parser.add_argument("names", nargs="*", help="which benches; all of the suite when none is named")
    parser.add_argument("--suite", choices=suites, default=SPEED, help="which benches when none is named")
    parser.add_argument("--out", type=Path, help="also write the tables into this file")
    asked = parser.parse_args(arguments)
    if unknown := [name for name in asked.names if name not in known]:
        print(f"{', '.join(unknown)}: no such bench; there are {', '.join(known)}", file=sys.stderr)
        return 2
    written: list[str] = []
    for name in asked.names or [name for name, module in known.items() if suite_of(module) == asked.suite]:
        for line in lines_of(name, known[name]):
            print(line, flush=True)
            written.append(line)
        if asked.out is not None:
            asked.out.write_text("\n".join(written) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
