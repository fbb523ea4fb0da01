"""How rows become the records of pages: dates, texts and thumbs, each read in one way."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, tuple_

from catalog.records.match import PARTING_VERDICTS, strength
from catalog.records.pages.pairs import DecisionLine, PairLine
from catalog.records.pages.publications import CaptionLine
from catalog.records.pages.thumb import Thumb
from catalog.store.tables.derived import rendition, verification
from catalog.store.tables.evidence import photo

FullRow = Row[*tuple[Any, ...]]
THUMB = (rendition.c.preview_width, rendition.c.preview_height)


def read_thumb(row: FullRow, prefix: str = "") -> Thumb:
    """Return the thumb of a row that carries sha256 and preview size under a prefix."""
    values = row._mapping
    return Thumb(values[f"{prefix}sha256"], values[f"{prefix}preview_width"] or 0, values[f"{prefix}preview_height"] or 0)


def read_caption(row: FullRow) -> CaptionLine:
    """Return the caption of a row of the caption table."""
    is_exact, raw = not row.text_codec.endswith("+replaced"), raw_base64(row.text_raw, row.text)
    return CaptionLine(row.role, row.text, row.language, row.origin, row.revision, is_exact, raw)


def raw_base64(raw: bytes, text: str) -> str | None:
    """Return bytes as received in base64 where the text shown for them is another one, so that nothing is lost on the way out."""
    return None if raw == text.encode("utf-8") else b64encode(raw).decode("ascii")


def texts(text: str | None) -> tuple[str, ...]:
    """Return the texts of a canonical JSON array, none for NULL."""
    return tuple(str(value) for value in json.loads(text)) if text else ()


def after_key(columns: Sequence[ColumnElement[Any]], key: Sequence[object], *, ascending: bool) -> ColumnElement[bool]:
    """Return the condition that a row lies behind a key in an order, as one row value, so that an index can serve it."""
    return tuple_(*columns) > tuple_(*key) if ascending else tuple_(*columns) < tuple_(*key)


def read_pair(row: FullRow, decision: DecisionLine | None) -> PairLine:
    """Return the pair of a row of `pair_columns`."""
    overlap = None if row.overlap_query is None else (row.overlap_query, row.overlap_reference)
    return PairLine(
        query=read_thumb(row, "query_"),
        reference=read_thumb(row, "reference_"),
        query_size=(row.query_width or 0, row.query_height or 0),
        reference_size=(row.reference_width or 0, row.reference_height or 0),
        relation=row.relation,
        state=row.state,
        score=row.score,
        changes=texts(row.changes),
        overlap=overlap,
        transform=tuple(float(number) for number in json.loads(row.transform)) if row.transform else None,
        thresholds=(row.threshold_suggest, row.threshold_accept),
        evidence=read_evidence(row.evidence),
        decision=decision,
        has_new_evidence=_is_stronger(row, decision),
    )


def _is_stronger(row: FullRow, decision: DecisionLine | None) -> bool:
    if decision is None or decision.verdict not in PARTING_VERDICTS or decision.seen is None:
        return False
    return strength(row.relation, row.state) > strength(*decision.seen)


def read_evidence(text: str) -> tuple[tuple[str, float], ...]:
    """Return the numbers kept with a verification; they are a JSON object or an array of pairs."""
    kept = json.loads(text)
    pairs: Iterable[tuple[str, float]] = kept.items() if isinstance(kept, dict) else kept
    return tuple((str(name), float(number)) for name, number in pairs)


_query, _reference = photo.alias("query_photo"), photo.alias("reference_photo")
_query_rendition, _reference_rendition = rendition.alias("query_rendition"), rendition.alias("reference_rendition")
PAIR_JOIN = (
    verification.join(_query, _query.c.id == verification.c.query_photo_id)
    .join(_reference, _reference.c.id == verification.c.reference_photo_id)
    .outerjoin(_query_rendition, _query_rendition.c.photo_id == _query.c.id)
    .outerjoin(_reference_rendition, _reference_rendition.c.photo_id == _reference.c.id)
)
PAIR_COLUMNS: list[ColumnElement[Any]] = [
    *verification.c,
    *(column.label(f"{side}_{name}") for side, owner, facts in (
        ("query", _query, _query_rendition), ("reference", _reference, _reference_rendition),
    ) for name, column in (
        ("sha256", owner.c.sha256), ("preview_width", facts.c.preview_width), ("preview_height", facts.c.preview_height),
        ("width", facts.c.width), ("height", facts.c.height),
    )),
]  # fmt: skip
QUERY_PHOTO, REFERENCE_PHOTO = _query, _reference
