"""The totals of the duplicate report count pairs as the groups below them show them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from tests.conftest import SAMPLES, run_catalog

PHOTOS = ("barn-a.jpg", "barn-b.jpg", "shirts-frame-1.jpg", "shirts-frame-2.jpg")


def counted(instance: Path) -> tuple[int, int]:
    report = run_catalog(instance, "report", "duplicates", "--format", "jsonl")
    summary = json.loads(report.out.splitlines()[-1])["summary"]
    return summary["accepted"], summary["suggested"]


def test_a_group_tells_the_score_of_the_pair_that_holds_it(samples_instance: Path) -> None:
    report = run_catalog(samples_instance, "report", "duplicates", "--format", "jsonl")
    groups = [json.loads(line) for line in report.out.splitlines()[:-1]]
    pairs = [one for one in groups if len(one["photos"]) == 2]
    assert pairs
    for one in pairs:
        members = {photo["photo"] for photo in one["photos"]}
        (holding,) = [match["score"] for match in one["matches"] if {match["query"], match["photo"]} == members]
        assert one["weakest_link"] == holding
    assert {one["weakest_link"] for one in groups if len(one["photos"]) == 1} <= {None}


def test_what_people_decided_is_counted_and_not_what_was_measured(tmp_path: Path) -> None:
    press, instance = tmp_path / "press", tmp_path / "instance"
    press.mkdir()
    for name in PHOTOS:
        shutil.copy(SAMPLES / "photos" / name, press)
    done = run_catalog(instance, "import", press, "--json")
    barn, other_barn, shirt, other_shirt = (line["photo"] for line in done.lines if "item" in line)
    assert counted(instance) == (1, 1)
    for verdict, *pair in (("reject", barn, other_barn), ("accept", shirt, other_shirt), ("accept", barn, shirt)):
        assert run_catalog(instance, "decide", verdict, *pair, "--reason", "both were looked at").code == 0
    assert counted(instance) == (2, 0)
    assert run_catalog(instance, "decide", "undo", barn, other_barn, "--reason", "a slip").code == 0
    assert counted(instance) == (3, 0)
