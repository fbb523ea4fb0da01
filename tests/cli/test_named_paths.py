"""What the command line names and is not there is told before anything is done, with what to do about it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from catalog.cli import catalog
from tests.conftest import SAMPLES

PICTURE = str(SAMPLES / "photos" / "boat.jpg")


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(catalog, arguments, env={"CATALOG_INSTANCE": str(folder / "desk"), "COLUMNS": "500"})


@pytest.mark.parametrize(
    "arguments",
    [
        ("evaluate", "{nowhere}"), ("captions", "compare", "--file", "{nowhere}"), ("verify", "--anchor", "{nowhere}"),
        ("anchor", "-o", "{folder}/anchor.json", "--key", "{nowhere}"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_there_is_named(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    nowhere = str(tmp_path / "labells.csv")
    done = run(tmp_path, *(part.format(nowhere=nowhere, folder=tmp_path) for part in arguments))
    assert done.exit_code == 2
    assert f"there is no file {nowhere}; correct the path, or put the file there" in done.stderr
    assert not (tmp_path / "desk").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("match", PICTURE, "--explain", "{nowhere}"), ("evaluate", PICTURE, "-o", "{nowhere}"),
        ("report", "duplicates", "-o", "{nowhere}"), ("report", "custody", "abcdef", "-o", "{nowhere}"),
        ("anchor", "-o", "{nowhere}"),
    ],
)  # fmt: skip
def test_a_file_whose_folder_is_not_there_is_refused_before_any_work(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    nowhere = str(tmp_path / "reprots" / "page.html")
    done = run(tmp_path, *(part.format(nowhere=nowhere) for part in arguments))
    assert done.exit_code == 2
    assert f"there is no folder {tmp_path / 'reprots'} for {nowhere}; make the folder, or name another place" in done.stderr
    assert not (tmp_path / "desk").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("evaluate", "{folder}"), "is a folder; name a file"),
        (("anchor", "-o", "{folder}"), "is a folder; name a file in it"),
        (("backup", PICTURE), "is a file; name a folder"),
        (("restore", PICTURE), "is a file; name a folder"),
        (("restore", "{folder}/nowhere"), "correct the path"),
        (("restore", "{folder}"), "it holds no backup.json; name another folder"),
    ],
)
def test_a_folder_for_a_file_or_a_file_for_a_folder_is_told(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    (tmp_path / "folder").mkdir()
    done = run(tmp_path, *(part.format(folder=tmp_path / "folder") for part in arguments))
    assert done.exit_code in {1, 2}
    assert said in done.stderr


@pytest.mark.parametrize("command", ["match", "import"])
def test_a_mistyped_picture_is_not_said_to_have_been_there(tmp_path: Path, command: str) -> None:
    done = run(tmp_path, command, str(tmp_path / "bota.jpg"))
    assert done.exit_code == 1
    assert "(missing_file)" in done.stderr
    assert "there is no such file; correct the path, or put the file there" in done.stderr
    assert "any more" not in done.stderr


def test_a_picture_that_differs_in_case_only_is_suggested(tmp_path: Path) -> None:
    (tmp_path / "Boat.JPG").write_bytes(Path(PICTURE).read_bytes())
    done = run(tmp_path, "import", str(tmp_path / "boat.jpg"))
    assert "there is 'Boat.JPG', which differs in case, spaces or Unicode form" in done.stderr


def test_a_folder_without_anything_to_search_for_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = run(tmp_path, "match", str(tmp_path / "empty"))
    assert f"Nothing was asked: no file to search for lies in {tmp_path / 'empty'}." in done.stderr


@pytest.mark.parametrize(
    ("manifest", "said"), [("rows.csv", "there is no such file"), ("folder.csv", "is a folder or no ordinary")]
)
def test_a_manifest_that_is_none_is_told_for_what_it_is(tmp_path: Path, manifest: str, said: str) -> None:
    (tmp_path / "folder.csv").mkdir()
    done = run(tmp_path, "import", str(tmp_path), "--manifest", str(tmp_path / manifest))
    assert done.exit_code == 1
    assert f"{tmp_path / manifest}: {said}" in done.stderr
    assert "name a manifest that is there" in done.stderr
