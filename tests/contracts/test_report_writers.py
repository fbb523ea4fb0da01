"""What every writer of the duplicate report promises, whatever its format."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace
from io import BytesIO, RawIOBase

import pytest

from catalog.records.duplicates import DuplicateReport
from catalog.reports.writers import WRITERS
from tests.reports.reported import FIRST, SECOND, attacked, endless, group, report

writers = pytest.mark.parametrize("name", WRITERS)


class Counted(RawIOBase):
    """Count what is written and keep none of it."""

    def __init__(self) -> None:
        self.written = 0

    def writable(self) -> bool:
        return True

    def write(self, part: object) -> int:
        assert isinstance(part, bytes | bytearray | memoryview)
        self.written += len(part)
        return len(part)


def written(name: str, made: DuplicateReport) -> bytes:
    stream = BytesIO()
    WRITERS[name].write(made, stream)
    assert not stream.closed
    return stream.getvalue()


def test_the_formats_are_those_of_the_command_line() -> None:
    assert set(WRITERS) == {"html", "csv", "jsonl"}


@writers
def test_every_photo_caption_credit_and_finding_is_written(name: str) -> None:
    text = written(name, report(group())).decode("utf-8")
    if name == "jsonl":
        text = text.encode("ascii").decode("unicode_escape")
    for words in (FIRST, SECOND, "Ruins of eastern Aleppo", "حلب اليوم", "وكالة سانا", "one caption says Aleppo", "copy", "1280"):
        assert words in text or (name, words) == ("html", "copy")


@writers
def test_the_same_report_is_written_alike_twice(name: str) -> None:
    assert written(name, report(group(), group())) == written(name, report(group(), group()))


@writers
def test_a_report_without_groups_can_be_written(name: str) -> None:
    assert written(name, report())


@writers
@pytest.mark.parametrize("text", ["\ud800\x00\x1b[31m<b>=1", "a" * 100_000, "\u202e\u2066", "\r\n\r\n\u2028,\"'"], ids=ascii)
def test_any_text_can_be_written(name: str, text: str) -> None:
    assert written(name, attacked(text)).decode("utf-8")


@writers
def test_memory_does_not_grow_with_the_number_of_groups(name: str) -> None:
    def peak(count: int) -> int:
        stream = Counted()
        tracemalloc.start()
        WRITERS[name].write(replace(report(), groups=endless(count)), stream)  # type: ignore[arg-type]
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert stream.written > count * 500
        return most

    peak(200)  # The interpreter keeps some thousand small tuples for reuse; they are no growth.
    assert peak(60) < 1.5 * peak(6) + 200_000


@writers
def test_the_media_type_is_stated(name: str) -> None:
    assert "/" in WRITERS[name].media_type
