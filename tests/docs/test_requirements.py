"""The locked requirements can be installed on any later day."""

import re
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]


def locked(name: str) -> dict[str, set[str]]:
    """The packages of a lock file, by name, each with the extras it is locked with."""
    pins = re.findall(r"^([A-Za-z0-9._-]+)(?:\[([^]]*)\])?==", (ROOT / name).read_text("utf-8"), re.MULTILINE)
    return {package: set(filter(None, extras.split(","))) for package, extras in pins}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_extra_that_a_locked_package_asks_for_is_locked_as_an_extra(name: str) -> None:
    # pip takes `coverage[toml]` for another name than `coverage`: where only the latter is locked it tries the newest release of
    # the former and refuses it, for it has no hash. That shows on the day of the next release, and not before.
    pins = locked(name)
    wanted = [
        (package, Requirement(line))
        for package in pins
        for line in metadata.requires(package) or ()
        if Requirement(line).extras and (not Requirement(line).marker or Requirement(line).marker.evaluate({"extra": ""}))  # type: ignore[union-attr]
    ]
    missing = [f"{package} asks for {need}" for package, need in wanted if not need.extras <= pins.get(need.name, set())]
    assert pins
    assert missing == []
