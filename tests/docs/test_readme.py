"""What the README tells a person to type works, and prints what the README shows."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.console import Shown, is_as_shown, shown_commands
from tests.docs.documents import ROOT

README = ROOT.joinpath("README.md").read_text("utf-8")
COMMANDS = shown_commands(README)
SECONDS = 300


def is_ours(shown: Shown) -> bool:
    """Tell whether a command is run here: ours, unless it serves until it is interrupted."""
    return shown.command.startswith("catalog ") and not shown.command.startswith("catalog serve")


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[Shown, tuple[int, str]]:
    """Run the README's commands of ours in order, in one fresh folder beside the samples; return exit code and output of each."""
    folder = tmp_path_factory.mktemp("readme")
    folder.joinpath("samples").symlink_to(ROOT / "samples")
    kept = {name: text for name, text in os.environ.items() if not name.startswith("CATALOG_")}
    path = f"{Path(sys.executable).parent}{os.pathsep}{kept['PATH']}"
    found = {}
    for shown in filter(is_ours, COMMANDS):
        done = subprocess.run(
            ["bash", "-c", shown.command], cwd=folder, env={**kept, "PATH": path}, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, timeout=SECONDS, check=False,
        )  # fmt: skip
        found[shown] = (done.returncode, done.stdout.decode("utf-8"))
    return found


def test_the_readme_shows_how_to_begin_and_four_commands_with_their_output() -> None:
    typed = [shown.command for shown in COMMANDS]
    assert "make demo" in typed
    assert "make test" in README
    shown = {command.command.split()[1] for command in COMMANDS if is_ours(command) and command.output}
    assert len(shown) >= 4
    assert "import" in shown


@pytest.mark.xdist_group("samples")
@pytest.mark.parametrize("shown", [shown for shown in COMMANDS if is_ours(shown)], ids=lambda shown: str(shown.command))
def test_a_command_prints_what_the_readme_shows(shown: Shown, printed: dict[Shown, tuple[int, str]]) -> None:
    code, output = printed[shown]
    assert code == 0, output
    assert is_as_shown(shown.output, output), output


def test_every_make_target_is_there() -> None:
    targets = set(re.findall(r"^([a-z-]+):", ROOT.joinpath("Makefile").read_text("utf-8"), re.MULTILINE))
    named = {
        word
        for shown in COMMANDS
        if shown.command.startswith("make ")
        for word in shlex.split(shown.command)[1:]
        if "=" not in word
    }
    assert named <= targets
