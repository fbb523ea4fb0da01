"""When a descriptor has a new version, the whole catalogue is described and matched anew, killed or not; old answers stay."""

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

PHOTOS = [
    "boat.jpg",
    "boat-bluekite.jpg",
    "boat-studio.jpg",
    "barn-a.jpg",
    "barn-b.jpg",
    "lake.jpg",
    "lake-bluekite.jpg",
    "rose.jpg",
]
PAIRS = """SELECT q.sha256, r.sha256, v.relation, v.state FROM verification v JOIN photo q ON q.id = v.query_photo_id
    JOIN photo r ON r.id = v.reference_photo_id WHERE v.state != 'refused' ORDER BY 1, 2"""
GROUPS = "SELECT g.cover_photo_id, m.photo_id FROM picture_group g JOIN group_member m ON m.group_id = g.id ORDER BY 1, 2"
OLD = "SELECT count(*) FROM descriptor WHERE algorithm = 'pdq' AND version = 0"
KILLS = 4


def ask(instance: Path, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(instance / "catalog.sqlite", timeout=30)) as database:
        return database.execute(question).fetchall()


@pytest.fixture(scope="module")
def older(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a catalogue whose photos were described by an older version of PDQ, with one pair that a person rejected."""
    folder = tmp_path_factory.mktemp("older")
    (folder / "press").mkdir()
    for name in PHOTOS:
        shutil.copy(SAMPLES / "photos" / name, folder / "press")
    instance = folder / "instance"
    done = run_catalog(instance, "import", folder / "press", "--json")
    named = {Path(line["item"]).name: line["photo"] for line in done.lines if "item" in line}
    reason = ("--reason", "two photographers, side by side")
    assert run_catalog(instance, "decide", "reject", named["barn-a.jpg"], named["barn-b.jpg"], *reason).code == 0
    with closing(sqlite3.connect(instance / "catalog.sqlite")) as database:
        database.execute("UPDATE descriptor SET version = 0 WHERE algorithm = 'pdq'")
        database.commit()
    return instance


def test_old_answers_stay_until_the_new_ones_are_there_however_often_it_is_killed(older: Path, tmp_path: Path) -> None:
    instance = Path(shutil.copytree(older, tmp_path / "instance"))
    pairs, groups = ask(instance, PAIRS), ask(instance, GROUPS)
    assert len(pairs) >= 4
    assert ask(instance, OLD) == [(len(PHOTOS),)]
    for kill in range(1, KILLS + 1):
        running = subprocess.Popen(
            command("rebuild", "--pending"), env=environment(instance), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        until = time.monotonic() + 0.9 * kill
        while running.poll() is None and time.monotonic() < until:
            assert ask(instance, PAIRS) == pairs
            assert ask(instance, GROUPS) == groups
        running.send_signal(signal.SIGKILL)
        running.wait()
        assert ask(instance, PAIRS) == pairs
        assert ask(instance, GROUPS) == groups
    done = run_catalog(instance, "rebuild", "--pending")
    assert done.code == 0, done.err
    assert ask(instance, OLD) == [(0,)]
    assert ask(instance, PAIRS) == pairs
    assert ask(instance, GROUPS) == groups
    assert run_catalog(instance, "verify").code == 0


def test_photos_described_anew_are_found_again_by_search(older: Path, tmp_path: Path) -> None:
    instance = Path(shutil.copytree(older, tmp_path / "instance"))
    query = SAMPLES / "photos" / "boat-studio.jpg"
    before = run_catalog(instance, "match", query, "--json").lines[0]["matches"]
    assert run_catalog(instance, "rebuild", "--pending").code == 0
    after = run_catalog(instance, "match", query, "--json").lines[0]["matches"]
    assert {one["photo"] for one in before} <= {one["photo"] for one in after}
    assert len([one for one in after if one["relation"] in ("same_bytes", "copy")]) == 3


def test_a_second_run_has_nothing_to_do(older: Path, tmp_path: Path) -> None:
    instance = Path(shutil.copytree(older, tmp_path / "instance"))
    assert run_catalog(instance, "rebuild", "--pending").code == 0
    stages = ask(instance, "SELECT * FROM stage ORDER BY photo_id, stage")
    rows = ask(instance, "SELECT id FROM verification ORDER BY id")
    assert run_catalog(instance, "rebuild", "--pending").code == 0
    assert ask(instance, "SELECT * FROM stage ORDER BY photo_id, stage") == stages
    assert ask(instance, "SELECT id FROM verification ORDER BY id") == rows
