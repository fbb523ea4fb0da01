from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from catalog.records.text import RecordedText


@given(st.binary())
def test_bytes_are_kept_identical(raw: bytes) -> None:
    assert RecordedText.from_bytes(raw).raw == raw


@given(st.text(st.characters(codec="utf-8")))
def test_text_comes_back_from_its_bytes(text: str) -> None:
    assert RecordedText.from_text(text).raw.decode("utf-8") == text


@given(st.text())
def test_shown_text_holds_no_control_characters(text: str) -> None:
    shown = RecordedText.from_text(text).text
    assert not [letter for letter in shown if unicodedata.category(letter) in {"Cc", "Cs"} and letter not in "\n\t"]


def test_what_the_codec_cannot_read_is_marked() -> None:
    recorded = RecordedText.from_bytes(b"Caf\xe9")
    assert recorded.text == "Caf\N{REPLACEMENT CHARACTER}"
    assert not recorded.is_exact


def test_lone_surrogates_survive_in_the_bytes() -> None:
    recorded = RecordedText.from_text("a\ud800b")
    assert recorded.raw.decode("utf-8", "surrogatepass") == "a\ud800b"
    assert recorded.text == "a\N{REPLACEMENT CHARACTER}b"
