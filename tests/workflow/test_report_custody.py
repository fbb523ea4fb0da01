"""The chain of custody tells every event of a photo, from where it came, and which seal no longer holds."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from catalog.cli import catalog
from catalog.gallery import create_app
from catalog.records.inquiry import Inquiry
from catalog.records.match import Decision
from catalog.reports.writers import CUSTODY_WRITERS
from catalog.workflow.report_custody import report_custody
from tests.gallery.reading import read
from tests.store.keeping import Keeping
from tests.store.test_intake_rows import stated

HOSTILE = "<img src=x onerror=alert(1)>\u202egpj.exe\x1b[31m"


@pytest.fixture
def keeping(tmp_path: Path) -> Keeping:
    """Keep a photo with a whole life: imported twice, decided on, searched for, checked, undone once; and one beside it."""
    made = Keeping(tmp_path / "desk")
    first = made.begin()
    other = made.keep(b"other", stated(url="https://courier.example/2"))
    photo = made.keep(b"photo", stated(url="https://courier.example/1"), path=f"press/{HOSTILE}.jpg")
    made.begin()
    made.keep(b"photo", stated(url="https://courier.example/3"), path="again.jpg")
    with made.store.write() as change:
        change.finish_run(made.run, {"read": 1})
        pair = (str(photo.photo), str(other.photo))
        change.decide(Decision(pair, "reject", f"two walls {HOSTILE}", "editor", "2026-11-22T10:00:00Z"))
        change.inquire(Inquiry("2026-11-22", "editor", "this catalogue", "all photos", "q.jpg", str(photo.photo), ()))
        change.record_check("ab" * 32, "success", {"originals_read": 2})
        change.undo(first, "wrong folder")
    return made


def photo_of(_keeping: Keeping, content: bytes = b"photo") -> str:
    return hashlib.sha256(content).hexdigest()


def run(keeping: Keeping, *arguments: str | Path) -> Result:
    return CliRunner().invoke(catalog, [str(one) for one in arguments], env={"CATALOG_INSTANCE": str(keeping.folder)})


def alter(keeping: Keeping, statement: str) -> None:
    with closing(sqlite3.connect(keeping.folder / "catalog.sqlite")) as database, database:
        database.execute(statement)


def test_every_event_of_a_photo_is_there_with_where_it_came_from(keeping: Keeping) -> None:
    page = report_custody(keeping.catalogue, photo_of(keeping)).page
    assert [(event.action, event.run, event.item) for event in page.events] == [
        ("import started", "run-1", None), ("item added", "run-1", f"press/{HOSTILE}.jpg"),
        ("import started", "run-2", None), ("item added", "run-2", "again.jpg"), ("import ended", None, None),
        ("decision reject", None, None), ("inquiry made", None, None), ("catalogue checked", None, None),
        ("import undone", "run-1", None),
    ]  # fmt: skip
    assert all(event.is_sealed for event in page.events)
    assert [event.reason for event in page.events if event.reason] == [f"two walls {HOSTILE}", "wrong folder"]
    assert page.stands
    assert page.event_count == len(page.events)


def test_a_photo_that_was_undone_still_has_its_custody(keeping: Keeping) -> None:
    report = report_custody(keeping.catalogue, photo_of(keeping, b"other"))
    assert not report.page.stands
    assert report.page.events[-1].action == "import undone"
    assert report.reading == "as_stored"


@pytest.mark.parametrize(
    ("harm", "broken"),
    [
        ("UPDATE caption SET text = 'x' WHERE event_sequence = 3", [3]),
        ("UPDATE event SET agent = 'x' WHERE sequence = 3", [3]),
        ("DELETE FROM decision", [7]),
        ("UPDATE event SET hash = 'x' WHERE sequence = 2", [3]),
    ],
)
def test_a_seal_that_does_not_hold_is_told(keeping: Keeping, harm: str, broken: list[int]) -> None:
    alter(keeping, harm)
    page = report_custody(keeping.catalogue, photo_of(keeping)).page
    assert [event.sequence for event in page.events if not event.is_sealed] == broken


def test_the_original_is_read_for_the_report(keeping: Keeping) -> None:
    original = keeping.catalogue.files.path_of_original(photo_of(keeping))
    original.write_bytes(b"!")
    done = run(keeping, "report", "custody", photo_of(keeping), "--format", "jsonl")
    assert done.exit_code == 1
    assert json.loads(done.stdout.splitlines()[-1])["summary"]["reading"] == "original_altered"
    original.unlink()
    assert run(keeping, "report", "custody", photo_of(keeping)).exit_code == 1


def test_the_lines_hold_every_event_exactly(keeping: Keeping) -> None:
    done = run(keeping, "report", "custody", photo_of(keeping), "--format", "jsonl")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 0
    assert [line["event"]["sequence"] for line in lines[:-1]] == [1, 3, 4, 5, 6, 7, 8, 9, 10]
    assert lines[1]["event"]["item"] == f"press/{HOSTILE}.jpg"
    assert lines[-1]["summary"]["head"]["sequence"] == 10


def test_the_page_to_send_shows_text_as_text_and_fetches_nothing(keeping: Keeping, tmp_path: Path) -> None:
    done = run(keeping, "report", "custody", photo_of(keeping)[:12], "-o", tmp_path / "custody.html")
    assert done.exit_code == 0
    text = (tmp_path / "custody.html").read_text("utf-8")
    seen = read(text)
    assert not seen.faults
    assert "<img src=x onerror=alert(1)>" in seen.text
    assert seen.named("img") == seen.named("script") == seen.named("a") == []
    assert "U+202E" in seen.text
    assert "\u202e" not in text
    policy = next(one["content"] for one in seen.named("meta") if one.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'sha256-")


def test_the_same_report_is_written_alike_twice(keeping: Keeping) -> None:
    report = report_custody(keeping.catalogue, photo_of(keeping))
    for writer in CUSTODY_WRITERS.values():
        written = [BytesIO(), BytesIO()]
        for stream in written:
            writer.write(report, stream)
        assert written[0].getvalue() == written[1].getvalue() != b""


def test_a_photo_never_stored_has_no_custody(keeping: Keeping) -> None:
    assert run(keeping, "report", "custody", "0" * 64).stderr.startswith("Error (not_in_catalogue)")


def test_the_pages_show_it_too(keeping: Keeping) -> None:
    client = create_app(keeping.catalogue).test_client()
    photo = photo_of(keeping)
    page = client.get(f"/photo/{photo}/custody")
    assert page.status_code == 200
    assert "two walls" in read(page.text).text
    assert f"/photo/{photo}/custody" in client.get(f"/photo/{photo}").text
    undone = client.get(f"/photo/{photo_of(keeping, b'other')}/custody")
    assert "no import that stands attests it" in read(undone.text).text
    data = client.get("/audit.json?action=item+added").json
    assert data is not None
    assert [(event["sequence"], event["photo"]) for event in data["events"]] == [
        (5, photo),
        (3, photo),
        (2, photo_of(keeping, b"other")),
    ]
    assert client.get("/audit.json?after=3").json["events"][0]["sequence"] == 2  # type: ignore[index]
    assert client.get("/audit?after=x").status_code == 404
    assert client.get(f"/audit?after={'9' * 40}").status_code == 404


def test_a_recorded_check_is_one_event_and_part_of_every_custody(keeping: Keeping) -> None:
    photo = photo_of(keeping)
    done = run(keeping, "verify", "--record", "--json")
    assert done.exit_code == 0
    last = report_custody(keeping.catalogue, photo).page.events[-1]
    assert (last.action, last.outcome, last.sequence, last.is_sealed) == ("catalogue checked", "success", 11, True)
    assert json.loads(last.detail)["originals_read"] == 2
    keeping.catalogue.files.path_of_original(photo).unlink()
    assert run(keeping, "verify", "--record").exit_code == 1
    last = report_custody(keeping.catalogue, photo).page.events[-1]
    assert last.outcome == "failure"
    assert json.loads(last.detail)["alterations"] == [f"original_missing {photo}"]
    assert run(keeping, "verify").stdout.count("\n") == 1
