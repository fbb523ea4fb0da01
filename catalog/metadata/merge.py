"""The captions, credits and dates among a file's values; nothing is merged away."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from catalog.records.metadata import EmbeddedDate, EmbeddedText, MetadataValue
from catalog.records.partial_date import PartialDate
from catalog.records.text import RecordedText

CAPTION_ROLE_OF = {"description": "caption", "headline": "headline", "title": "title", "alt_text": "alt_text"}
CREDIT_ROLE_OF = {
    "credit_line": "credit_line",
    "creator": "creator",
    "iptc_source": "iptc_source",
    "copyright_notice": "copyright_notice",
}
# Cameras and libraries write these into ImageDescription when nobody described anything (seen in the camera files under
# tests/fixtures/metadata and in exiftool's notes on makers). They stay values of the file but are no captions.
CAMERA_DEFAULTS = frozenset({
    "olympus digital camera", "minolta digital camera", "sony dsc", "samsung digital camera", "samsung camera pictures",
    "kodak digital still camera", "konica digital camera", "digital camera", "digital image", "exif_jpeg_picture",
    "default", "dcim", "untitled", "<untitled>", "camera",
})  # fmt: skip


class _DateParts(NamedTuple):
    """Name the properties that state one date together: day, time, fraction of a second, zone."""

    kind: str
    vocabulary: str
    day: str
    time: str | None
    fraction: str | None
    zone: str | None


_SPLIT_DATES = (
    _DateParts("date_created", "exif", "EXIF DateTimeOriginal", None, "EXIF SubSecTimeOriginal", "EXIF OffsetTimeOriginal"),
    _DateParts("date_created", "exif", "Image DateTimeOriginal", None, None, None),
    _DateParts("modified", "exif", "Image DateTime", None, "EXIF SubSecTime", "EXIF OffsetTime"),
    _DateParts("date_created", "iim", "2:55", "2:60", None, None),
)


def captions_and_credits(values: Iterable[MetadataValue]) -> tuple[EmbeddedText, ...]:
    """Return the captions and credits embedded in a file, in the order of its values.

    One text in several vocabularies is returned once for each of them; only a word-for-word repetition inside one
    vocabulary is dropped. Blank texts and what cameras write by themselves are left out.
    """
    found: dict[EmbeddedText, None] = {}
    for value in values:
        kind, role = _role(value)
        if role is not None and value.text and not _is_camera_default(value):
            text = RecordedText(value.raw, value.text, value.codec)
            found.setdefault(EmbeddedText(kind, role, value.vocabulary, value.language, text))
    return tuple(found)


def date_created(values: Iterable[MetadataValue]) -> tuple[EmbeddedDate, ...]:
    """Return when the photo was made as each vocabulary states it.

    Exif keeps day and time, fraction and zone in three fields and IIM day and time in two; each is joined into one text.
    A text that cannot be read as a date is returned unread; zeros and blanks, which cameras without a clock write, are not.
    """
    return tuple(date for date in embedded_dates(values) if date.kind == "date_created")


def embedded_dates(values: Iterable[MetadataValue]) -> tuple[EmbeddedDate, ...]:
    """Return when the photo was made and when the file was last changed, as each vocabulary states it."""
    values = tuple(values)
    split_properties = {(parts.vocabulary, name) for parts in _SPLIT_DATES for name in parts[2:]}
    found: dict[EmbeddedDate, None] = {}
    for parts in _SPLIT_DATES:
        for text in _joined(values, parts):
            found.setdefault(EmbeddedDate(parts.kind, parts.vocabulary, PartialDate.parse(text)))
    for value in values:
        is_split = (value.vocabulary, value.property) in split_properties
        if value.meaning in ("date_created", "modified") and not is_split and _says_something(value.text):
            found.setdefault(EmbeddedDate(value.meaning, value.vocabulary, PartialDate.parse(value.text)))
    return tuple(found)


def _role(value: MetadataValue) -> tuple[str, str | None]:
    if value.meaning in CAPTION_ROLE_OF:
        return "caption", CAPTION_ROLE_OF[value.meaning]
    return "credit", CREDIT_ROLE_OF.get(value.meaning or "")


def _is_camera_default(value: MetadataValue) -> bool:
    return value.vocabulary == "exif" and value.text.lower() in CAMERA_DEFAULTS


def _joined(values: tuple[MetadataValue, ...], parts: _DateParts) -> list[str]:
    stated = {
        (value.property, value.position): value.text for value in values if value.vocabulary == parts.vocabulary and value.text
    }
    texts = []
    for (name, position), day in stated.items():
        if name != parts.day or not _says_something(day):
            continue
        time, fraction, zone = (stated.get((part or "", position), "").strip() for part in parts[3:])
        text = day.strip()
        if time:
            text = f"{text}T{time}"
        if fraction.isdigit():
            text = f"{text}.{fraction}"
        texts.append(text + zone)
    return texts


def _says_something(text: str) -> bool:
    return bool(text.strip(" 0:-"))
