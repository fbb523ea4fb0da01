"""What comes from files and captions is shown on a terminal, never obeyed by it."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.cli.printing import Meter, clean, emit, say, show_line

BIDI = [chr(code) for code in (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))]
ANY_TEXT = st.text(st.characters(exclude_categories=()))  # lone surrogates included


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J\x1b[31mred", r"\x1b[2J\x1b[31mred"),
        ("\x1b]0;title\x07", r"\x1b]0;title\x07"),
        ("\x9b31m", r"\x9b31m"),
        ("one\rtwo\x08", r"one\rtwo\x08"),
        ("a\nError (disk_error): forged", r"a\nError (disk_error): forged"),
        ("a\u2028b\u0085c", r"a\u2028b\x85c"),
        ("photo\u202egpj.exe", r"photo\u202egpj.exe"),
        ("in\u200bvis\u2060ible", r"in\u200bvis\u2060ible"),
        ("\udcff.jpg", r"\udcff.jpg"),
        ("\0", r"\x00"),
    ],
)
def test_what_a_terminal_would_obey_becomes_a_visible_escape(text: str, shown: str) -> None:
    assert clean(text) == shown


@pytest.mark.parametrize(
    "text", ["Фото:\u00a0Вестник Ладограда", "وكالة أنباء المرفأ", "Приріччя — «Голос»", "e\u0301", "東京", "🙂", "10\u202f000"]
)
def test_words_of_every_script_stay_as_they_are(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize("mark", BIDI, ids=lambda mark: unicodedata.name(mark))
def test_no_bidirectional_control_passes(mark: str) -> None:
    assert clean(f"a{mark}b") == f"a\\u{ord(mark):04x}b"


@given(ANY_TEXT)
def test_nothing_invisible_is_left(text: str) -> None:
    left = {unicodedata.category(letter) for letter in clean(text)}
    assert left.isdisjoint({"Cc", "Cf", "Cs", "Zl", "Zp"})


@given(ANY_TEXT)
def test_a_json_line_is_one_line_that_reads_back_exactly(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        written = _Bytes()
        patch.setattr("sys.stdout", written)
        emit({"item": text})
    assert written.content.count(b"\n") == 1
    assert json.loads(written.content) == {"item": text}


def test_messages_go_to_standard_error_and_answers_to_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    say("a message\nof one line")
    show_line("an answer")
    told = capsys.readouterr()
    assert (told.err, told.out) == ("a message\\nof one line\n", "an answer\n")


def test_a_number_that_is_not_finite_never_becomes_json() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        emit({"score": float("nan")})


def test_without_a_terminal_progress_is_a_line_now_and_then(capsys: pytest.CaptureFixture[str]) -> None:
    meter = Meter("Taking in", None)
    meter.tell(1, 10, "added 1")
    assert capsys.readouterr().err == ""
    meter.started -= 10
    meter.told -= 10
    meter.tell(5, 10, "added 5")
    meter.tell(6, 10, "added 6")
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("Taking in: 5 of 10, 0.5/s, ")
    assert lines[0].endswith("s left; added 5")


class _Bytes:
    """Stand in for standard output and keep what is written."""

    def __init__(self) -> None:
        self.content = b""

    @property
    def buffer(self) -> _Bytes:
        return self

    def write(self, content: bytes) -> None:
        self.content += content

    def flush(self) -> None:
        """Do nothing: the bytes are here."""
