"""Kill points, power cuts and disk faults in small: what `make bench-reliability` does in full, by the same code."""

from __future__ import annotations

import random
from pathlib import Path

from bench import disk_faults, kill_points, power_cuts, power_cuts_of_copies
from bench.durability.disk import FOLDER, Disk, Name, Sync, Write
from bench.durability.without_syncs import waiting_modules, waiting_places
from bench.figures import Figure

ROOT = Path("/root")


def harm(figures: list[Figure]) -> dict[str, str]:
    return {one.what: one.measured for one in figures if one.against == "must be 0 " and one.measured != "0 "}


def found(disk: Disk, times: int = 300) -> list[dict[str, bytes | None]]:
    chance = random.Random(1)
    return [disk.found(chance) for _ in range(times)]


def disk_with(*steps: Write | Name | Sync) -> Disk:
    disk = Disk(ROOT)
    for step in steps:
        disk.take(step)
    return disk


def test_an_import_ended_at_a_chosen_call_loses_nothing_and_leaves_nothing(tmp_path: Path) -> None:
    figures = list(kill_points.run(tmp_path, photos=2, points=8))
    assert figures[0].against == "ended before 8 of them"
    assert not harm(figures)


def test_a_fault_of_the_disk_is_named_and_harms_nothing(tmp_path: Path) -> None:
    figures = list(disk_faults.run(tmp_path, photos=2, points=8))
    assert figures[0].against == "8 of them failed"
    assert not harm(figures)


def test_no_power_cut_loses_what_was_acknowledged_and_every_sync_is_needed(tmp_path: Path) -> None:
    figures = list(power_cuts.run(tmp_path, photos=4, states=100, resumed_each=50, without=150))
    assert not harm(figures)
    assert [one.measured for one in figures if "unlike" in one.what or "cut or missing" in one.what] == ["0 ", "0 "]
    without = {one.what: one.measured for one in figures if one.what.startswith("sync taken out")}
    assert len(without) == len(power_cuts.places_of_import()) >= 11
    assert [place for place, seen in without.items() if not seen.startswith("harm in state")] == []


def test_no_power_cut_breaks_what_copies_anchors_and_the_index_promise(tmp_path: Path) -> None:
    figures = list(power_cuts_of_copies.run(tmp_path, photos=4, states=60, without=1000))
    assert not harm(figures)
    without = {one.what: one.measured for one in figures if one.what.startswith("  sync taken out")}
    assert [place for place, seen in without.items() if not seen.startswith("harm in state")] == []


def test_every_place_that_waits_for_the_disk_is_taken_out() -> None:
    taken = [str(place) for name in power_cuts_of_copies.CASES for place in power_cuts_of_copies.places_of(name)]
    taken += [str(place) for place in power_cuts.places_of_import()]
    assert set(taken) == {str(place) for place in waiting_places(waiting_modules())}


def test_a_folder_that_was_renamed_takes_with_it_what_lasts_in_it() -> None:
    made = (Name((("/root/a", FOLDER),)), Name((("/root/a/file", 1),)), Sync(None, "/root/a"), Sync(None, "/root"))
    moved = disk_with(*made, Name((("/root/a", None), ("/root/b", FOLDER))))
    assert {tuple(sorted(state)) for state in found(moved)} == {("/root/a", "/root/a/file"), ("/root/b", "/root/b/file")}
    moved.take(Sync(None, "/root"))
    assert {tuple(sorted(state)) for state in found(moved)} == {("/root/b", "/root/b/file")}


def test_a_disk_keeps_what_was_synced_and_any_part_of_the_rest() -> None:
    written = disk_with(
        Name((("/root/a", 1),)), Sync(None, "/root"), Write(1, 0, b"a" * 512), Sync(1), Write(1, 512, b"b" * 1024)
    )
    contents = {state["/root/a"] for state in found(written)}
    assert contents == {b"a" * 512, b"a" * 512 + b"b" * 512, b"a" * 512 + b"b" * 1024}


def test_a_name_lasts_once_its_folder_is_synced_and_no_sooner() -> None:
    named = (Name((("/root/in", FOLDER),)), Name((("/root/in/a", 1),)), Write(1, 0, b"a"), Sync(1))
    assert {"/root/in/a" in state for state in found(disk_with(*named))} == {True, False}
    # The name of the file lasts, but not that of its folder.
    assert {"/root/in/a" in state for state in found(disk_with(*named, Sync(None, "/root/in")))} == {True, False}
    lasting = disk_with(*named, Sync(None, "/root/in"), Sync(None, "/root"))
    assert {state["/root/in/a"] for state in found(lasting)} == {b"a"}


def test_a_rename_is_there_or_not_never_half() -> None:
    renamed = disk_with(Name((("/root/a", 1),)), Sync(None, "/root"), Name((("/root/a", None), ("/root/b", 1))))
    assert {tuple(sorted(state)) for state in found(renamed)} == {("/root/a",), ("/root/b",)}


def test_writes_that_were_not_synced_come_in_any_order() -> None:
    written = disk_with(Name((("/root/a", 1),)), Sync(None, "/root"), Write(1, 0, b"a" * 512), Write(1, 512, b"b" * 512))
    assert bytes(512) + b"b" * 512 in {state["/root/a"] for state in found(written)}
