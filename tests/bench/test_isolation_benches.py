"""Hostile files, mutants and imports at once in small: what `make bench-reliability` does in full, by the same code."""

from __future__ import annotations

import struct
import zlib
from hashlib import sha256
from pathlib import Path

import pytest

from bench import hostile_files, hostile_mix, mutants, together
from bench.corpus import VARIABLE, corpus_rows, rulings
from bench.figures import Figure
from tests.conftest import SAMPLES

GOOD, OTHER, THIRD = sorted((SAMPLES / "photos").glob("*.jpg"))[:3]


def wrong(figures: list[Figure]) -> dict[str, str]:
    return {one.what: one.measured for one in figures if one.against == "must be 0 " and one.measured != "0 "}


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Make a corpus of a few files with its manifest."""
    jpeg = GOOD.read_bytes()
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)) + chunk(b"IEND", b"")
    files = {
        "good.jpg": (jpeg, "ok", "strict"),
        "cut.jpg": (jpeg[:200], "reject", "strict"),
        "bomb.png": (bomb, "reject", "strict"),
        "other.png": (OTHER.read_bytes(), "ok-with-warning", "strict"),
        "more.jpg": (THIRD.read_bytes() + b"<script>alert(1)</script>" * 9, "ok-with-warning", "not-reject"),
        "drawing.svg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "reject", "any-safe"),
        "postscript.jpg": (b"%!PS-Adobe-3.0 EPSF-3.0\n", "reject", "strict"),
        "packet.xmp": (b"<x:xmpmeta", "reject", "strict"),
    }
    folder = tmp_path / "corpus"
    (folder / "files").mkdir(parents=True)
    lines = ["name,feature,expected,tolerance"]
    for name, (content, expected, tolerance) in files.items():
        (folder / "files" / name).write_bytes(content)
        lines.append(f"files/{name},image-import,{expected},{tolerance}")
    (folder / "manifest.csv").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def test_each_hostile_file_ends_as_its_manifest_says_within_its_limits(tmp_path: Path, corpus: Path) -> None:
    figures = list(hostile_files.run(tmp_path, corpus))
    assert figures[0].measured == "8"
    assert not wrong(figures)
    ratios = {one.what.split(" (")[0]: one.ratio for one in figures if one.ratio is not None}
    assert 0 < ratios["slowest file"] < 1
    assert 0 < ratios["largest peak of a worker's memory"] < 1


def test_an_outcome_against_the_manifest_is_counted_and_shown(tmp_path: Path, corpus: Path) -> None:
    manifest = corpus / "manifest.csv"
    text = manifest.read_text("utf-8")
    manifest.write_text(text.replace("good.jpg,image-import,ok,", "good.jpg,image-import,reject,"), "utf-8")
    figures = list(hostile_files.run(tmp_path, corpus))
    assert wrong(figures) == {"refused against the manifest, or taken against it": "1 "}
    assert [one.against for one in figures if one.what == "  good.jpg"] == ["manifest: reject, strict"]


def test_an_outcome_that_we_hold_to_be_right_is_shown_with_its_reason(
    tmp_path: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = sha256(GOOD.read_bytes()).hexdigest()
    rows = ["name,feature,expected,tolerance,sha256"]
    rows += [f"files/good.jpg,image-import,ok-with-warning,strict,{digest}", "files/cut.jpg,image-import,ok,strict,"]
    (corpus / "manifest.csv").write_text("\n".join(rows) + "\n", "utf-8")
    held = tmp_path / "rulings.csv"
    held.write_text(f"sha256,outcome,reason\n{digest},ok,nothing is odd about it\n", "utf-8")
    monkeypatch.setattr(hostile_files, "rulings", lambda: rulings(held))
    figures = {one.what: one for one in hostile_files.run(tmp_path, corpus)}
    assert figures["  good.jpg"].against == "nothing is odd about it"
    # The file that is ruled on is not counted; the other, which was refused, is.
    assert wrong(list(figures.values())) == {"refused against the manifest, or taken against it": "1 "}


def test_every_ruling_says_why() -> None:
    assert {outcome for _, outcome in rulings()} <= {"ok", "ok-with-warning", "reject"}
    assert all(len(digest) == 64 and len(reason) > 40 for (digest, _), reason in rulings().items())


def test_without_a_corpus_the_bench_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    (figure,) = hostile_files.run(tmp_path)
    assert VARIABLE in figure.measured


def test_bad_files_among_good_ones_cost_none_of_them(tmp_path: Path, corpus: Path) -> None:
    assert len(corpus_rows(corpus)) == 8
    figures = list(hostile_mix.run(tmp_path, photos=12, share=0.25, corpus=corpus))
    assert not wrong(figures)
    assert "4 hostile files among them" in figures[0].against


def test_mutants_end_with_a_name_and_leave_the_workers_sound(tmp_path: Path) -> None:
    figures = list(mutants.run(tmp_path, mutants=60))
    assert not wrong(figures)
    assert figures[0].measured == "60"
    assert len(set(mutants.seeds(6))) == 6


def test_imports_at_once_end_as_one_after_the_other(tmp_path: Path) -> None:
    figures = list(together.run(tmp_path, photos=4, importers=(2,), rounds=1))
    assert not wrong(figures)
    assert len(figures) == 10
