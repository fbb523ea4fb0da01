"""Who may import whom: the rules of docs/architecture.md, held against the syntax tree."""

from __future__ import annotations

import ast
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted([*ROOT.joinpath("catalog").rglob("*.py"), ROOT / "app.py"])
FLOOR = {"records", "errors", "lasting"}
COLUMNS = {
    "intake", "metadata", "captions", "credits", "descriptors", "matching", "provenance", "store", "custody", "compute",
    "reports", "exports",
}  # fmt: skip
# Where a library may be named: the rest of the house must not know it.
OWNERS = {
    "flask": ("catalog/gallery/", "app.py"),
    "flask_wtf": ("catalog/gallery/",),
    "flask_babel": ("catalog/gallery/",),
    "sqlalchemy": ("catalog/store/", "migrations/"),
    "alembic": ("catalog/store/", "migrations/"),
    "imagehash": ("catalog/descriptors/",),
    "exifread": ("catalog/metadata/exif.py",),
    "cv2": ("catalog/descriptors/", "catalog/matching/"),
    "cryptography": ("catalog/custody/signing.py",),
    "dask": ("catalog/compute/",),
    "onnxruntime": ("catalog/descriptors/learned.py",),
}
CHOOSERS = ("app.py", "catalog/cli/")
STORE_INTERFACE = "catalog.store.interface"


def imports_of(path: Path) -> set[str]:
    """Return every module a file names in an import: module level, inside functions, under TYPE_CHECKING."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            assert node.module
            found.add(node.module)
            for alias in node.names:
                candidate = f"{node.module}.{alias.name}"
                if module_path(candidate):
                    found.add(candidate)
    return found


def module_path(name: str) -> Path | None:
    stem = ROOT.joinpath(*name.split("."))
    for path in (stem.with_suffix(".py"), stem / "__init__.py"):
        if path.exists():
            return path
    return None


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module: str) -> str:
    parts = module.split(".")
    return parts[1] if parts[0] == "catalog" and len(parts) > 1 else parts[0]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_file_imports_only_what_its_room_may(path: Path) -> None:
    module, room = name_of(path), room_of(name_of(path))
    relative = path.relative_to(ROOT).as_posix()
    for imported in imports_of(path):
        top = imported.split(".")[0]
        if top in OWNERS:
            assert relative.startswith(OWNERS[top]), f"{relative} names {top}, which belongs to {OWNERS[top]}"
        if top != "catalog":
            if room in FLOOR:
                assert top in sys.stdlib_module_names, f"{relative} imports {imported}; the floor stands on the standard library"
            continue
        target = room_of(imported)
        if imported == "catalog" or target == room or module == "app":
            continue
        if room in FLOOR:
            pytest.fail(f"{relative}: the floor imports {imported}")
        elif room in COLUMNS or room in {"imaging", "settings"}:
            assert target in FLOOR | {"imaging"}, f"{relative}: column {room} imports {imported}"
        elif room == "workflow":
            assert target in COLUMNS | FLOOR | {"imaging", "settings"}, f"{relative}: workflow imports {imported}"
            if target == "store":
                assert imported.startswith(STORE_INTERFACE), f"{relative}: workflow imports {imported}, not the store's interface"
            if target == "compute":
                assert imported == "catalog.compute.interface", (
                    f"{relative}: workflow imports {imported}, not the executor's interface"
                )
        elif room in {"cli", "gallery"}:
            lists = {"catalog.intake.readers", "catalog.reports.writers"}
            allowed = {"workflow", "settings", "records", "errors"}
            chooses = relative.startswith(CHOOSERS) and target in {"store", "compute"}
            assert (
                target in allowed
                or imported.startswith((STORE_INTERFACE, *lists))
                or chooses
                or (room == "cli" and target == "gallery")
            ), f"{relative}: {room} imports {imported}"


def test_there_is_no_circle_of_imports_of_any_kind() -> None:
    graph: dict[str, set[str]] = {}
    for path in SOURCES:
        own = name_of(path)
        targets = {name_of(found) for imported in imports_of(path) if (found := module_path(imported))}
        graph[own] = {target for target in targets if target.startswith("catalog") and target not in {own, "catalog"}}
    try:
        list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail(f"circle of imports: {' -> '.join(error.args[1])}")
