"""The description of the house is that of this house."""

from __future__ import annotations

import re

from catalog.store.tables import SEARCH_TABLES, metadata
from tests.docs.documents import ROOT, named_first, page

# A folder is a room when something in it is ours.
KEPT = {"app.py", "migrations/", "static/", "tools/", "samples/", "bench/", "tests/"}


def rooms() -> set[str]:
    """Return every room and file directly below catalog/ that holds code."""
    inside = ROOT.joinpath("catalog")
    folders = {f"catalog/{path.name}/" for path in inside.iterdir() if path.is_dir() and [*path.rglob("*.py")]}
    return folders | {f"catalog/{path.name}" for path in inside.glob("*.py") if path.name != "__init__.py"}


def test_every_room_has_its_line_and_no_line_is_of_a_room_that_is_gone() -> None:
    described = [name for name in named_first(page("architecture.md")) if "/" in name or name.endswith(".py")]
    assert sorted(described) == sorted(rooms() | KEPT)


def test_every_table_has_its_line_and_no_line_is_of_a_table_that_is_gone() -> None:
    text = page("architecture.md")
    described = [name for name in named_first(text) if "/" not in name and not name.endswith(".py")]
    assert sorted(described) == sorted(metadata.tables)
    assert [name for name in SEARCH_TABLES if f"`{name}`" not in text] == []


def test_every_file_that_is_named_is_there() -> None:
    """Check names such as `workflow/undo_import.py` or `import_collection` in the journeys."""
    named = re.findall(r"`((?:\w+/)+\w+\.py)`", page("architecture.md"))
    assert named
    assert [name for name in named if not (ROOT / name).exists() and not (ROOT / "catalog" / name).exists()] == []
    journeys = page("architecture.md").partition("## The journeys")[2].partition("## What is kept")[0]
    called = {name.partition(".")[0] for name in re.findall(r"`([a-z]+_[a-z_]+(?:\.\w+)?)`", journeys)}
    assert [name for name in sorted(called) if not ROOT.joinpath("catalog", "workflow", f"{name}.py").exists()] == []
