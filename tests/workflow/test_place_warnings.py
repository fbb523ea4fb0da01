"""A warning names the columns it is about, read from the row as it was kept."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from catalog.workflow.place_warnings import columns_of_warning

AT = datetime(2026, 11, 28, tzinfo=UTC)


@pytest.mark.parametrize(
    ("code", "raw_row", "columns"),
    [
        (
            "text_not_utf8",
            '{"file": "a.jpg", "caption_base64": "//8=", "credit_line_base64": "//4="}',
            ("caption", "credit_line"),
        ),
        ("date_not_read", '{"published_at": "2017-02-30", "date_created": "2017"}', ("published_at",)),
        ("date_not_read", '{"Published At": "yesterday", "first_seen_at": "soon"}', ("Published At", "first_seen_at")),
        ("date_in_future", '{"published_at": "2017-01-02", "date_created": "2999"}', ("date_created",)),
        ("date_before_photography", '{"published_at": "1017-01-02", "date_created": "1017-01-02"}', ("published_at",)),
        ("column_name_corrected", '{"File": "a.jpg", "caption": "x"}', ("File",)),
        ("value_not_text", '{"file": "a.jpg", "caption": ["x", 1], "mine": [1]}', ("caption",)),
        ("extension_missing", '{"file": "a", "published_at": "soon"}', ()),
        ("date_not_read", '{"published_at": "  "}', ()),
        ("date_not_read", "no json at all", ()),
        ("date_not_read", "[1, 2]", ()),
        ("date_not_read", None, ()),
    ],
)
def test_a_warning_is_placed_in_its_columns(code: str, raw_row: str | None, columns: tuple[str, ...]) -> None:
    assert columns_of_warning(code, raw_row, AT) == columns
