"""Credits inside captions are read when a caption is kept, and again when everything derived is made anew."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from PIL import Image

from catalog.credits.source_book import SourceBook
from catalog.credits.sources import source_id
from catalog.records.traces import CreditedSource, TracedPublication
from catalog.workflow.read_credits import with_official_publishers, with_resemblances
from tests.conftest import Catalog, run_catalog
from tests.provenance.stories import bare

ROWS = [
    ("a.jpg", "A man carries water near a house in Mariupol. (AP Photo/Ann Lee)", "", "Velmora Courier"),
    ("b.jpg", "صورة التقطها المصور محمد سالم، وتظهر فيها طفلة", "", "Sahel Post"),
    ("c.jpg", "Жители выносят вещи после обстрела. Фото: Пётр Иванов / УНИАН", "Reuters", "Kromka"),
    ("d.jpg", "A quiet street in Zoria on Sunday morning.", "Photo: Ann Lee", "Velmora Courier"),
]


def read_in_captions(instance: Path) -> list[tuple[str, str, str, int, int]]:
    with closing(sqlite3.connect(instance / "catalog.sqlite")) as database:
        return database.execute(
            "SELECT c.text, p.role, p.name, p.span_from, p.span_to FROM caption_credit_party p "
            "JOIN caption c ON c.id = p.caption_id ORDER BY c.id, p.span_from"
        ).fetchall()


def test_a_credit_in_a_caption_is_kept_with_its_span_and_a_disagreement_is_found(tmp_path: Path, catalog: Catalog) -> None:
    press, instance = tmp_path / "press", tmp_path / "instance"
    press.mkdir()
    lines = []
    for number, (name, caption, credit, publisher) in enumerate(ROWS):
        Image.effect_mandelbrot((200, 150), (-2 + number / 3, -1.5, 1, 1.5), 60).convert("RGB").save(press / name)
        row = {"file": name, "caption": caption, "credit_line": credit, "publisher": publisher, "published_at": "2022-03-01"}
        lines.append(json.dumps(row, ensure_ascii=False))
    (press / "manifest.jsonl").write_text("\n".join(lines), "utf-8")
    assert catalog("import", press, "--manifest", press / "manifest.jsonl").code == 0
    found = read_in_captions(instance)
    assert [(role, name) for _, role, name, _, _ in found] == [
        ("agency", "AP"), ("creator", "Ann Lee"), ("creator", "محمد سالم"), ("creator", "Пётр Иванов"), ("agency", "УНИАН"),
    ]  # fmt: skip
    assert all(text[start:end] == name for text, _, name, start, end in found)
    chains = run_catalog(instance, "chains", "--json").lines[:-1]
    disagree = [one for chain in chains for one in chain["findings"] if one["rule"] == "credit_statements_disagree"]
    assert len(disagree) == 1
    assert "the credit line names Reuters; the caption names УНИАН" in disagree[0]["reason"]
    assert [span["words"] for span in disagree[0]["spans"]] == ["Reuters", "УНИАН"]
    assert run_catalog(instance, "rebuild").code == 0
    assert read_in_captions(instance) == found
    assert run_catalog(instance, "chains", "--json").lines[:-1] == chains


def test_a_credit_that_names_nobody_is_told_apart_from_none(tmp_path: Path, catalog: Catalog) -> None:
    press, instance = tmp_path / "press", tmp_path / "instance"
    press.mkdir()
    Image.effect_mandelbrot((200, 150), (-2, -1.5, 1, 1.5), 60).convert("RGB").save(press / "a.jpg")
    rows = [
        ("Orbit Wire", "Photo: Ann Lee", "2022-03-01"), ("@orbit_wire", "Фото из архива", "2022-04-02"),
        ("Kromka", "Photo: Ann Lee", "2022-05-03"), ("Sahel Post", "", "2022-06-04"),
    ]  # fmt: skip
    lines = [
        json.dumps({"file": "a.jpg", "publisher": name, "credit_line": credit, "published_at": day}, ensure_ascii=False)
        for name, credit, day in rows
    ]
    (press / "manifest.jsonl").write_text("\n".join(lines), "utf-8")
    assert catalog("import", press, "--manifest", press / "manifest.jsonl").code == 0
    chains = run_catalog(instance, "chains", "--json").lines[:-1]
    reasons = sorted(one["reason"] for chain in chains for one in chain["findings"] if one["rule"] == "credit_dropped")
    assert reasons == [
        "Kromka (2022-05-03) credits Ann Lee; Sahel Post (2022-06-04) shows the picture without any credit.",
        "Orbit Wire (2022-03-01) credits Ann Lee; the credit line of @orbit_wire (2022-04-02) names nobody.",
    ]


def test_a_known_ministry_is_an_official_publisher_and_a_paper_is_not() -> None:
    ministry = TracedPublication("m", publisher=source_id("Министерство обороны РФ"), publisher_name="Министерство обороны РФ")
    paper = TracedPublication("p", publisher=source_id("Evening Courier"), publisher_name="Evening Courier")
    (photo,) = with_official_publishers([bare("photo", 1, ministry, paper)])
    assert [one.publisher_kind for one in photo.publications] == ["official", None]


def test_a_rebuild_reads_statements_of_rights_as_the_import_does(tmp_path: Path, catalog: Catalog) -> None:
    press, instance = tmp_path / "press", tmp_path / "instance"
    press.mkdir()
    Image.effect_mandelbrot((200, 150), (-2, -1.5, 1, 1.5), 60).convert("RGB").save(press / "a.jpg")
    row = {"file": "a.jpg", "publisher": "Orbit Wire", "credit_line": "Photo: Ann Lee", "rights": "HANDOUT - EDITORIAL USE ONLY"}
    (press / "manifest.jsonl").write_text(json.dumps(row), "utf-8")
    assert catalog("import", press, "--manifest", press / "manifest.jsonl").code == 0
    read = flags_read(instance)
    assert read == [("credit_line", "[]"), ("rights", '["handout","editorial_use_only"]')]
    for again in (("rebuild", "--pending"), ("rebuild",)):
        assert run_catalog(instance, *again).code == 0
        assert flags_read(instance) == read


def flags_read(instance: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(instance / "catalog.sqlite")) as database:
        rows = "SELECT c.role, r.flags FROM credit_reading r JOIN credit c ON c.id = r.credit_id ORDER BY c.role"
        return database.execute(rows).fetchall()


def test_a_name_nobody_knows_is_told_which_source_it_is_a_slip_of_and_stays_itself() -> None:
    credits = tuple(CreditedSource("agency", source_id(name), name) for name in ("Retuers", "Reuters", "Orbit Wire"))
    (photo,) = with_resemblances([bare("a", 1, TracedPublication("p", None, credits=credits))], SourceBook())
    told = photo.publications[0].credits
    assert [one.resembles for one in told] == [("reuters",), (), ()]
    assert [one.source for one in told] == [one.source for one in credits]
