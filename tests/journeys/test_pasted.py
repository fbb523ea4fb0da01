"""A later copy of one piece of a composite: it turns no piece into something cut from the composite."""

from __future__ import annotations

import shutil
from pathlib import Path

from PIL import Image

from tests.conftest import SAMPLES, run_catalog

ROWS = """file,publisher,published_at
mountains.jpg,Golos,2016-10-30
towers.jpg,Northgate Wire,2018-05-22
street.jpg,Velmora Courier,2013-09-14
collage-ufuq.jpg,Ufuq,2020-02-09
copy.jpg,Desk,2015-03-01
"""


def test_a_copy_of_one_piece_leaves_the_composite_the_child_of_all_pieces(tmp_path: Path) -> None:
    press = tmp_path / "press"
    press.mkdir()
    for name in ("mountains", "towers", "street", "collage-ufuq"):
        shutil.copy(SAMPLES / "photos" / f"{name}.jpg", press)
    with Image.open(press / "street.jpg") as picture:
        picture.save(press / "copy.jpg", quality=60)
    (press / "manifest.csv").write_text(ROWS, "utf-8")
    run_catalog(tmp_path / "instance", "import", press, "--manifest", press / "manifest.csv")
    chain = run_catalog(tmp_path / "instance", "chains", "--json").lines[0]
    names = {photo["photo"]: photo["path"] for photo in chain["photos"]}
    found = {(names[one["from"]], names[one["to"]]) for one in chain["derivations"]}
    assert found == {
        ("mountains.jpg", "collage-ufuq.jpg"),
        ("towers.jpg", "collage-ufuq.jpg"),
        ("street.jpg", "collage-ufuq.jpg"),
        ("street.jpg", "copy.jpg"),
    }
    assert not {"copy_seen_before_original", "shown_before_date_claimed"} & {one["rule"] for one in chain["findings"]}
