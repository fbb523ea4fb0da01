"""0 done, 1 something failed, 2 wrong usage, 130 interrupted; one line says why, a trace only when it is asked for."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from catalog import __version__
from catalog.cli import catalog
from catalog.cli.group import CatalogGroup
from catalog.errors import CatalogError, DiskError, NotInCatalogueError, SettingsError, StoreBusyError, UsageError


def run(tmp_path: Path, *arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(catalog, arguments, env={"CATALOG_INSTANCE": str(tmp_path / "desk"), **environment})


def run_raising(raised: BaseException, *arguments: str) -> Result:
    """Run a command that raises, below a group such as ours."""

    @click.group(cls=CatalogGroup)
    @click.option("--debug", is_flag=True)
    def group(debug: bool) -> None:
        del debug

    @group.command()
    def fail() -> None:
        raise raised

    return CliRunner().invoke(group, [*arguments, "fail"])


@pytest.mark.parametrize(
    ("raised", "code"),
    [
        (CatalogError("a"), 1), (NotInCatalogueError("a"), 1), (StoreBusyError("a"), 1), (DiskError("a", code="disk_full"), 1),
        (UsageError("a"), 2), (SettingsError("a"), 2), (KeyboardInterrupt(), 130),
    ],
)  # fmt: skip
def test_every_error_of_ours_has_its_exit_code(raised: BaseException, code: int) -> None:
    assert run_raising(raised).exit_code == code


def test_an_interruption_says_how_to_go_on_as_the_command_knows_it() -> None:
    assert "run the same command again" in run_raising(KeyboardInterrupt()).stderr
    assert run_raising(KeyboardInterrupt("Interrupted. `--pending` goes on.")).stderr == "Interrupted. `--pending` goes on.\n"


def test_an_error_is_one_line_with_its_code_and_no_trace() -> None:
    result = run_raising(StoreBusyError("the database is locked; run the command again"))
    assert result.stderr == "Error (store_busy): the database is locked; run the command again\n"
    assert result.stdout == ""


@pytest.mark.parametrize(("raised", "code"), [(StoreBusyError("locked"), 1), (UsageError("locked"), 2)])
def test_debug_shows_the_trace_and_keeps_the_exit_code(raised: CatalogError, code: int) -> None:
    result = run_raising(raised, "--debug")
    assert "Traceback" in result.stderr
    assert result.stderr.endswith(f"Error ({raised.code}): locked\n")
    assert result.exit_code == code


def test_an_interruption_says_that_what_was_acknowledged_is_kept() -> None:
    assert "run the same command again" in run_raising(KeyboardInterrupt()).stderr


def test_a_file_of_the_command_line_that_cannot_be_written_is_one_line() -> None:
    result = run_raising(FileNotFoundError(2, "No such file or directory", "/nowhere/report.html"))
    assert result.exit_code == 1
    assert result.stderr.startswith("Error (disk_error): /nowhere/report.html: No such file or directory")


def test_a_fault_of_the_program_is_not_called_an_error_of_the_user() -> None:
    assert isinstance(run_raising(ZeroDivisionError("a fault")).exception, ZeroDivisionError)


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",), ("search",), ("search", "a", "--limit", "0"), ("import",), ("decide", "maybe", "a", "b", "--reason", "c"),
        ("match", "photo.jpg", "--box", "0,0,nan,9"), ("report", "duplicates", "--format", "pdf"), ("serve", "--port", "65536"),
        ("verify", "--sample", "0"), ("credits", "parse"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_wrong_usage_is_2_and_opens_nothing(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    assert run(tmp_path, *arguments).exit_code == 2
    assert not (tmp_path / "desk").exists()


def test_a_setting_nobody_knows_is_2_and_opens_nothing(tmp_path: Path) -> None:
    result = run(tmp_path, "search", "ruins", CATALOG_INSTANSE="elsewhere")
    assert result.exit_code == 2
    assert result.stderr.startswith("Error (bad_setting): CATALOG_INSTANSE is not a setting")
    assert result.stderr.count("\n") == 1
    assert not (tmp_path / "desk").exists()


def test_help_and_version_need_no_catalogue(tmp_path: Path) -> None:
    assert run(tmp_path, "--version").stdout.strip().endswith(__version__)
    assert run(tmp_path, "import", "--help").exit_code == 0
    assert not (tmp_path / "desk").exists()


def test_a_photo_that_is_not_kept_is_1_and_one_that_is_no_photo_is_2(tmp_path: Path) -> None:
    missing, wrong = run(tmp_path, "show", "abcdef"), run(tmp_path, "show", "photo.jpg")
    assert (missing.exit_code, missing.stderr[:25]) == (1, "Error (not_in_catalogue):")
    assert (wrong.exit_code, wrong.stderr[:14]) == (2, "Error (usage):")
