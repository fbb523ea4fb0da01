from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.intake.page_reading import read_page
from catalog.intake.page_tags import tags_of, unescaped
from catalog.intake.page_tree import MAX_DEPTH, text_of, tree_of
from tests.growth import is_linear

MARKUP = st.text(alphabet=st.sampled_from(list("<>/!-='\" \nabpidvt&#;имё")), max_size=300) | st.lists(
    st.sampled_from([
        "<p>", "</p>", "<div class='caption'>", "</div>", "<img src=a.jpg>", "<figure>", "</figure>", "<figcaption>", "слово",
        "<!--", "-->", "<script>", "</script>", "<table><td>", "</table>", "<li>", "<a href='", "'>", "&amp;",
        "<noscript>", "</noscript>",
    ]),
    max_size=60,
).map("".join)  # fmt: skip


def names(page: str) -> list[tuple[str, str]]:
    return [(tag.kind, tag.name) for tag in tags_of(page)]


def test_tags_attributes_and_comments_are_read_as_browsers_read_them() -> None:
    page = """<IMG Src=a.jpg alt='a > b' data-x src="second"><!-- <b> --><br/></P ><![CDATA[x]]><?php ?>2 < 3"""
    first, *rest = tags_of(page)
    assert first.attributes == {"src": "a.jpg", "alt": "a > b", "data-x": ""}
    assert [(tag.kind, tag.name) for tag in rest] == [("comment", " <b> "), ("start", "br"), ("end", "p")]


def test_what_stands_in_a_script_is_no_tag() -> None:
    assert names("<script>if (a<b) '<p>'</SCRIPT ><p>") == [("start", "script"), ("end", "script"), ("start", "p")]


@pytest.mark.parametrize("open_end", ["<!-- never closed", "<script><p>", "<a href='x", "<a ", "</div", "<!doctype"])
def test_what_is_never_closed_reaches_to_the_end(open_end: str) -> None:
    assert names(f"<b>{open_end}") in ([("start", "b")], [("start", "b"), ("start", "script")])


def test_character_references_are_read_and_endless_ones_do_no_harm() -> None:
    assert unescaped("&laquo;a&amp;b&raquo; &#x41;") == "«a&b» A"
    assert unescaped(f"&#{'9' * 6000};") == "\N{REPLACEMENT CHARACTER}"


def test_end_tags_that_are_left_out_are_supplied() -> None:
    page = tree_of("<ul><li>a<li>b</ul><p>one<p>two<table><tr><td>x<td>y<tr><td>z</table><dl><dt>t<dd>d</dl>")
    outline = [
        (element.name, element.parent.name if element.parent else None)
        for element in page.root.walk()
        if element.parent is not None
    ]
    assert outline == [
        ("ul", ""), ("li", "ul"), ("li", "ul"), ("p", ""), ("p", ""), ("table", ""), ("tr", "table"), ("td", "tr"), ("td", "tr"),
        ("tr", "table"), ("td", "tr"), ("dl", ""), ("dt", "dl"), ("dd", "dl"),
    ]  # fmt: skip


def test_words_come_line_by_line_without_what_nobody_sees() -> None:
    page = tree_of("<p>one <b>two</b>\n three<br>four<script>no</script><span hidden>no</span></p><p>five&nbsp;six</p>")
    assert text_of(page, page.root) == "one two three\nfour\nfive six"


def test_depth_is_bounded_and_what_is_deeper_is_kept() -> None:
    page = tree_of("<div>" * (MAX_DEPTH * 3) + "word" + "</div>" * (MAX_DEPTH * 3))
    assert max(sum(1 for _ in element.above()) for element in page.root.walk()) <= MAX_DEPTH + 1
    assert text_of(page, page.root) == "word"


@given(MARKUP)
def test_every_element_lies_where_it_says_and_within_its_parent(text: str) -> None:
    page = tree_of(text)
    for element in page.root.walk():
        assert 0 <= element.start <= element.inner_start <= element.inner_end <= element.end <= len(text)
        if element.parent is not None:
            assert text[element.start] == "<"
            assert element.parent.inner_start <= element.start


@given(MARKUP)
def test_no_page_raises_and_reading_twice_is_the_same(text: str) -> None:
    raw = text.encode()
    first = read_page(raw)
    assert first == read_page(raw)
    for value in (*first.values, *(value for picture in first.pictures for value in picture.values)):
        assert "JSON-LD" in value.read_from or value.fragment == text[slice(*value.span)][:2000]


HOSTILE = (
    "<!--", "<a ", "</a", "<!a", "<?", "<a b", "<a x='", "<a x=", "<a/", "<a =", "&a", "&#9", "<script></a", "<b>", "<p><b>",
    "<table><tr><td>", "<td></b><b>", "<li><div>", "<figure><img src=a.jpg>", "<figure><figcaption>Фото: ",
    "<noscript><img src=a>", "<time>1", "<h1>", '<script type="application/ld+json">[[[', "<img srcset='a,b,c,,'>",
    "<div class='caption credit'>x",
)  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_the_length_of_a_hostile_page_and_not_with_its_square(piece: str) -> None:
    def work_on(letters: int) -> Callable[[], object]:
        raw = (piece * (letters // len(piece) + 1)).encode()[:letters]
        return lambda: read_page(raw)

    assert is_linear(work_on, 1 << 13)
