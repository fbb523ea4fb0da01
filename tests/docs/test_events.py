"""Every command declares which events it writes; `tests/journeys/test_every_change.py` drives each of them."""

from __future__ import annotations

from collections.abc import Iterator

import click

from catalog.cli import catalog
from tests.journeys.every_change import COMMANDS


def _names(group: click.Group, above: str = "") -> Iterator[str]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            if command.invoke_without_command:
                yield f"{above}{name}"
            yield from _names(command, f"{above}{name} ")
        else:
            yield f"{above}{name}"


def test_every_command_declares_its_events() -> None:
    assert sorted(_names(catalog)) == sorted(COMMANDS)
