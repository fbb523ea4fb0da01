"""A rebuild keeps what was made before until the new is there: killed at any moment, nothing that was found is lost."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import SAMPLES, command, environment, run_catalog
from tests.journeys.kept import FILES, kept, small_instance

PICTURE = SAMPLES / "photos" / "boat-studio.jpg"
# What is still to do: photos to be described, to be matched and to be traced.
LEFT = """SELECT (SELECT count(*) FROM stage WHERE stage = 'outdated'),
    (SELECT count(*) FROM rendition) - (SELECT count(*) FROM stage WHERE stage = 'matched'),
    (SELECT count(*) FROM rendition) - (SELECT count(*) FROM stage WHERE stage = 'traced')"""
DESCRIBING, MATCHING, TRACING = 0, 1, 2


def left_to_do(instance: Path) -> list[int]:
    with closing(sqlite3.connect(instance / "catalog.sqlite", timeout=60)) as database:
        return list(database.execute(LEFT).fetchone())


def kill_in(instance: Path, phase: int, *arguments: str) -> list[int]:
    """Kill a command once a phase is under way, looking at what is kept all the while; return what is left to do."""
    before = kept(instance)
    running = subprocess.Popen(
        command(*arguments), env=environment(instance), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    patience = time.monotonic() + 300
    try:
        while running.poll() is None and time.monotonic() < patience:
            left = left_to_do(instance)
            if left[phase] and not any(left[:phase]):
                break
            assert kept(instance) == before
    finally:
        running.send_signal(signal.SIGKILL)
        running.wait()
    assert kept(instance) == before
    return left_to_do(instance)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_instance(tmp_path_factory.mktemp("whole"))


def test_what_was_made_before_stays_until_the_new_is_there_wherever_a_rebuild_is_killed(whole: Path, tmp_path: Path) -> None:
    instance = Path(shutil.copytree(whole, tmp_path / "instance"))
    before, found = kept(instance), run_catalog(instance, "match", PICTURE, "--json").lines[0]
    left = kill_in(instance, DESCRIBING, "rebuild")
    assert left[DESCRIBING] == left[TRACING] == len(FILES)

    searched = run_catalog(instance, "match", PICTURE, "--json")
    assert searched.lines[0] == found
    assert (
        f"Note: a rebuild is not finished. {len(FILES)} photos are looked up by the descriptors they had before" in searched.err
    )

    left = kill_in(instance, MATCHING, "rebuild", "--pending")
    assert (left[DESCRIBING], left[MATCHING]) == (0, len(FILES))
    left = kill_in(instance, TRACING, "rebuild", "--pending")
    assert (left[DESCRIBING], left[MATCHING]) == (0, 0)

    done = run_catalog(instance, "rebuild", "--pending")
    assert done.code == 0, done.err
    assert left_to_do(instance) == [0, 0, 0]
    assert kept(instance) == before
    searched = run_catalog(instance, "match", PICTURE, "--json")
    assert searched.lines[0] == found
    assert "not finished" not in searched.err
    assert run_catalog(instance, "verify").code == 0


def test_an_interrupted_rebuild_says_how_it_is_gone_on_with(whole: Path, tmp_path: Path) -> None:
    instance = Path(shutil.copytree(whole, tmp_path / "instance"))
    before = kept(instance)
    running = subprocess.Popen(command("rebuild"), env=environment(instance), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while running.poll() is None and not left_to_do(instance)[DESCRIBING]:
        pass
    running.send_signal(signal.SIGINT)
    said = running.communicate()[1].decode()
    assert running.returncode == 130, said
    assert "What was made before answers until the new is there; `catalog rebuild --pending` goes on." in said
    assert kept(instance) == before


def test_a_rebuild_begun_again_says_that_the_first_could_be_gone_on_with(whole: Path, tmp_path: Path) -> None:
    instance = Path(shutil.copytree(whole, tmp_path / "instance"))
    before = kept(instance)
    assert kill_in(instance, DESCRIBING, "rebuild")[DESCRIBING] > 0
    done = run_catalog(instance, "rebuild")
    assert done.code == 0, done.err
    assert f"an earlier rebuild left {len(FILES)} photos to be described anew" in done.err
    assert kept(instance) == before
    assert "an earlier rebuild" not in run_catalog(instance, "rebuild", "--pending").err


def test_a_photo_that_cannot_be_described_anew_keeps_what_was_made_of_it(whole: Path, tmp_path: Path) -> None:
    instance = Path(shutil.copytree(whole, tmp_path / "instance"))
    before = kept(instance)
    photo = run_catalog(instance, "match", PICTURE, "--json").lines[0]["matches"][0]["photo"]
    original = instance / "originals" / photo[:2] / photo
    original.rename(tmp_path / "away")
    done = run_catalog(instance, "rebuild")
    assert done.code == 1
    assert f"{photo} could not be described or matched (missing_file)" in done.err
    assert kept(instance) == before
    assert "Note: a rebuild is not finished. 1 photo is looked up" in run_catalog(instance, "match", PICTURE).err
    (tmp_path / "away").rename(original)
    assert run_catalog(instance, "rebuild", "--pending").code == 0
    assert kept(instance) == before
    assert "not finished" not in run_catalog(instance, "match", PICTURE).err


def test_an_import_beside_a_rebuild_ends_as_one_after_the_other(whole: Path, tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    for name in ("lake-bluekite.jpg", "lighthouse.jpg", "lighthouse-vestnik.jpg"):
        shutil.copy(SAMPLES / "photos" / name, tmp_path / "more")
    alone, both = (Path(shutil.copytree(whole, tmp_path / name)) for name in ("alone", "both"))
    assert run_catalog(alone, "import", tmp_path / "more").code == 0
    running = subprocess.Popen(command("rebuild"), env=environment(both), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    assert run_catalog(both, "import", tmp_path / "more").code == 0
    assert running.wait() == 0
    assert run_catalog(both, "rebuild", "--pending").code == 0
    assert left_to_do(both) == [0, 0, 0]
    assert {name: rows for name, rows in kept(both).items() if name != "descriptor"} == {
        name: rows for name, rows in kept(alone).items() if name != "descriptor"
    }
