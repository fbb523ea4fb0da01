"""Every command says what it does in one whole sentence of the list, and every option what it is for."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from catalog.cli import catalog
from catalog.intake.readers import READERS


def _commands(command: click.Command, *above: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield above, command
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            yield from _commands(inner, *above, name)


COMMANDS = dict(_commands(catalog))
GROUPS = [words for words, command in COMMANDS.items() if isinstance(command, click.Group)]


def help_of(*words: str) -> str:
    told = CliRunner().invoke(catalog, [*words, "--help"], terminal_width=80)
    assert told.exit_code == 0
    return told.stdout


@pytest.mark.parametrize("words", GROUPS, ids=" ".join)
def test_no_command_of_a_list_is_cut_off(words: tuple[str, ...]) -> None:
    listed = help_of(*words).partition("Commands:\n")[2].splitlines()
    lines = [line for line in listed if line.startswith("  ") and not line.startswith("   ")]
    group = COMMANDS[words]
    assert isinstance(group, click.Group)
    assert len([line for line in lines if line.split()[0] in group.commands]) == len(group.commands)
    assert [line for line in listed if line.endswith("...")] == []


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_option_says_what_it_is_for(words: tuple[str, ...]) -> None:
    assert COMMANDS[words].help
    options = [one for one in COMMANDS[words].params if isinstance(one, click.Option)]
    assert [option.name for option in options if not option.help] == []


def test_the_first_help_says_where_the_catalogue_lies_and_what_exit_codes_mean() -> None:
    told = " ".join(help_of().split())
    assert "CATALOG_INSTANCE" in told
    for code in ("0 done", "1 something failed", "2 wrong usage", "130 interrupted"):
        assert code in told


def test_import_names_the_readers_there_are() -> None:
    told = " ".join(help_of("import").split())
    assert [reader.name for reader in READERS if reader.name not in told] == []
