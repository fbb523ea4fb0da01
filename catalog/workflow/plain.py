"""Records as plain JSON values: the same names, dates in ISO 8601, nothing left out."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any


def plain(value: object) -> Any:
    """Return a record, or anything a record may hold, as values that JSON takes."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, tuple | list | frozenset):
        return [plain(one) for one in value]
    if isinstance(value, bytes):
        return value.hex()
    return value
