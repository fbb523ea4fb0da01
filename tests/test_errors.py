"""The exception family is the tree drawn at the top of its module, and every reason has its own name."""

from __future__ import annotations

import errno
import inspect
import os
import re

import pytest

from catalog import errors
from catalog.errors import CatalogError, DiskError, FileRefusedError, IntakeError, TooLargeToPreviewError, UsageError

CLASSES = [value for value in vars(errors).values() if inspect.isclass(value) and issubclass(value, Exception)]
# One step of the drawing is four characters wide: `├── `, `└── `, `│   ` or blanks.
STEP = 4


def drawn_parents() -> dict[str, str | None]:
    """Return for every class in the module's drawing the class it hangs under."""
    parents: dict[str, str | None] = {}
    above: dict[int, str] = {}
    for line in (errors.__doc__ or "").splitlines():
        found = re.match(r"([│├└─ ]*)([A-Z]\w+Error)\b", line)
        if found:
            depth = len(found[1]) // STEP
            parents[found[2]] = above[depth - 1] if depth else None
            above[depth] = found[2]
    return parents


def test_the_drawing_shows_every_class_below_its_parent() -> None:
    actual = {kind.__name__: None if kind is CatalogError else kind.__bases__[0].__name__ for kind in CLASSES}
    assert drawn_parents() == actual


def test_everything_raised_on_purpose_has_one_parent() -> None:
    assert [kind.__name__ for kind in CLASSES if not issubclass(kind, CatalogError)] == []


def test_every_class_has_a_code_of_its_own() -> None:
    codes = {kind.__name__: kind.__dict__.get("code") for kind in CLASSES}
    assert [name for name, code in codes.items() if not code] == []
    assert len(set(codes.values())) == len(codes)


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: str(kind.__name__))
def test_a_code_is_a_short_word_that_may_be_stored(kind: type[CatalogError]) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", kind.code)
    assert len(kind.code) <= 40


def test_a_reason_given_with_the_error_stands_above_that_of_its_class() -> None:
    error = IntakeError("a.jpg: is empty", code="empty_file", path="a.jpg", row=7)
    assert (error.code, error.path, error.row, str(error)) == ("empty_file", "a.jpg", 7, "a.jpg: is empty")
    refused = FileRefusedError("a.jpg: is empty", code="empty_file", path="a.jpg", size_bytes=0, sha256="e3b0")
    assert (refused.code, refused.path, refused.size_bytes, refused.sha256) == ("empty_file", "a.jpg", 0, "e3b0")
    assert FileRefusedError("a.jpg").code == FileRefusedError.code == "file_refused"


def test_an_error_keeps_its_facts_as_values() -> None:
    error = TooLargeToPreviewError("too large", width=30_000, height=20_000, media_type="image/png")
    assert (error.width, error.height, error.media_type) == (30_000, 20_000, "image/png")


@pytest.mark.parametrize(
    ("number", "code", "advice"),
    [
        (errno.ENOSPC, "disk_full", "free some space"),
        (errno.EDQUOT, "disk_quota", "free some space"),
        (errno.EACCES, "disk_error", "change its permissions"),
        (errno.EEXIST, "disk_error", "name another place"),
        (errno.ENOENT, "disk_error", "name a place whose folder is there"),
        (errno.ENOTDIR, "disk_error", "name another place: what should be a folder is a file"),
        (errno.ENAMETOOLONG, "disk_error", "shorten the name"),
        (errno.EIO, "disk_error", "look at the disk"),
    ],
)
def test_what_the_system_refused_is_told_with_the_place_and_what_to_do(number: int, code: str, advice: str) -> None:
    told = DiskError.of(OSError(number, os.strerror(number)), "/srv/desk")
    assert told.code == code
    assert str(told).startswith(f"/srv/desk: {os.strerror(number)}; {advice}")
    assert str(told).endswith(", then run the command again")


def test_an_error_told_by_a_pattern_is_said_in_another_language_and_any_other_as_it_is() -> None:
    told = UsageError.because("%(name)s is 100 %% taken", name="100 %(name)s")
    assert (str(told), told.code) == ("100 %(name)s is 100 % taken", "usage")
    assert told.said({"%(name)s is 100 %% taken": "%(name)s занято"}.__getitem__) == "100 %(name)s занято"
    assert UsageError("50 % of it").said(str.upper) == "50 % of it"
    assert UsageError.because("no places").said(str.upper) == "NO PLACES"
