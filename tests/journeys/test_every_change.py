"""Every change of what is kept is exactly one event, written with its rows in one transaction, by whichever door."""

from __future__ import annotations

import io
import re
import shutil
import socket
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Connection

from catalog.cli import catalog
from catalog.cli.opening import build_catalogue
from catalog.gallery import create_app
from catalog.settings import Settings
from catalog.store import ledger_rows
from catalog.store.engine import CatalogEngine
from catalog.store.tables.evidence import EVIDENCE
from tests.conftest import SAMPLES
from tests.journeys.every_change import COMMANDS, QUIET

PHOTOS = SAMPLES / "photos"
Evidence = dict[str, set[tuple[object, ...]]]


def evidence(instance: Path) -> Evidence:
    """Return every row of every evidence table; raw values, so that nothing is read kindly."""
    path = instance / "catalog.sqlite"
    if not path.exists():
        return {table.name: set() for table in EVIDENCE}
    with closing(sqlite3.connect(path)) as database:
        return {table.name: set(database.execute(f"SELECT * FROM {table.name}")) for table in EVIDENCE}


def actions(instance: Path) -> list[str]:
    path = instance / "catalog.sqlite"
    if not path.exists():
        return []
    with closing(sqlite3.connect(path)) as database:
        return [row[0] for row in database.execute("SELECT action FROM event ORDER BY sequence")]


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Check the ledger after each commit, whoever makes it: each event fits the rows that are there, no row is without one."""
    commits: list[int] = []
    write = CatalogEngine.write

    @contextmanager
    def checked(engine: CatalogEngine, **asked: Any) -> Iterator[Connection]:
        with write(engine, **asked) as connection:
            yield connection
        with engine.read() as connection:
            if connection.dialect.has_table(connection, "event"):
                events = list(ledger_rows.events(connection))
                digests = ledger_rows.digests_of(connection, [one.sequence for one in events])
                assert [one.sequence for one in events if digests[one.sequence] != one.digest] == []
                assert ledger_rows.orphans(connection) == []
                commits.append(len(events))

    monkeypatch.setattr(CatalogEngine, "write", checked)
    return commits


@pytest.fixture
def served_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(opened: Callable[[], object], listening: socket.socket) -> None:
        del opened
        listening.close()

    monkeypatch.setattr("catalog.gallery.serving.serve_forever", closed)


def press(folder: Path) -> Path:
    folder.mkdir()
    for name in ("lighthouse.jpg", "lighthouse-kromka.jpg"):
        shutil.copy(PHOTOS / name, folder)
    (folder / "broken.jpg").write_bytes(b"no picture")
    return folder


@pytest.mark.usefixtures("served_nothing")
def test_every_command_writes_the_events_it_declares_and_no_row_beside_them(tmp_path: Path, watched: list[int]) -> None:
    desk = tmp_path / "desk"
    filled = {
        "press": str(press(tmp_path / "press")), "copy": str(PHOTOS / "lighthouse-vestnik.jpg"), "out": str(tmp_path / "out"),
        "backup": str(tmp_path / "backup"), "labels": str(tmp_path / "labels.csv"), "photo": "", "other": "", "run": "",
    }  # fmt: skip
    (tmp_path / "labels.csv").write_text("nothing\n", "utf-8")

    def run(typed: tuple[str, ...], instance: Path = desk) -> Result:
        arguments = [one.format(**filled) for one in typed]
        return CliRunner().invoke(catalog, arguments, env={"CATALOG_INSTANCE": str(instance), "CATALOG_WORKERS": "1"})

    for name, (typed, declared) in COMMANDS.items():
        instance = tmp_path / "elsewhere" if name == "restore" else desk
        before, told = evidence(instance), actions(instance)
        done = run(typed, instance)
        assert done.exception is None or isinstance(done.exception, SystemExit), (name, done.exception)
        after = evidence(instance)
        if name == "restore":
            assert (after, actions(instance)) == (evidence(desk), actions(desk))
            continue
        assert sorted(actions(instance)[len(told) :]) == sorted(declared), (name, done.output)
        assert actions(instance)[: len(told)] == told
        assert all(before[table] <= after[table] for table in before), name
        assert (before == after) == (not [one for one in declared if one != "catalogue checked" and not one.endswith("ended")]), (
            name
        )
        if name == "import":
            with closing(sqlite3.connect(desk / "catalog.sqlite")) as database:
                filled["photo"], filled["other"] = (row[0] for row in database.execute("SELECT sha256 FROM photo ORDER BY id"))
                (filled["run"],) = database.execute("SELECT id FROM import_run").fetchone()
            for quiet in QUIET:
                run(quiet)
                assert (evidence(desk), actions(desk)) == (after, actions(desk)), quiet
                assert len(actions(desk)) == len(declared), quiet
    assert watched
    assert run(("verify",)).exit_code == 0


def test_every_changing_address_writes_the_events_it_declares(tmp_path: Path, watched: list[int]) -> None:
    desk = tmp_path / "desk"
    CliRunner().invoke(catalog, ["import", str(press(tmp_path / "press"))], env={"CATALOG_INSTANCE": str(desk)})
    opened = build_catalogue(Settings(instance=desk, workers=1))
    client = create_app(opened).test_client()
    changing = {
        rule.rule
        for rule in client.application.url_map.iter_rules()
        if {"POST", "PUT", "PATCH", "DELETE"} & (rule.methods or set())
    }
    assert changing == {
        "/decisions", "/chain/decisions", "/chain/inquiries", "/decisions/sources", "/search-by-image", "/search-by-image.json",
    }  # fmt: skip
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/search-by-image").text)
    assert found
    first, second = opened.store.standing_photos()
    picture = (PHOTOS / "lighthouse-vestnik.jpg").read_bytes()
    form = {"csrf_token": found[1], "first": first, "second": second, "reason": "two walls"}
    for address, sent, status, declared in (
        ("/decisions", {**form, "verdict": "reject"}, 303, ["decision reject"]),
        ("/decisions", {**form, "verdict": "same_scene"}, 303, ["decision same_scene"]),
        ("/decisions", {**form, "verdict": "undo"}, 303, ["decision undo"]),
        ("/decisions", {**form, "verdict": "undo"}, 400, []),
        ("/decisions", {**form, "verdict": "accept", "reason": " "}, 400, []),
        ("/decisions", {**form, "verdict": "accept", "csrf_token": "x"}, 400, []),
        ("/decisions", {**form, "verdict": "accept", "second": "0" * 64}, 404, []),
        ("/chain/decisions", {**form, "chain": first, "child": first, "parent": second, "verdict": "not_made_from"}, 303, [
            "derivation not_made_from",
        ]),
        ("/chain/decisions", {**form, "chain": first, "child": first, "parent": first, "verdict": "not_made_from"}, 400, []),
        ("/chain/inquiries", {**form, "chain": first, "place": "an archive"}, 303, ["inquiry made"]),
        ("/chain/inquiries", {**form, "chain": first, "place": ""}, 400, []),
        ("/decisions/sources", {**form, "verdict": "add", "kind": "agency", "names": "New Wire"}, 303, ["source add"]),
        ("/decisions/sources", {**form, "verdict": "merge", "source": "reuters", "target": "ap"}, 400, []),
        ("/decisions/sources", {**form, "verdict": "undo", "decision": "1"}, 303, ["source undo"]),
        ("/search-by-image", {"csrf_token": found[1], "image": (io.BytesIO(picture), "a.jpg")}, 200, []),
        ("/search-by-image.json", {"csrf_token": found[1], "image": (io.BytesIO(picture), "a.jpg")}, 200, []),
        ("/search-by-image", {"csrf_token": found[1], "image": (io.BytesIO(b"no picture"), "a.jpg")}, 422, []),
    ):  # fmt: skip
        before, told = evidence(desk), actions(desk)
        assert client.post(address, data=sent).status_code == status, (address, sent)
        assert actions(desk)[len(told) :] == declared
        assert (evidence(desk) == before) == (not declared)
    assert watched
    opened.close()
