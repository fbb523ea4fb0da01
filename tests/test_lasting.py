"""Folders and small files that a power cut does not take away again; bench/power_cuts_of_copies.py holds their syncs to it."""

from __future__ import annotations

import stat
from pathlib import Path

from catalog.lasting import make_lasting_folder, replace_lasting


def test_only_the_folder_itself_is_closed_to_others_and_not_those_above_it(tmp_path: Path) -> None:
    usual = tmp_path / "usual"
    usual.mkdir()
    make_lasting_folder(tmp_path / "some" / "backup", 0o700)
    assert stat.S_IMODE((tmp_path / "some" / "backup").stat().st_mode) == 0o700
    assert (tmp_path / "some").stat().st_mode == usual.stat().st_mode
    make_lasting_folder(tmp_path / "some" / "backup", 0o755)
    assert stat.S_IMODE((tmp_path / "some" / "backup").stat().st_mode) == 0o700


def test_a_text_replaces_another_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    for text in ("one longer text", "two"):
        replace_lasting(tmp_path / "anchor.json", text)
        assert (tmp_path / "anchor.json").read_text("utf-8") == text
    assert [path.name for path in tmp_path.iterdir()] == ["anchor.json"]
