"""How documents show commands and output, tried on texts of our own."""

from __future__ import annotations

from tests.docs.console import Shown, is_as_shown, shown_commands

PAGE = """Words.

```console
$ catalog import samples \\
    --manifest samples/manifest.csv
Read 98 = added 98 + known 0 + rejected 0, in 12.3 s. Run 20261122T104542-045ba1.
$ catalog sources
…
```

```sh
$ this is no console block
```

```console
$ make demo
```
"""


def test_commands_are_found_with_what_stands_below_them() -> None:
    read = "Read 98 = added 98 + known 0 + rejected 0, in 12.3 s. Run 20261122T104542-045ba1."
    assert shown_commands(PAGE) == [
        Shown(1, "catalog import samples --manifest samples/manifest.csv", (read,)),
        Shown(1, "catalog sources", ("…",)),
        Shown(2, "make demo", ()),
    ]


def test_seconds_and_run_ids_may_differ_and_counts_may_not() -> None:
    shown = ("Read 98 = added 98, in 12.3 s. Run 20261122T104542-045ba1.",)
    assert is_as_shown(shown, "Read 98 = added 98, in 0.9 s. Run 20270101T000000-ffffff.\n")
    assert not is_as_shown(shown, "Read 98 = added 97, in 0.9 s. Run 20270101T000000-ffffff.\n")


def test_progress_and_notes_are_passed_over() -> None:
    printed = "Note: no network namespace.\nTaking in: 24 of 98, 1.4/s, 54 s left; added 24, known 0\nDone.\n"
    assert is_as_shown(("Done.",), printed)


def test_an_ellipsis_stands_for_text_or_for_lines() -> None:
    printed = "first\nphoto.jpg: accepted copy (score 0.931, 0a1b2c3d4e5f)\nmore\nand more\n"
    assert is_as_shown(("…", "photo.jpg: accepted copy (score 0.931, …)", "…"), printed)
    assert not is_as_shown(("photo.jpg: accepted copy (score …)", "…"), printed)
    assert not is_as_shown(("first", "photo.jpg: …"), printed)


def test_lines_that_are_missing_or_too_many_are_seen() -> None:
    assert not is_as_shown(("a", "b"), "a\n")
    assert not is_as_shown(("a",), "a\nb\n")
    assert is_as_shown((), "whatever\n")
