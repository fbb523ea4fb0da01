"""Every extra is tested and said: its libraries stand in requirements-dev.in, its name where people read how to install it."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import version

import pytest

from tests.docs.documents import ROOT

EXTRAS: dict[str, list[str]] = tomllib.loads(ROOT.joinpath("pyproject.toml").read_text("utf-8"))["project"][
    "optional-dependencies"
]


def _requirements(name: str) -> list[str]:
    lines = ROOT.joinpath(name).read_text("utf-8").splitlines()
    return [line.partition("#")[0].strip().lower() for line in lines]


@pytest.mark.parametrize("extra", EXTRAS)
def test_the_libraries_of_an_extra_are_installed_wherever_tests_run(extra: str) -> None:
    wanted = _requirements("requirements-dev.in")
    for requirement in EXTRAS[extra]:
        assert requirement.lower() in wanted
        assert version(re.split(r"[<>=!~\[; ]", requirement)[0])


@pytest.mark.parametrize("extra", EXTRAS)
def test_an_extra_is_not_part_of_the_base(extra: str) -> None:
    base = {re.split(r"[<>=!~\[; ]", line)[0] for line in _requirements("requirements.in")}
    assert base.isdisjoint(re.split(r"[<>=!~\[; ]", requirement)[0].lower() for requirement in EXTRAS[extra])


@pytest.mark.parametrize("extra", EXTRAS)
def test_documents_say_how_to_install_it(extra: str) -> None:
    for name in ("README.md", "CONTRIBUTING.md"):
        assert f".venv/bin/pip install -e '.[{extra}]'" in ROOT.joinpath(name).read_text("utf-8"), name
