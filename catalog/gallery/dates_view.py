"""How dates, numbers and sizes are written: no more precise than they are known, in the reader's language."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from flask_babel import get_locale as spoken_locale
from markupsafe import Markup

from catalog.gallery.speech import _
from catalog.records.partial_date import PartialDate
from catalog.workflow.read_dates import fault_of_date

# Day, month and year in this order in every language; without the "г." and "р." of a sentence, which would end it twice.
_WRITTEN_AS = {"en": "en_GB"}
SUREST = 0.99
YEAR, MONTH, DAY, SECOND = 4, 7, 10, 19  # letters of an EDTF value of that precision (ISO 8601-2, EDTF level 0)


def written_date(partial: PartialDate | None) -> str:
    """Return a partial date at its own precision and in its own zone; as stated when nobody could read it, "" when not stated."""
    if partial is None:
        return ""
    if partial.edtf is None:
        return partial.raw
    return _written_day(partial.edtf, _locale()) + (_(", ") + partial.edtf[11:16] if len(partial.edtf) > DAY else "")


@lru_cache(maxsize=4096)  # a page writes the same dates again and again, and a pattern costs more than the rest of its line
def _written_day(value: str, locale: str) -> str:
    if len(value) == YEAR:
        return value
    if len(value) == MONTH:
        return str(format_date(date.fromisoformat(f"{value}-01"), "LLL y", locale=locale))
    return str(format_date(date.fromisoformat(value[:DAY]), "d MMM y", locale=locale))


def date_note(partial: PartialDate | None) -> str:
    """Return how sure a date is, in words, "" when there is nothing to say."""
    if partial is None:
        return ""
    if partial.edtf is None:
        return _("as stated; could not be read as a date")
    if len(partial.edtf) <= DAY:
        return ""
    return {"stated": _("zone stated"), "assumed": _("zone assumed"), "unknown": _("zone unknown")}[partial.zone]


def written_zone(partial: PartialDate | None) -> str:
    """Return the zone of a time of day, "UTC+3" as stated, in words where it was assumed or nobody knows; "" for a day."""
    if partial is None or partial.edtf is None or len(partial.edtf) <= DAY:
        return ""
    if partial.zone != "stated":
        return date_note(partial)
    offset = partial.edtf[SECOND:].removesuffix("Z")
    hours = offset[1:3].removeprefix("0") or "0"
    return f"UTC{offset[:1]}{hours}{offset[3:].removesuffix(':00')}" if offset else "UTC"


def date_fault(partial: PartialDate | None) -> str:
    """Return why a date cannot be right, in words, "" when nothing speaks against it."""
    return {
        "date_in_future": _("this date lies in the future"),
        "date_before_photography": _("there was no photography then"),
        "date_not_in_calendar": _("no calendar has this day"),
    }.get(fault_of_date(partial, datetime.now(UTC)) or "", "")


def machine_date(partial: PartialDate | None) -> str:
    """Return the value for the `datetime` of a `time` element, "" when the date could not be read."""
    return partial.edtf or "" if partial else ""


def written_moment(text: str) -> str:
    """Return a moment of the ledger (UTC, ISO 8601) as date and time."""
    moment = datetime.fromisoformat(text).astimezone(UTC)
    return f"{format_date(moment.date(), 'd MMM y', locale=_locale())}{_(', ')}{moment:%H:%M:%S} UTC"


def written_number(number: float) -> str:
    """Return a number with the reader's separators."""
    return str(format_decimal(number, locale=_locale()))


def written_share(share: float) -> str:
    """Return a share of 0–1 as whole per cent."""
    return str(format_percent(share, locale=_locale()))


def written_sureness(confidence: float) -> str:
    """Return a confidence of 0–1 as whole per cent; what is not proved is never written as a hundred."""
    return f"> {written_share(SUREST)}" if confidence > SUREST else written_share(confidence)


def written_size(size_bytes: int) -> Markup:
    """Return a size in bytes, kB or MB (powers of ten); the unit stands behind its number in Arabic, too."""
    written = f"{size_bytes} B"
    for unit, factor in (("kB", 1_000), ("MB", 1_000_000)):
        if size_bytes >= factor:
            written = f"{format_decimal(size_bytes / factor, format='#,##0.#', locale=_locale())} {unit}"
    return Markup('<bdi dir="ltr">{}</bdi>').format(written)


def _locale() -> str:
    language = str(spoken_locale() or "en")
    return _WRITTEN_AS.get(language, language)


DATES = (
    written_date, written_zone, date_note, date_fault, machine_date, written_moment, written_number, written_share,
    written_sureness, written_size,
)  # fmt: skip
