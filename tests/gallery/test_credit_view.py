from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from catalog.gallery.credit_view import credit_view
from catalog.records.pages.publications import CreditLine, PartyLine


def line(text: str, *parties: PartyLine, unread: tuple[str, ...] = (), role: str = "credit_line") -> CreditLine:
    return CreditLine(role, text, "manifest", 1, True, parties, (), unread)


def test_every_party_is_tied_to_its_words_and_what_was_not_understood_is_marked() -> None:
    ministry, wire = PartyLine("issuer", "Ministry", "m", (0, 8), 0.8), PartyLine("agency", "AP", "ap", (20, 22), 0.95)
    view = credit_view(line("Ministry of odd via AP", ministry, wire, unread=("of odd",)))
    assert [(piece.text, piece.number, piece.is_unread) for piece in view.pieces] == [
        ("Ministry", 1, False), (" ", 0, False), ("of odd", 0, True), (" via ", 0, False), ("AP", 2, False),
    ]  # fmt: skip
    assert [part.readings[0].role for part in view.parts] == ["issuer", "agency"]


def test_two_readings_of_the_same_words_are_one_part() -> None:
    creator, agency = PartyLine("creator", "Smith", "s", (0, 5), 0.5), PartyLine("agency", "Smith", "s", (0, 5), 0.5)
    (part,) = credit_view(line("Smith", creator, agency)).parts
    assert part.is_open
    assert [reading.role for reading in part.readings] == ["creator", "agency"]


def test_of_a_caption_only_the_words_around_the_credit_are_shown() -> None:
    text = "A man walks past a burned car in the old town of Zoria on Friday after a night of shelling. (AP Photo/Ann Lee)"
    start = text.index("AP")
    view = credit_view(line(text, PartyLine("agency", "AP", "ap", (start, start + 2), 0.95), role="caption"))
    assert view.is_cut_before
    assert "".join(piece.text for piece in view.pieces).endswith("(AP Photo/Ann Lee)")
    assert "burned" not in "".join(piece.text for piece in view.pieces)


@given(
    st.text(max_size=60),
    st.lists(st.tuples(st.integers(-3, 70), st.integers(-3, 70)), max_size=6),
    st.lists(st.text(max_size=5), max_size=3),
)
def test_the_line_itself_is_never_altered(text: str, spans: list[tuple[int, int]], unread: list[str]) -> None:
    parties = [PartyLine("creator", "x", "x", span, 0.5) for span in spans]
    view = credit_view(line(text, *parties, unread=tuple(unread)))
    assert "".join(piece.text for piece in view.pieces) == text
    assert {piece.number for piece in view.pieces if piece.number} <= {part.number for part in view.parts}
