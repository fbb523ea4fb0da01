"""What provenance is told about one photo: marks of processing, stated facts, publications."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from catalog.records.partial_date import PartialDate
from catalog.records.provenance import TextSpan

TRACES_ALGORITHM = "traces"
TRACES_VERSION = 2
# What was read before steps were counted is read on; it only tells nothing of them.
_WITHOUT_STEPS = 1
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Traces:
    """Hold the marks that processing left in one file, as plain numbers.

    `format` is the container in lower case (jpeg, png, webp …). `quality` is the estimated JPEG quality 1–100, None for other
    formats; `tables` are the quantisation tables in zigzag order as stored, `is_standard_table` says that the first is
    exactly libjpeg's of that quality, `subsampling` is written as 4:2:0, None where there is none. `working_width` and
    `working_height` are the size in pixels of the reduced decode on which the rest was measured. `detail` is the mean
    absolute Laplacian of the luma (levels 0–255). `cutoff` is the share 0–1 of the spectrum's radius that holds signal: small
    after enlarging. `blocking` is how much stronger steps on the 8-pixel grid are than beside it, as a ratio (1 means none),
    `grid` the offset (x, y) of the grid where they are strongest. `colour` is the mean distance from grey in levels, `is_grey`
    says that there is none. `dark_clipped` and `bright_clipped` are the shares of pixels at the ends of the scale. `gaps` is
    the share of empty levels inside the used range of the luma histogram. `content` is the box (x, y, w, h as shares of the
    picture) inside plain borders, the whole picture where there are none. `step_counts` are, for each of nine low frequencies
    of a JPEG's luma, how many coefficients are 1, 2, … steps of its own table large; empty where the decode was reduced or
    turned.
    """

    format: str
    quality: float | None
    tables: tuple[tuple[int, ...], ...]
    is_standard_table: bool
    subsampling: str | None
    is_progressive: bool
    working_width: int
    working_height: int
    detail: float
    cutoff: float
    blocking: float
    grid: tuple[int, int]
    colour: float
    is_grey: bool
    dark_clipped: float
    bright_clipped: float
    gaps: float
    content: Box
    step_counts: tuple[tuple[int, ...], ...] = ()

    def to_json(self) -> str:
        """Write the record as canonical JSON with its version."""
        return json.dumps({"version": TRACES_VERSION, **asdict(self)}, sort_keys=True, separators=(",", ":"), allow_nan=False)

    @classmethod
    def from_json(cls, text: str) -> Traces:
        """Read what `to_json` wrote, now or one version ago; raises ValueError for another version or anything malformed."""
        found = json.loads(text)
        version = found.pop("version", None) if isinstance(found, dict) else None
        if version == _WITHOUT_STEPS and "step_counts" not in found:
            found["step_counts"] = ()
        elif version != TRACES_VERSION:
            raise ValueError(f"traces are not of version {TRACES_VERSION}; run `catalog rebuild`")
        try:
            return cls(**_typed(found))
        except (TypeError, KeyError) as error:
            raise ValueError(f"traces cannot be read: {error}") from error


def _typed(found: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values with the types the record promises; ValueError, TypeError or KeyError where they cannot be had."""
    names = [item.name for item in fields(Traces)]
    if set(found) != set(names):
        raise ValueError(f"expected exactly {', '.join(names)}")
    reals = ("detail", "cutoff", "blocking", "colour", "dark_clipped", "bright_clipped", "gaps")
    content = tuple(float(number) for number in found["content"])
    grid = tuple(int(number) for number in found["grid"])
    if len(content) != 4 or len(grid) != 2:
        raise ValueError("a box has four numbers, an offset two")
    return {
        **{name: float(found[name]) for name in reals},
        "format": str(found["format"]),
        "quality": None if found["quality"] is None else float(found["quality"]),
        "tables": tuple(tuple(int(step) for step in table) for table in found["tables"]),
        "subsampling": None if found["subsampling"] is None else str(found["subsampling"]),
        "is_standard_table": bool(found["is_standard_table"]),
        "is_progressive": bool(found["is_progressive"]),
        "working_width": int(found["working_width"]),
        "working_height": int(found["working_height"]),
        "grid": grid,
        "is_grey": bool(found["is_grey"]),
        "content": content,
        "step_counts": tuple(tuple(int(count) for count in counts) for counts in found["step_counts"]),
    }


