"""Content credentials through the real import: on the photo's own record, and as evidence of what was made from what."""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from catalog.metadata.cbor import Value
from tests.conftest import SAMPLES, Catalog
from tests.journeys.cases import smaller, whole
from tests.metadata.credentials import credited

NAMES_ITS_PARENT: dict[str, Value] = {
    "c2pa.ingredient": {
        "dc:title": "first.jpg",
        "relationship": "parentOf",
        "c2pa_manifest": {"url": "self#jumbf=/c2pa/urn:uuid:first", "hash": b""},
    }
}


def saved(picture: Image.Image) -> bytes:
    target = BytesIO()
    picture.save(target, "JPEG", quality=88)
    return target.getvalue()


def two_files(folder: Path, *, altered: bool) -> tuple[str, str]:
    """Write a photo with credentials and a copy whose credentials name it; `altered`: a byte of the copy changed since."""
    with Image.open(SAMPLES / "photos" / "garden-table.jpg") as opened:
        picture = whole(opened.convert("RGB"))
    first = credited("urn:uuid:first", plain=saved(picture))
    second = bytearray(credited("urn:uuid:second", NAMES_ITS_PARENT, plain=saved(smaller(picture))))
    second[-40] ^= altered
    for name, data in (("first", first), ("second", bytes(second))):
        (folder / f"{name}.jpg").write_bytes(data)
    return sha256(first).hexdigest(), sha256(second).hexdigest()


def derivation(catalog: Catalog, folder: Path) -> dict[str, Any]:
    assert catalog("import", folder, "--json").code == 0
    (chain,) = [line for line in catalog("chains", "--json").lines if "chain" in line]
    (found,) = chain["derivations"]
    return dict(found)


def test_a_copy_whose_credentials_name_the_original_is_drawn_from_it(catalog: Catalog, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    first, second = two_files(tmp_path / "in", altered=False)
    found = derivation(catalog, tmp_path / "in")
    assert (found["from"], found["to"], found["directed"]) == (first, second, True)
    assert any(item["code"] == "content_credentials" and item["for"] for item in found["evidence"])
    (told,) = [line for line in catalog("show", second, "--json").lines if "metadata" in line]
    said = {line["property"]: line["text"] for line in told["metadata"] if line["vocabulary"] == "c2pa"}
    assert (said["integrity/file"], said["trust/signature"]) == ("whole", "not checked")


def test_credentials_of_a_file_that_was_altered_since_weigh_nothing(catalog: Catalog, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    two_files(tmp_path / "in", altered=True)
    assert all(item["code"] != "content_credentials" for item in derivation(catalog, tmp_path / "in")["evidence"])
