from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections import Counter
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from io import BytesIO
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from catalog.records.duplicates import DuplicateReport
from catalog.records.match import Decision
from catalog.records.provenance import ChainDecision, RejectedPair
from catalog.reports.duplicates_html import DuplicatesHtml
from tests.reports.reported import FIRST, attacked, group, inquiry, photo, publication, report

PAYLOADS = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)", "javascript:alert(1)",
    "</style><script>alert(1)</script>", "</title><svg onload=alert(1)>", "{{ 7 * 7 }}", "{% include '/etc/passwd' %}",
    "%(moment)s %s", "<!--", "]]>", "&lt;script&gt;", "\u202egpj.exe", "a\x00b\x1b[31mc",
    "data:text/html,<script>alert(1)</script>",
    "https://x.example/\" onclick=\"alert(1)", "\ud800<b>", "en\" onfocus=\"alert(1)",
]  # fmt: skip
HARMLESS = "harmless"


class Parsed(HTMLParser):
    """Read a page as a browser would: elements, attributes, texts."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str]] = []
        self.texts: list[str] = []
        self.headings: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements[tag] += 1
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if re.fullmatch(r"h\d", tag):
            self.headings.append(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def values(self, name: str) -> list[str]:
        return [value for _, found, value in self.attributes if found == name]


def page_of(made: DuplicateReport, writer: DuplicatesHtml | None = None) -> str:
    stream = BytesIO()
    (writer or DuplicatesHtml()).write(made, stream)
    return stream.getvalue().decode("utf-8")


@pytest.mark.parametrize("payload", PAYLOADS, ids=repr)
def test_an_attack_in_every_field_is_shown_as_text(payload: str) -> None:
    attacked_page, harmless_page = Parsed(page_of(attacked(payload))), Parsed(page_of(attacked(HARMLESS)))
    # Invisible characters get a mark, and an address that may be followed gets a link; nothing else may differ.
    for tag in {*attacked_page.elements, *harmless_page.elements} - {"span", "a"}:
        assert attacked_page.elements[tag] == harmless_page.elements[tag]
    names = {(tag, name) for tag, name, _ in attacked_page.attributes}
    links = {("a", "href"), ("a", "rel"), ("span", "title")}
    assert names - links <= {(tag, name) for tag, name, _ in harmless_page.attributes}
    assert all(address.startswith(("http://", "https://")) for address in attacked_page.values("href"))
    if payload.isprintable():
        assert sum(payload in text for text in attacked_page.texts) >= 8


def test_no_script_no_style_attribute_and_nothing_to_fetch() -> None:
    parsed = Parsed(page_of(report(group(), group())))
    assert not {"script", "link", "iframe", "object", "embed", "form", "base"} & set(parsed.elements)
    assert not [name for _, name, _ in parsed.attributes if name == "style" or name.startswith("on")]
    assert all(source.startswith("data:image/jpeg;base64,") for source in parsed.values("src"))


def test_the_policy_names_the_style_by_its_digest_and_allows_nothing_else() -> None:
    page = page_of(report(group()))
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert style is not None
    assert policy is not None
    digest = b64encode(sha256(style[1].encode()).digest()).decode()
    text = policy[1].replace("&#39;", "'").replace("&#43;", "+").replace("&#61;", "=")
    assert f"style-src 'sha256-{digest}'" in text
    assert text.startswith("default-src 'none'")
    assert "unsafe" not in text


def test_thumbnails_are_encoded_by_us_and_small() -> None:
    parsed = Parsed(page_of(report(group())))
    sources = parsed.values("src")
    assert len(sources) == 2
    for source in sources:
        raw = b64decode(source.split(",")[1])
        assert b"script" not in raw
        with Image.open(BytesIO(raw)) as picture:
            assert max(picture.size) == 240
            assert (str(picture.width), str(picture.height)) == (parsed.values("width")[0], parsed.values("height")[0])
    assert parsed.values("alt") == ["Photo 1 of this picture", "Photo 2 of this picture"]


@pytest.mark.parametrize("drawn", [b"", b"not a picture", b"\xff\xd8\xff\xd9"], ids=repr)
def test_a_photo_without_a_preview_is_said_to_have_none(drawn: bytes) -> None:
    made = report(replace(group(), photos=(photo(drawn=drawn),)))
    assert "no preview" in page_of(made)


def test_every_published_text_has_its_own_language_and_direction() -> None:
    parsed = Parsed(page_of(report(group())))
    languages = [value for tag, name, value in parsed.attributes if (tag, name) == ("p", "lang")]
    assert languages == ["en", "en", "", "ar", "ar", "", "en", "en", "ar", "ar"]  # the last four as the captions are told in time
    assert len([1 for tag, name, value in parsed.attributes if (tag, name, value) == ("p", "dir", "auto")]) == len(languages)


def test_what_is_told_of_a_group_stands_on_the_page() -> None:
    page = re.sub(r"\s+", " ", " ".join(Parsed(page_of(report(group()))).texts))
    for words in (
        "Ruins of eastern Aleppo", "حلب اليوم", "Russian Ministry of Defense", "The Morning Star of Nowhere",
        "one caption says Aleppo",
        "same picture, cropped, mirrored, 62% in common", "98.8%", "the crop lies inside the other", "against: metadata was kept",
        "contradicted: the captions name two places", "1280 × 853", "184.3 kB", "2017-01-02 10:00 +03:00",
        "site/новый.jpg", "first seen here", "read as issuer", "a" * 64, "seen there, as stated 2017-01-04",
        "taken, as stated 2016-12-30",
    ):  # fmt: skip
        assert words in page


@pytest.mark.parametrize(
    ("state", "decided", "badge", "explained"),
    [
        ("contradicted", None, "contradicted", False),
        ("complete", None, "in dispute", True),
        ("complete", "confirmed", "in dispute", True),
        ("complete", "dismissed", "", False),
    ],
)
def test_the_mark_beside_a_picture_agrees_with_the_state_of_its_chain(
    state: str, decided: str | None, badge: str, explained: bool
) -> None:
    reported = group()
    assert reported.chain is not None
    said = ChainDecision("finding", ("x",), decided, "they mended it", "ann", "2026-01-02T03:04:05Z") if decided else None
    found = tuple(replace(one, decision=said) for one in reported.findings)
    chain = replace(reported.chain, state=state)
    page = re.sub(r"\s+", " ", " ".join(Parsed(page_of(report(replace(reported, chain=chain, findings=found)))).texts))
    heading = page[page.index("Picture 1") : page.index("Ruins of eastern Aleppo")]
    assert ("▲ contradicted" in heading, "▲ in dispute" in heading) == (badge == "contradicted", badge == "in dispute")
    assert ("it does not contradict the chain" in page) == explained
    assert (f"{decided} by a person: they mended it ( ann )" in page) == (decided is not None)


def test_captions_are_told_in_time_with_what_contradicts() -> None:
    page = re.sub(r"\s+", " ", " ".join(Parsed(page_of(report(group()))).texts))
    told = page[page.index("What the captions say") :]
    assert told.index("Ruins of eastern Aleppo") < told.index("حلب اليوم")
    assert "contradicts 1" in told
    assert "no place recognised" in told or "nothing recognised" in told
    assert "says nothing" not in told
    assert "What the captions say" not in page_of(report(replace(group(), timeline=())))


def test_a_search_for_an_earlier_appearance_says_when_where_and_what_it_found() -> None:
    nothing = re.sub(r"\s+", " ", " ".join(Parsed(page_of(report(group()))).texts))
    assert "Looked for earlier appearances 2026-11-20 , TinEye ( TinEye ), TinEye : No earlier one was found." in nothing
    something = page_of(report(replace(group(), inquiries=(inquiry(found=("https://a.example/1",)),))))
    assert "https://a.example/1" in something
    assert "No earlier one was found." not in something
    assert "Looked for earlier" not in page_of(report(replace(group(), inquiries=())))


def test_a_decision_about_a_derivation_stands_before_what_the_evidence_says() -> None:
    made = ChainDecision("derivation", (), "made_from", "The desk holds the negative.", "editor", "2026-01-05T10:00:00Z")
    told = group()
    assert told.chain is not None
    chain = replace(told.chain, derivations=tuple(replace(one, decision=made) for one in told.chain.derivations))
    page = page_of(report(replace(told, chain=chain)))
    assert "made from it, a person decided: The desk holds the negative. (editor, 2026-01-05)" in page
    assert "by the evidence alone:" in page


def test_a_suggestion_is_told_as_a_question() -> None:
    told = group()
    suggested = replace(told, matches=tuple(replace(one, state="suggested") for one in told.matches))
    assert "perhaps: same picture" in page_of(report(suggested))


def test_headings_follow_their_order_and_tables_have_heads() -> None:
    parsed = Parsed(page_of(report(group(), group())))
    assert parsed.headings.count("h1") == 1
    levels = [int(heading[1]) for heading in parsed.headings]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert parsed.elements["th"] >= 5 * parsed.elements["table"]
    assert set(parsed.values("scope")) == {"col", "row"}
    labels = parsed.values("aria-label")
    assert len(labels) == parsed.elements["table"] == len(set(labels))
    identities = parsed.values("id")
    assert sorted(parsed.values("aria-labelledby")) == sorted(identities)


def test_a_report_of_nothing_says_why_and_what_next() -> None:
    assert "Import more photos" in page_of(report())


def test_the_page_speaks_the_readers_language_and_leaves_quotations_alone() -> None:
    arabic = {"Duplicate photos": "صور مكررة"}
    page = page_of(report(group()), DuplicatesHtml(lambda text: arabic.get(text, text), "ar", "rtl"))
    assert '<html lang="ar" dir="rtl">' in page
    assert "<h1>صور مكررة</h1>" in page
    assert "Ruins of eastern Aleppo" in page


def test_groups_are_written_one_at_a_time() -> None:
    stream = BytesIO()
    written: list[int] = []

    def groups() -> object:
        for _ in range(3):
            written.append(len(stream.getvalue()))
            yield group()

    DuplicatesHtml().write(replace(report(), groups=groups()), stream)  # type: ignore[arg-type]
    assert written[0] < written[1] < written[2]


@given(st.text(max_size=60))
@settings(deadline=None, max_examples=60)
def test_any_caption_keeps_the_shape_of_the_page(text: str) -> None:
    plain, odd = Parsed(page_of(report(group(publication())))), Parsed(page_of(report(group(publication(caption=text)))))
    assert {**odd.elements, "span": 0} == {**plain.elements, "span": 0}


def test_the_weakest_link_of_a_group_stands_above_what_was_compared() -> None:
    shown = page_of(report(replace(group(), weakest_link=0.9128)))
    assert shown.index("What was compared") < shown.index("Weakest link of the group: score 0.913")
    assert "Weakest link" not in page_of(report(group()))


def test_a_rejected_pair_is_told_with_who_said_so_and_why_and_its_words_are_escaped() -> None:
    made = Decision((FIRST, "f" * 64), "reject", "another <b>bridge", "ann", "2026-01-02T03:04:05Z")
    page = page_of(report(replace(group(), rejected=(RejectedPair(FIRST, "f" * 64, "f" * 64, made),))))
    assert "Rejected by a person: no copies of one another" in page
    assert "Photo 1 and photo ffffffffffff: <bdi>another &lt;b&gt;bridge</bdi> (<bdi>ann</bdi>)" in page
    assert "Rejected by a person" not in page_of(report(group()))
