"""Every bench of speed, memory and endurance runs, at its smallest, and says what its figures are held against."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest
from PIL import Image

from bench import import_cost, import_memory, kills, restart, tampering, verification
from bench.__main__ import benches, lines_of, main, tables_of
from bench.figures import BROKEN, Figure, held_against, table
from bench.photo_sets import enlarged, pieces


def ratios(figures: list[Figure]) -> list[float]:
    return [one.ratio for one in figures if one.ratio is not None]


def test_the_cost_of_an_import_is_held_against_the_floor(tmp_path: Path) -> None:
    figures = list(import_cost.run(tmp_path, sizes=(import_cost.Size("two", 2, None),)))
    assert [one.against.split()[0] for one in figures if one.against] == ["floor", "floor"]
    assert all(ratio > 0 for ratio in ratios(figures))


def test_the_memory_of_an_import_is_held_against_that_of_a_smaller_one(tmp_path: Path) -> None:
    figures = list(import_memory.run(tmp_path, counts=(2, 4)))
    assert len(ratios(figures)) == 4
    assert all(0.5 < ratio < 2 for ratio in ratios(figures))
    assert len([one for one in figures if one.measured.endswith("bytes a picture")]) == 2


def test_killing_an_import_counts_what_was_harmed(tmp_path: Path) -> None:
    figures = list(kills.run(tmp_path, photos=4, kills=1))
    assert {one.measured for one in figures[1:]} == {"0 "}


def test_importing_again_is_held_against_the_first_time(tmp_path: Path) -> None:
    assert len(ratios(list(restart.run(tmp_path, photos=3)))) == 2


def test_verifying_is_held_against_reading_the_originals(tmp_path: Path) -> None:
    assert len(ratios(list(verification.run(tmp_path, photos=70)))) == 1


def test_every_module_with_a_run_is_a_bench_and_an_unknown_name_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert {"import_cost", "import_memory", "kills", "restart", "verification"} <= set(benches())
    assert main(["nothing-of-the-kind"]) == 2
    assert "import_cost" in capsys.readouterr().err


def test_a_table_names_its_command_and_its_ratios() -> None:
    lines = table("Title", "python -m bench x", [held_against("a", "ms", 3.0, "floor", 2.0), Figure("b", "1 s")])
    assert lines[1] == "$ python -m bench x"
    assert lines[5].split() == ["a", "3", "ms", "floor", "2", "ms", "1.50"]
    assert lines[6].split() == ["b", "1", "s"]


@pytest.mark.parametrize(
    ("bound", "least", "most"), [("must be", 2, 2), ("made", 2, 2), ("at most", 0, 2), ("at least", 2, 4), ("floor", 0, 4)]
)
def test_a_figure_holds_within_its_bound_and_the_table_ends_with_those_that_do_not(bound: str, least: int, most: int) -> None:
    figures = [held_against(f"figure {number}", "", number, bound, 2) for number in range(5)]
    assert [one.holds for one in figures] == [least <= number <= most for number in range(5)]
    broken = [line for line in table("Title", "python -m bench x", figures) if line.startswith(BROKEN)]
    assert len(broken) == sum(not one.holds for one in figures)


def made_bench(figure: Figure, **marks: bool) -> ModuleType:
    module = ModuleType("made", "A bench made for this test.")
    module.__dict__.update(marks, run=lambda folder: [Figure("lies in", str(folder)), figure])
    return module


def test_a_broken_bound_ends_the_command_with_one(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    made = {
        "sound": made_bench(held_against("lost", "", 0, "must be", 0)),
        "harmed": made_bench(held_against("lost", "", 3, "must be", 0)),
    }
    monkeypatch.setattr("bench.__main__.benches", lambda: made)
    assert main(["sound"]) == 0
    assert main(["sound", "harmed"]) == 1
    assert f"{BROKEN}lost: 3, must be 0" in capsys.readouterr().out


def test_a_bench_of_files_lies_in_memory_where_there_is_room(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    module = made_bench(Figure("a", "1"), IN_MEMORY=True)
    monkeypatch.setattr("bench.__main__.MEMORY", tmp_path)
    monkeypatch.setattr("bench.__main__.LEAST_FREE_BYTES", 0)
    assert str(tmp_path / "bench-made-") in "\n".join(lines_of("made", module))
    monkeypatch.setattr("bench.__main__.MEMORY", tmp_path / "nowhere")
    assert str(tmp_path / "bench-made-") not in "\n".join(lines_of("made", module))


def test_benches_side_by_side_print_a_table_each_and_those_alone_come_last() -> None:
    known = benches()
    (lines,) = tables_of(["nothing-of-the-kind"], {"nothing-of-the-kind": made_bench(Figure("a", "1"))}, 2)
    assert lines[0].startswith(f"{BROKEN}nothing-of-the-kind ended with 2")
    alone = {"last": made_bench(Figure("a", "1"), ALONE=True)}
    assert [lines[0] for lines in tables_of(["last"], alone, 2)] == ["A bench made for this test."]
    assert getattr(known["hostile_mix"], "ALONE", False)


def test_sets_hold_as_many_photos_as_asked_for_at_the_size_asked_for(tmp_path: Path) -> None:
    assert len(pieces(tmp_path / "pieces", 90)) == len(list((tmp_path / "pieces").iterdir())) == 90
    with Image.open(enlarged(tmp_path / "large", 1, 2.0)[0]) as picture:
        assert picture.width * picture.height == pytest.approx(2e6, rel=0.01)


def test_alterations_are_made_counted_and_named(tmp_path: Path) -> None:
    figures = list(tampering.run(tmp_path, altered=42, items=8, clean_items=30))
    assert [one.ratio for one in figures[:2]] == [1.0, 1.0]
    assert figures[-1].measured == "0 "
