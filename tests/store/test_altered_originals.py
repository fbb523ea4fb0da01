"""Whatever is altered in an original, `verify` names it; whatever happens to derived rows, it is silent."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from catalog.store.tables.derived import DERIVED
from catalog.workflow.verify_catalogue import VerifyOrder, verify_catalogue
from tests.store.altering import alter, head, rows, told
from tests.store.keeping import Keeping


def changed_bit(path: Path) -> str:
    content = bytearray(path.read_bytes())
    content[0] ^= 1
    path.write_bytes(content)
    return path.name


def removed(path: Path) -> str:
    path.unlink()
    return path.name


def truncated(path: Path) -> str:
    path.write_bytes(path.read_bytes()[:-1])
    return path.name


def added(path: Path) -> str:
    path.with_name("f" * 64).write_bytes(b"nobody imported this")
    return "f" * 64


@pytest.mark.parametrize(
    ("harm", "code"),
    [
        (changed_bit, "original_altered"),
        (truncated, "original_altered"),
        (removed, "original_missing"),
        (added, "original_unexpected"),
    ],
)
def test_a_harmed_original_is_named(instance: Path, harm: Callable[[Path], str], code: str) -> None:
    name = harm(sorted((instance / "originals").glob("*/*"))[0])
    assert told(instance) == [(code, name)]


def test_two_originals_that_changed_places_are_both_named(instance: Path) -> None:
    one, other = sorted((instance / "originals").glob("*/*"))[:2]
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)
    assert sorted(told(instance)) == sorted([("original_altered", one.name), ("original_altered", other.name)])


def test_a_sample_reads_so_many_and_says_how_many_it_skipped(instance: Path) -> None:
    keeping = Keeping(instance)
    verdict = verify_catalogue(keeping.catalogue, VerifyOrder(sample=1), lambda _done, _total: None)
    keeping.close()
    assert (verdict.originals_expected, verdict.originals_read, verdict.originals_skipped) == (3, 1, 2)


def test_an_untouched_catalogue_raises_no_alarm(instance: Path) -> None:
    assert told(instance) == told(instance, head(instance)) == []


@pytest.mark.parametrize("table", [table.name for table in DERIVED])
def test_emptied_or_changed_derived_rows_raise_no_alarm(instance: Path, table: str) -> None:
    columns = [row[1] for row in rows(instance, f"PRAGMA table_info({table})") if row[5] == 0]
    if columns:
        alter(instance, (f"UPDATE OR REPLACE {table} SET {columns[0]} = '1'", ()))
        assert told(instance) == []
    alter(instance, (f"DELETE FROM {table}", ()))
    assert told(instance) == []
