"""The catalogue that tests of pages look at: one story told by four publishers in four languages, and some odd ones."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from catalog.records.match import Overlap
from catalog.records.metadata import EmbeddedText, MetadataValue
from catalog.records.provenance import Finding
from catalog.records.text import RecordedText
from catalog.workflow.catalogue import Catalogue
from tests.gallery.seed import Seed, derived, drawn, published

LONG_WORD = "unbroken" * 38
LONG_CAPTION = "A caption that goes on and on about the ruins of the eastern quarter. " * 29
DESCRIPTION = "{http://purl.org/dc/elements/1.1/}description"
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
HIDDEN = "photo\u202egpj.exe\u200b by A. Author"


@dataclass(frozen=True, slots=True)
class Stories:
    """Hold the catalogue and the photos that tests ask for by name."""

    catalogue: Catalogue
    ruins: str
    crop: str
    mirror: str
    scene: str
    hostile: str
    undated: str
    panorama: str


def tell(folder: Path) -> Stories:
    """Write the stories into a new instance."""
    seed = Seed(folder)
    ministry = "Ministry of Works"
    parties = [("issuer", ministry), ("agency", "Lighthouse Agency"), ("creator", "А. Фотограф"), ("agency", "وكالة المنارة")]
    ruins = seed.photo(
        drawn(900, 600, 41),
        published(
            "The Harbour Times", "2017-01-02", "Ruins of the eastern quarter of Zoria.\nThe street was cleared later.", "en",
            f"{ministry} handout via Lighthouse Agency", "https://harbour-times.example/2017/01/02/ruins", taken="2016-12",
            location="Zoria",
        ),
        published("Вечерняя Кромка", "2017-01-05T09:30:00+03:00", "Разрушенные дома в Зории", "ru", "Фото: А. Фотограф", "https://kromka.example/1"),
        metadata=[
            MetadataValue("iim", "2:120", 0, None, b"Ruins", "Ruins in January", "utf-8", "description"),
            MetadataValue("xmp", DESCRIPTION, 0, "x-default", b"Ruins", "Ruins in March", "utf-8", "description"),
            MetadataValue("exif", "Image Make", 0, None, b"Camera", "Camera", "ascii", "camera_make"),
        ],
        embedded=[EmbeddedText("credit", "creator", "xmp", None, RecordedText.from_text("A. Photographer"))],
        parties=parties,
    )  # fmt: skip
    crop = seed.photo(
        drawn(900, 600, 41).crop((90, 120, 810, 600)),
        published(
            "الساحل اليوم", "2017-03-11", "دمار في حي الموصل القديم هذا الصباح", "ar", "وكالة المنارة", "https://sahel.example/2"
        ),
        parties=parties,
    )
    mirror = seed.photo(
        drawn(900, 600, 41).transpose(Image.Transpose.FLIP_LEFT_RIGHT),
        published("Ранок Пристані", "2022-02-26", "Будинки після обстрілу, сьогодні", "uk", ministry, "https://ranok.example/3"),
        parties=parties,
    )
    scene = seed.photo(
        drawn(600, 900, 77), published("The Harbour Times", "2017-01-02", "The same street from the other side", "en")
    )
    hostile = seed.photo(
        drawn(640, 480, 90),
        published(HOSTILE, "2020-05-01", HOSTILE, "en", HOSTILE, "javascript:alert(1)", location=HOSTILE),
        parties=[("creator", HOSTILE)],
        name="press/<b>.jpg",
    )
    undated = seed.photo(drawn(48, 48, 120), published(None, None, LONG_WORD, None, HIDDEN), parties=[("creator", "A. Author")])
    panorama = seed.photo(drawn(2000, 200, 150), published("The Harbour Times", "spring 2019", LONG_CAPTION, "en"))
    bare = seed.photo(drawn(500, 500, 200), name="press/bare.jpg")
    plain = seed.photo(drawn(420, 300, 210), published("The Harbour Times", "2015", "A quiet harbour", "en"))
    seed.reject("press/broken.jpg", "unreadable_image", "press/broken.jpg: the file ends before the picture does")
    seed.pair(crop, ruins, ["cropped"], transform=(1.0, 0.0, 90.0, 0.0, 1.0, 120.0, 0.0, 0.0, 1.0), overlap=Overlap(1.0, 0.64))
    seed.pair(mirror, ruins, ["mirrored"], transform=(-1.0, 0.0, 900.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0), overlap=Overlap(1.0, 1.0))
    moved = (("points", 40.0), ("points_expected", 60.0), ("slow_tones", 0.99), ("walked", 0.001))
    seed.pair(
        scene, ruins, [], relation="same_scene", state="suggested", score=0.62, transform=None, overlap=None, evidence=moved
    )
    seed.pair(plain, bare, ["recoloured"], state="suggested", score=0.71, evidence=(("points", 5.0), ("slow_tones", 0.99)))
    seed.group(ruins, crop, mirror)
    late = seed.identities[f"{mirror}/Ранок Пристані"]
    seed.chain(
        [ruins, crop, mirror],
        [derived(ruins, crop, "cropped"), derived(ruins, mirror, "mirrored", directed=False, confidence=0.5)],
        [
            Finding("mirrored", "Photo 3 is the mirror image of photo 1.", (mirror,)),
            Finding("credited_source_never_seen_publishing", "The Ministry of Works was never seen publishing it here.", (late,)),
        ],
        state="contradicted",
    )
    return Stories(seed.finish(), ruins, crop, mirror, scene, hostile, undated, panorama)