@dataclass(frozen=True, slots=True)
class StatedFacts:
    """Hold what a file says about its own making; everything may be missing and anything may be untrue.

    `date_created` is when the camera says it took the picture, `modified` when a program says it last wrote the file.
    `camera` is make and model as one text. `derived_from` are identifiers of what it was made from. `caption` and `creator`
    are as embedded. `has_exif` says that there is an EXIF block at all. `manifest_ids` are the names that the file's content
    credentials give it, `ingredients` those of the pictures they say it was made from; both empty unless the file still has the
    bytes that the credentials were made for. `earlier_instance_ids` are those under which the history of the document says that
    it was saved before this file, in its order.
    """

    date_created: PartialDate | None = None
    modified: PartialDate | None = None
    software: str | None = None
    camera: str | None = None
    document_id: str | None = None
    original_document_id: str | None = None
    instance_id: str | None = None
    derived_from: tuple[str, ...] = ()
    caption: str | None = None
    creator: str | None = None
    has_exif: bool = False
    manifest_ids: tuple[str, ...] = ()
    ingredients: tuple[str, ...] = ()
    earlier_instance_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CreditedSource:
    """Hold one party that a publication or a file credits: its role, the source's id and the source's name.

    `statement` is the role of the text that says so (`caption` for a credit inside a caption), `printed` the name as it stands at
    `span` of that text, `confidence` how sure the reading is, 0–1. `resembles` are the sources whose names are one slip of the
    pen away from a name that nobody knows: a suggestion, never a resolution.
    """

    role: str
    source: str
    name: str
    statement: str = "credit_line"
    printed: str = ""
    span: tuple[int, int] = (0, 0)
    confidence: float = 1.0
    resembles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaptionDisagreement:
    """Hold that a caption contradicts that of another publication: its id, the kind of claim, what each says and where.

    `value` and `other_value` are what is meant, independent of the language: of a place its id. `other` is the publication itself
    where its caption contradicts the location that it states; then `said` is the caption's.
    """

    other: str
    kind: str
    said: str
    other_said: str
    spans: tuple[TextSpan, ...] = ()
    value: str = ""
    other_value: str = ""


@dataclass(frozen=True, slots=True)
class TracedPublication:
    """Hold one appearance of a photo as far as a chain needs it.

    `publisher` is a source id, `publisher_name` how it is written; both None when nobody said. `publisher_kind` is the
    authority record's kind (`official` for governments and armed forces), None when unknown. `published_at` is when it
    appeared, `first_seen_at` when somebody saw it, `date_created` when the publication says that the picture was taken.
    `event_dates` and `places` are what its captions claim, read elsewhere; places are ids or normalised names. `flags` are
    those of the credit line. `languages` are the captions' as declared, `captions` their texts. `says_today` is the word by
    which a caption says that the picture is of the day, None when it does not; `disagreements` are with other publications.
    `said_days` are the words of captions that give a day, each with it as EDTF, and those that say today, with "". `location` is
    where the publication states that the picture was taken, as printed. `has_credit_line` says that it prints a credit, whoever
    that names.
    """

    id: str
    publisher: str | None = None
    publisher_name: str | None = None
    publisher_kind: str | None = None
    published_at: PartialDate | None = None
    first_seen_at: PartialDate | None = None
    date_created: PartialDate | None = None
    credits: tuple[CreditedSource, ...] = ()
    flags: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    event_dates: tuple[PartialDate, ...] = ()
    places: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    says_today: str | None = None
    disagreements: tuple[CaptionDisagreement, ...] = ()
    said_days: tuple[tuple[str, TextSpan], ...] = ()
    location: str | None = None
    has_credit_line: bool = False

    @property
    def shown_at(self) -> PartialDate | None:
        """Return when it appeared, or else when it was first seen; None when neither can be read."""
        for date in (self.published_at, self.first_seen_at):
            if date is not None and date.is_read:
                return date
        return None


@dataclass(frozen=True, slots=True)
class TracedPhoto:
    """Hold everything provenance is told about one photo.

    `stored_order` grows with the time of storing. `width` and `height` are oriented pixels of the full picture. `preview`
    returns our own JPEG of the oriented picture, empty when there is none; it is called only for pairs examined in full.
    `credits` are those that the file itself states.
    """

    sha256: str
    stored_order: int
    width: int
    height: int
    size_bytes: int
    media_type: str
    traces: Traces | None
    facts: StatedFacts
    publications: tuple[TracedPublication, ...]
    preview: Callable[[], bytes]
    credits: tuple[CreditedSource, ...] = ()
