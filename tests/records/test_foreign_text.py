"""Foreign text hides nothing, and becomes a link only when it is a web address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.records.foreign_text import linkable, segments_of


def test_invisible_characters_are_named() -> None:
    assert list(segments_of("a\u202eb\u200bc")) == [
        ("a", ""), ("U+202E", "RIGHT-TO-LEFT OVERRIDE"), ("b", ""), ("U+200B", "ZERO WIDTH SPACE"), ("c", ""),
    ]  # fmt: skip
    assert list(segments_of("می\u200cخواهم")) == [("می\u200cخواهم", "")]


@given(st.text())
def test_cutting_a_text_loses_no_letter(text: str) -> None:
    assert "".join(chr(int(run[2:], 16)) if name else run for run, name in segments_of(text)) == text


@pytest.mark.parametrize(
    ("address", "link"),
    [("https://a.example/x", True), ("HTTP://a.example", True), ("javascript:alert(1)", False), ("data:text/html,x", False),
     ("//a.example", False), ("ftp://a.example", False), ("https://", False),
     ("http://[bad", False), (" javascript:x", False), ("", False)],
)  # fmt: skip
def test_only_web_addresses_become_links(address: str, link: bool) -> None:
    assert (linkable(address) is not None) is link
