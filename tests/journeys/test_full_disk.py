"""A disk that gives no more room, for real: the kernel refuses every byte beyond a limit."""

from __future__ import annotations

import resource
import subprocess
from pathlib import Path

from tests.conftest import command, environment, run_catalog
from tests.journeys.killing import make_collection

ROOM_BYTES = 300_000


def test_an_import_without_room_is_named_and_goes_on_when_there_is_some(tmp_path: Path) -> None:
    press, instance = make_collection(tmp_path / "press", 6), tmp_path / "instance"
    arguments = ("import", press, "--manifest", press / "manifest.csv", "--json", "--no-match")
    done = subprocess.run(
        command(*arguments), env=environment(instance), capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM_BYTES, ROOM_BYTES)),
    )  # fmt: skip
    assert done.returncode == 1
    assert "Error (disk_" in done.stderr
    assert "Traceback" not in done.stderr
    assert '"outcome"' not in done.stdout
    resumed = run_catalog(instance, *arguments)
    assert resumed.code == 0, resumed.err
    assert resumed.summary["added"] == resumed.summary["read"] == 7
    assert run_catalog(instance, "verify").code == 0
