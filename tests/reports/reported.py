"""Reports to write: one like those of the starting story, and one whose every text is an attack."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from io import BytesIO

from PIL import Image

from catalog.records.duplicates import (
    DuplicateReport,
    ReportedCaption,
    ReportedClaims,
    ReportedGroup,
    ReportedPhoto,
    ReportedPublication,
    ReportTotals,
    UndecodedText,
)
from catalog.records.match import Overlap, Verification
from catalog.records.pages.chains import InquiryLine
from catalog.records.pages.publications import CaptionLine, CreditLine, PartyLine, PublicationLine
from catalog.records.partial_date import PartialDate
from catalog.records.provenance import Chain, Claim, Derivation, Evidence, Finding
from catalog.records.text import RecordedText

FIRST, SECOND = "a" * 64, "b" * 64


@cache
def preview(color: tuple[int, int, int] = (120, 120, 120)) -> bytes:
    stream = BytesIO()
    Image.new("RGB", (640, 400), color).save(stream, "JPEG", comment=b"<script>alert(1)</script>")
    return stream.getvalue()


def photo(sha256: str = FIRST, path: str = "press/ruins.jpg", drawn: bytes | None = None) -> ReportedPhoto:
    date = PartialDate.parse("2017-01-02")
    return ReportedPhoto(sha256, path, 1280, 853, 184_320, "image/jpeg", date, preview() if drawn is None else drawn)


def publication(
    photo_sha256: str = FIRST,
    caption: str = "Ruins of eastern Aleppo",
    language: str | None = "en",
    credit: str = "Russian Ministry of Defense",
    publisher: str = "The Morning Star of Nowhere",
    url: str = "https://nowhere.example/2017/01/02/ruins",
    location: str = "Aleppo",
    date: str = "2017-01-02T10:00+03:00",
    path: str = "press/ruins.jpg",
    undecoded: tuple[UndecodedText, ...] = (),
) -> ReportedPublication:
    issuer = PartyLine("issuer", credit, "source-1", (0, len(credit)), 0.9)
    seen, taken = PartialDate.parse("2017-01-04"), PartialDate.parse("2016-12-30")
    line = PublicationLine(
        "publication-1", photo_sha256, publisher, "source-2", url, PartialDate.parse(date), seen, taken, location, None, path, 1,
        (CaptionLine("caption", caption, language, "manifest", 1, True),
         CaptionLine("headline", f"{caption} (headline)", language, "manifest", 1, True)),
        (CreditLine("credit_line", credit, "manifest", 1, True, (issuer,), ("handout",), ()),),
    )  # fmt: skip
    return ReportedPublication(line, undecoded)


def match(state: str = "accepted", score: float = 0.987654321) -> Verification:
    return Verification(
        SECOND, FIRST, "copy", state, score, ("cropped", "mirrored"), (1.0, 0.0, 4.0, 0.0, 1.0, 2.0, 0.0, 0.0, 1.0),
        Overlap(1.0, 0.62), (0.0, 0.0, 640.0, 400.0), "local", 1, 0.3, 0.6,
    )  # fmt: skip


def chain(detail: str = "the crop lies inside the other") -> Chain:
    evidence = (Evidence("containment", True, 1.5, detail), Evidence("metadata", False, 0.2, "metadata was kept"))
    derivation = Derivation(FIRST, SECOND, True, ("cropped",), 0.93, evidence)
    return Chain(
        FIRST, (FIRST, SECOND), (FIRST,), (derivation,), (Claim("publication-1", "source-2", ("source-1",)),), (), "contradicted",
        "the captions name two places",
    )  # fmt: skip


def group(*publications: ReportedPublication) -> ReportedGroup:
    shown = publications or (
        publication(),
        publication(
            SECOND,
            "حلب اليوم: أنقاض بعد القصف",
            "ar",
            "وكالة سانا",
            "نجمة لا مكان",
            "https://nowhere.example/ar",
            "حلب",
            "2018-05",
        ),
    )
    finding = Finding("place_conflict", "one caption says Aleppo, another Mosul", (FIRST, SECOND))
    return ReportedGroup(
        FIRST, (photo(), photo(SECOND, "site/новый.jpg")), shown, (match(),), chain(), (finding,), timeline(shown), (inquiry(),)
    )


def inquiry(text: str = "TinEye", found: tuple[str, ...] = ()) -> InquiryLine:
    """Return a recorded search whose every text is the given one."""
    return InquiryLine(PartialDate.parse("2026-11-20", "UTC"), text, text, text, text, found)


def timeline(shown: tuple[ReportedPublication, ...]) -> tuple[ReportedCaption, ...]:
    """Return every caption as one that names a place, and contradicts all before it."""
    return tuple(
        ReportedCaption(
            line.id, line.publisher, line.published_at, caption.text, caption.language,
            (
                ReportedClaims("date", (), "silent", ()),
                ReportedClaims("place", ((caption.text[:4], "Aleppo"),), "contradicting", tuple(range(1, number))),
            ),
        )
        for number, (line, caption) in enumerate(((one.line, caption) for one in shown for caption in one.line.captions), 1)
    )  # fmt: skip


def report(*groups: ReportedGroup) -> DuplicateReport:
    totals = ReportTotals(200, 340, len(groups), 2 * len(groups), len(groups), 1, len(groups))
    return DuplicateReport("2026-11-22T10:00:00Z", "0.1.0", totals, iter(groups))


def endless(count: int) -> Iterator[ReportedGroup]:
    for _ in range(count):
        yield group()


def attacked(text: str) -> DuplicateReport:
    """Return a report in which every text that others can write is the given one."""
    shown = RecordedText.from_text(text).text
    line = publication(FIRST, shown, text, shown, shown, shown, shown, shown, shown)
    finding = Finding("place_conflict", shown, (FIRST,))
    hostile = ReportedGroup(
        FIRST, (photo(path=text), photo(SECOND, text, b"not a picture")), (line,), (match(),), chain(shown), (finding,),
        timeline((line,)), (inquiry(shown, (shown,)),),
    )  # fmt: skip
    return report(hostile)
