"""Dates that say no more than they know: raw text, EDTF value, UTC bounds, zone."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

# ISO 8601 calendar dates and times, EXIF's colons (Exif 2.32 §4.6.5) and IIM's digits (IIM 4.2, 2:55 and 2:60).
_ISO = re.compile(
    r"(?P<year>\d{4})(?:(?P<sep>[-:]?)(?P<month>\d{2})(?:(?P=sep)(?P<day>\d{2})"
    r"(?:[T ](?P<hour>\d{2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    r"\s?(?P<zone>Z|UTC|[+-]\d{2}(?::?\d{2})?)?)?)?)?"
)
ZONES = ("stated", "assumed", "unknown")
# Where in an order of dates stands what has none: last.
NO_TIME = (datetime.max.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))


@dataclass(frozen=True, slots=True)
class PartialDate:
    """Hold a date as stated and the span of time it can mean.

    `edtf` is the value in ISO 8601-2 (EDTF level 0), None when the text could not be read. `earliest` and `latest` are the
    inclusive bounds in UTC; both None when it could not be read. `zone` is one of ZONES: without a stated or assumed zone the
    bounds are widened by the 14 hours east and 12 west that zones on Earth reach.
    """

    raw: str
    edtf: str | None
    earliest: datetime | None
    latest: datetime | None
    zone: str

    @property
    def is_read(self) -> bool:
        """Tell whether the text could be read as a date."""
        return self.earliest is not None

    def is_before(self, other: PartialDate) -> bool:
        """Tell whether every moment this can mean lies before every moment the other can mean."""
        return self.latest is not None and other.earliest is not None and self.latest < other.earliest

    @property
    def place_in_time(self) -> tuple[datetime, datetime]:
        """Return what dates are put in order by: when it was over at the latest, then when it may have begun.

        A day of unknown zone may begin ten hours before it does in London, and a year in January; neither says that what it
        dates was seen so early. So a date counts from when all that it can mean is past, and a stated moment within a day of
        unknown zone comes before that day.
        """
        return NO_TIME if self.latest is None or self.earliest is None else (self.latest, self.earliest)

    @classmethod
    def unread(cls, raw: str) -> PartialDate:
        """Keep a text that nobody could read as a date."""
        return cls(raw, None, None, None, "unknown")

    @classmethod
    def parse(cls, raw: str, assumed_zone: str | None = None) -> PartialDate:
        """Read ISO 8601, EXIF or IIM date text; anything else is kept unread.

        `assumed_zone` is an IANA name used when the text states no zone.
        """
        found = _ISO.fullmatch(raw.strip())
        if found is None:
            return cls.unread(raw)
        part = {name: int(text) for name, text in found.groupdict().items() if text and name not in ("sep", "zone")}
        try:
            return _bounds(raw, part, found["zone"], assumed_zone)
        except (ValueError, OverflowError):
            return cls.unread(raw)


def place_in_time(date: PartialDate | None) -> tuple[datetime, datetime]:
    """Return where a date stands in an order of dates; what has none comes last."""
    return NO_TIME if date is None else date.place_in_time


def _bounds(raw: str, part: dict[str, int], zone_text: str | None, assumed_zone: str | None) -> PartialDate:
    year, month, day = part["year"], part.get("month"), part.get("day")
    last_month = month or 12
    last_day = day or calendar.monthrange(year, last_month)[1]
    hour, minute, second = part.get("hour"), part.get("minute"), part.get("second")
    first = datetime(year, month or 1, day or 1, hour or 0, minute or 0, second or 0)  # noqa: DTZ001 - the zone comes next
    last = datetime(  # noqa: DTZ001 - the zone comes next
        year, last_month, last_day,
        23 if hour is None else hour, 59 if minute is None else minute, 59 if second is None else second, 999_999,
    )  # fmt: skip
    edtf = f"{year:04d}" + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if day else "")
    if hour is not None:
        edtf += f"T{hour:02d}:{minute or 0:02d}:{second or 0:02d}"
    if zone_text:
        offset = _offset(zone_text)
        edtf += "Z" if offset == timedelta(0) else f"{zone_text[:3]}:{zone_text[-2:] if len(zone_text) > 3 else '00'}"
        stated = timezone(offset)
        return PartialDate(raw, edtf, _utc(first, stated), _utc(last, stated), "stated")
    if assumed_zone:
        assumed = ZoneInfo(assumed_zone)
        return PartialDate(raw, edtf, _utc(first, assumed), _utc(last, assumed), "assumed")
    east, west = timedelta(hours=14), timedelta(hours=12)
    return PartialDate(raw, edtf, _utc(first, UTC) - east, _utc(last, UTC) + west, "unknown")


def _offset(text: str) -> timedelta:
    if text in ("Z", "UTC"):
        return timedelta(0)
    sign = -1 if text[0] == "-" else 1
    digits = text[1:].replace(":", "")
    return sign * timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))


def _utc(moment: datetime, zone: timezone | ZoneInfo) -> datetime:
    return moment.replace(tzinfo=zone).astimezone(UTC)
