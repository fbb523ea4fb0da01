"""A catalogue whose every text from outside is an attack, and its twin with the same photos and harmless texts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from catalog.records.match import Decision, Overlap
from catalog.records.metadata import EmbeddedText, MetadataValue
from catalog.records.provenance import Finding
from catalog.records.text import RecordedText
from catalog.workflow.catalogue import Catalogue
from tests.gallery.seed import RUN, Seed, derived, drawn, published, source_id

PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' autofocus onfocus=alert(1) x='",
    '" style="position:fixed" onmouseover="alert(1)',
    "</title></style></textarea></template><iframe src=javascript:alert(1)>",
    "{{ 7*7 }}{% raw %}${alert(1)}#{7*7}",
    "<a href=javascript:alert(1)>x</a><base href=//evil.example/><meta http-equiv=refresh content=0>",
    "&lt;script&gt;alert(1)&lt;/script&gt;&#60;b&#62;",
    '--><math><mi xlink:href="data:x,<script>alert(1)</script>">',
    "]]></bdi></q></code><form action=//evil.example><button>x",
    "javascript:alert(1)//\\u003cscript\\u003e",
)
# What cannot be seen or turns the reading around; shown as badges, so the twin has other elements.
HIDDEN = ("photo\u202egpj.exe\u202c", "in\u200bvis\u2060ible\u2066", "\u061cA\u200f\u200eB\ufeff")
HARMLESS = "harmless words"


def attacked(folder: Path, texts: Sequence[str]) -> tuple[Catalogue, tuple[str, ...]]:
    """Keep a photo for each text, with that text in every field that anybody outside fills; return the addresses of all pages."""
    seed = Seed(folder, agent="editor")
    photos = []
    for number, text in enumerate(texts):
        publication = published(text, "2017-01-02", text, "en", f"{text} handout", text, carrier=text, location=text, taken=text)
        photos.append(
            seed.photo(
                drawn(320 + 8 * number, 240, 20 + 9 * number),
                publication,
                published(f"{text} too", text, None, None, None, None),
                metadata=[
                    MetadataValue("xmp", text, 0, text, text.encode(), text, "utf-8", "description"),
                    MetadataValue("iim", "2:120", 0, None, text.encode(), f"{text}!", "utf-8", "description"),
                    MetadataValue("exif", text, 0, None, text.encode(), text, "ascii", None),
                ],
                embedded=[
                    EmbeddedText("credit", "creator", "xmp", None, RecordedText.from_text(text)),
                    EmbeddedText("caption", "headline", "iim", None, RecordedText.from_text(text)),
                ],
                name=f"press/{text}.jpg",
                parties=[("creator", text)],
            )
        )
        seed.reject(f"press/{text}.png", "unreadable_image", f"press/{text}: {text}")
    for number, (one, other) in enumerate(pairwise(photos)):
        state = "suggested" if number % 2 else "accepted"
        seed.pair(other, one, ["cropped"], state=state, overlap=Overlap(1.0, 0.6))
    first, second = photos[:2]
    seed.chain(
        [first, second],
        [derived(first, second, "cropped")],
        [Finding("credit_dropped", f"Dropped: {texts[0]}", (second,))],
        state="contradicted",
    )
    with seed.store.write() as change:
        change.decide(Decision((first, second), "accept", texts[0], texts[1], "2026-11-22T10:00:00.000000Z"))
        change.begin_run("undone", {"paths": list(texts)}, texts[0])
        change.undo("undone", texts[0])
    addresses = [
        "/", "/?sort=oldest", "/duplicates", "/duplicates?state=accepted", "/duplicates?state=decided", "/sources", "/imports",
        "/audit", f"/imports/{RUN}", "/imports/undone", f"/compare/{second}/{first}",
        *(f"/sources/{source_id(text)}" for text in texts[:1]),
    ]  # fmt: skip
    for photo in photos:
        addresses += [f"/photo/{photo}", f"/photo/{photo}/custody"]
    addresses += [f"/chain/{photo}" for photo in photos[1:4]]
    return seed.finish(), tuple(addresses)
