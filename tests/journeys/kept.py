"""Everything derived that a person may ask for, as one moment shows it, and a small instance that has some of each."""

from __future__ import annotations

import csv
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.conftest import SAMPLES, run_catalog

# Copies, a rejected look, a claim, a finding: some of everything that is derived.
FILES = (
    "boat.jpg", "boat-studio.jpg", "boat-bluekite.jpg", "motocross.jpg", "motocross-courier.jpg", "motocross-holos.jpg",
    "barn-a.jpg", "barn-b.jpg", "lake.jpg", "rose.jpg",
)  # fmt: skip
QUESTIONS = {
    "rendition": "SELECT photo_id, width, height, is_plain, image_data_sha256 FROM rendition ORDER BY 1",
    "descriptor": "SELECT photo_id, algorithm, version, bits, data, array_offset, array_length FROM descriptor ORDER BY 1, 2",
    "pairs": "SELECT query_photo_id, reference_photo_id, relation, state, score FROM verification"
    " WHERE state != 'refused' ORDER BY 1, 2",
    "groups": "SELECT g.cover_photo_id, m.photo_id FROM picture_group g JOIN group_member m ON m.group_id = g.id ORDER BY 1, 2",
    "chains": "SELECT c.first_photo_id, c.state, m.photo_id FROM chain c JOIN chain_member m ON m.chain_id = c.id ORDER BY 1, 3",
    "derivations": "SELECT parent_photo_id, child_photo_id, directed, confidence FROM derivation ORDER BY 1, 2",
    "findings": "SELECT rule, reason FROM finding ORDER BY 1, 2",
    "readings": "SELECT * FROM credit_reading ORDER BY 1",
    "parties": "SELECT credit_id, role, name, source_id FROM credit_party ORDER BY 1, 3, 2",
    "claims": "SELECT caption_id, kind, role, value, span_from FROM caption_claim ORDER BY 1, 5, 2, 3, 4",
    "sources": "SELECT * FROM named_source ORDER BY 1",
    "words": "SELECT rowid, words FROM photo_words ORDER BY 1",
    "standing": "SELECT * FROM standing ORDER BY 1, 2",
}  # fmt: skip


def kept(instance: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return everything derived that a person may ask for."""
    with closing(sqlite3.connect(instance / "catalog.sqlite", timeout=60)) as database:
        database.execute("BEGIN")
        return {name: database.execute(question).fetchall() for name, question in QUESTIONS.items()}


def small_instance(folder: Path) -> Path:
    """Import a few of the samples, with what was published with them and one more statement of rights."""
    (folder / "press" / "photos").mkdir(parents=True)
    with (SAMPLES / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if Path(row["file"]).name in FILES]
    rows[0]["rights"] = "EDITORIAL USE ONLY"
    for name in FILES:
        shutil.copy(SAMPLES / "photos" / name, folder / "press" / "photos")
    with (folder / "press" / "manifest.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    done = run_catalog(folder / "instance", "import", folder / "press", "--manifest", folder / "press" / "manifest.csv")
    assert done.code == 0, done.err
    found = kept(folder / "instance")
    assert all(found.values()), found
    return folder / "instance"
