"""A studio frame that twenty unrelated photos share links none of them, in whatever order and however many imports."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from PIL import Image

from tests.conftest import run_catalog
from tests.matching.test_templates import framed, unrelated_photos

COUNT = 20
Verdicts = set[tuple[frozenset[str], str, str]]


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Write twenty unrelated photos in one frame, and a copy of two of them."""
    folder = tmp_path_factory.mktemp("framed")
    made = []
    for path in unrelated_photos(COUNT):
        made.append(folder / path.name)
        framed(Image.open(path)).save(made[-1], quality=88)
    for path in made[:2]:
        made.append(folder / f"copy-{path.name}")
        Image.open(path).resize((480, 360)).save(made[-1], quality=70)
    return made


def verdicts(folder: Path, batches: list[list[Path]]) -> Verdicts:
    """Import the photos batch by batch, each in the order given, and return every pair that is told."""
    names = {}
    for number, batch in enumerate(batches):
        rows = [json.dumps({"file": path.name, "publisher": "desk"}) for path in batch]
        for path in batch:
            (folder / path.name).write_bytes(path.read_bytes())
        manifest = folder / f"batch-{number}.jsonl"
        manifest.write_text("\n".join(rows) + "\n", "utf-8")
        done = run_catalog(folder / "instance", "import", folder, "--manifest", manifest, "--json")
        assert done.code == 0, done.err
        names.update({line["photo"]: path.name for line, path in zip(done.lines, batch, strict=False)})
    report = run_catalog(folder / "instance", "report", "duplicates", "--format", "jsonl").out.splitlines()
    return {
        (frozenset((names[match["query"]], names[match["photo"]])), match["relation"], match["state"])
        for line in map(json.loads, report)
        for match in line.get("matches", ())
    }


def test_only_true_copies_are_linked_and_every_order_gives_the_same_verdicts(marked: list[Path], tmp_path: Path) -> None:
    shuffled = marked.copy()
    random.Random(7).shuffle(shuffled)
    orders = {"at once": [marked], "few by few": [shuffled[:6], shuffled[6:]]}
    found = {}
    for name, batches in orders.items():
        (tmp_path / name).mkdir()
        found[name] = verdicts(tmp_path / name, batches)
    copies = {(frozenset((path.name, f"copy-{path.name}")), "copy", "accepted") for path in marked[:2]}
    assert found == {"at once": copies, "few by few": copies}
