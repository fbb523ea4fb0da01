"""What many tests stand on: one instance made by the real import of the samples, and the command line as a person runs it."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# What a test claims must not hang on how busy the machine is.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"


@dataclass(frozen=True)
class Run:
    """Hold how one command ended."""

    code: int
    lines: list[dict[str, Any]]
    out: str
    err: str

    @property
    def summary(self) -> dict[str, Any]:
        found: dict[str, Any] = next(line["summary"] for line in self.lines if "summary" in line)
        return found


Catalog = Callable[..., Run]


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "catalog", *(str(argument) for argument in arguments)]


def environment(instance: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CATALOG_")}
    return {**kept, "CATALOG_INSTANCE": str(instance), "PYTHONPATH": str(ROOT), **more}


def run_catalog(instance: Path, *arguments: str | Path, **more: str) -> Run:
    done = subprocess.run(
        command(*arguments), env=environment(instance, **more), capture_output=True, text=True, check=False, cwd=ROOT
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()] if "--json" in arguments else []
    return Run(done.returncode, lines, done.stdout, done.stderr)


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    """Run `catalog …` as a process of its own on a fresh instance."""
    return lambda *arguments, **more: run_catalog(tmp_path / "instance", *arguments, **more)


@pytest.fixture(scope="session")
def samples_instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Import the samples once for all test processes; whoever changes anything takes a copy."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    instance = shared / "samples-instance"
    with (shared / "samples.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (instance / "imported").exists():
            shutil.rmtree(instance, ignore_errors=True)
            done = run_catalog(instance, "import", SAMPLES, "--manifest", SAMPLES / "manifest.csv", "--json")
            assert done.code == 0, done.err
            (instance / "imported").write_text(done.out, "utf-8")
    return instance


def copy_of(instance: Path, target: Path) -> Path:
    """Copy an instance that other processes may be reading.

    What a reader keeps beside the database comes and goes, and holds nothing: readers write no log (sqlite.org/wal.html).
    """
    return Path(shutil.copytree(instance, target, ignore=shutil.ignore_patterns("*.sqlite-wal", "*.sqlite-shm")))


@pytest.fixture
def samples_copy(samples_instance: Path, tmp_path: Path) -> Path:
    """Copy the instance of the samples, to be changed."""
    return copy_of(samples_instance, tmp_path / "samples-copy")
