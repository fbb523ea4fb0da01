"""One value that a file states about itself."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.records.partial_date import PartialDate
from catalog.records.text import RecordedText

# `sidecar` is XMP too, from the `.xmp` file beside the photo: it may say other things than the photo itself.
VOCABULARIES = ("exif", "iim", "xmp", "png", "gif", "jpeg", "sidecar", "c2pa")

# The closed list of meanings, in IPTC's words (domain.md §2). Several properties of several vocabularies may
# carry one meaning, and may disagree; all are kept.
MEANINGS = (
    "creator", "creator_job_title", "credit_line", "iptc_source", "copyright_notice", "description", "headline",
    "title", "alt_text", "description_writer", "instructions", "date_created", "job_id", "location_created",
    "location_shown", "city", "sublocation", "province_state", "country", "event", "person_shown",
    "digital_source_type", "image_supplier", "image_supplier_id", "supply_chain_source", "keywords",
    "usage_terms", "web_statement", "licensor", "registry_id", "document_id", "original_document_id",
    "instance_id", "derived_from", "edit_history", "camera_make", "camera_model", "software", "modified",
    "gps_position", "unique_document_id", "manifest_id", "ingredient", "credentials_integrity",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MetadataValue:
    """Hold one value with its origin.

    `property` is the name in its own vocabulary: `Image ImageDescription` (exif, as exifread names it), `2:120`
    (iim), `{http://purl.org/dc/elements/1.1/}creator` (xmp; a path joined by `/` inside structures).
    `meaning` is one of MEANINGS or None. `position` counts values of one property from 0. `raw` is the bytes as
    they stand in the file (for xmp: the text as UTF-8), `codec` how they were read.
    """

    vocabulary: str
    property: str
    position: int
    language: str | None
    raw: bytes
    text: str
    codec: str
    meaning: str | None


@dataclass(frozen=True, slots=True)
class EmbeddedText:
    """Hold one caption or credit that a file itself carries.

    `kind` is caption or credit, `role` one of CAPTION_ROLES or CREDIT_ROLES, `origin` the vocabulary it stands in.
    `language` is as stated, None when nobody said.
    """

    kind: str
    role: str
    origin: str
    language: str | None
    text: RecordedText


@dataclass(frozen=True, slots=True)
class EmbeddedDate:
    """Hold one date that a file states about itself: `kind` is date_created or modified, `origin` the vocabulary."""

    kind: str
    origin: str
    date: PartialDate
