"""Sentences of findings speak the reader's language, and nothing in them can be markup."""

from __future__ import annotations

import re

import pytest
from babel.messages.extract import extract_from_dir
from flask import Flask

from catalog.gallery.sayings import evidence_words, found_words, worded
from catalog.provenance.sentences import day, figure, photo, share, words
from catalog.records.partial_date import PartialDate
from catalog.records.provenance import Evidence, Finding
from catalog.records.saying import Fill, in_english, say
from tests.gallery.test_languages import PROVENANCE

SAID = say(
    "%(who)s dates the picture %(claimed)s, but it was seen before that: %(first)s.",
    words("who", "صحيفة الساحل الجديد"), day("claimed", PartialDate.parse("2021-10-03")), words("first", "Velmora Courier"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "صحيفة الساحل الجديد dates the picture 3 Oct 2021, but it was seen before that: Velmora Courier."),
        ("ru", "صحيفة الساحل الجديد датирует снимок так: 3 окт. 2021, но его видели раньше: Velmora Courier."),
        ("ar", "تؤرخ صحيفة الساحل الجديد الصورة في 3 أكتوبر 2021، لكنها شوهدت قبل ذلك: Velmora Courier."),
    ],
)
def test_a_finding_is_told_in_the_language_of_the_page(app: Flask, language: str, text: str) -> None:
    with app.test_request_context(f"/?lang={language}"):
        told = found_words(Finding("date_conflict", in_english(SAID), (), saying=SAID))
    assert re.sub("<[^>]+>", "", told) == text
    assert f'lang="{language}"' in told
    assert '<bdi lang="ar">صحيفة' in told
    assert '<time datetime="2021-10-03">' in told


def test_what_an_older_version_wrote_stays_english_and_says_so(app: Flask) -> None:
    with app.test_request_context("/?lang=ar"):
        assert evidence_words(Evidence("closest", True, 1.0, "It is <closest>.")) == (
            '<span class="sentence" lang="en" dir="ltr">It is &lt;closest&gt;.</span>'
        )


def test_a_photo_is_named_by_its_number_where_the_page_has_one(app: Flask) -> None:
    said = say("Photo %(photo)s", photo("photo", "ab" * 32))
    with app.test_request_context("/?lang=en"):
        assert '<a href="#photo-2">2</a>' in worded([said], "", {"ab" * 32: 2})
        assert f'<a href="/photo/{"ab" * 32}">' in worded([said], "")


def test_words_from_outside_are_never_markup(app: Flask) -> None:
    hostile = words("who", "<script>alert(1)</script>", "\u202eevil")
    undated = day("claimed", PartialDate.unread("<b>spring"))
    with app.test_request_context("/?lang=ru"):
        told = worded([say("%(who)s credits %(whom)s", hostile, undated, figure("whom", "<i>"))], "")
    assert "<script" not in told
    assert "<b>" not in told
    assert "<i>" not in told
    assert "\u202e" not in told


def test_shares_and_missing_dates_are_written(app: Flask) -> None:
    with app.test_request_context("/?lang=en"):
        assert "61%" in worded([say("%(share)s of it", share("share", 0.61))], "")
        assert "undated" in worded([say("(%(date)s)", day("date", None))], "")


def test_every_pattern_can_be_filled_in_every_language(app: Flask) -> None:
    patterns = {
        message
        for _, _, message, _, _ in extract_from_dir(str(PROVENANCE), method_map=[("**.py", "python")], keywords={"say": (1,)})
        if isinstance(message, str)
    }
    assert len(patterns) > 90
    for language in ("en", "ru", "uk", "ar"):
        with app.test_request_context(f"/?lang={language}"):
            for pattern in patterns:
                fills = [words(place, f"<{place}>") for place in re.findall(r"%\((\w+)\)s", pattern)]
                told = worded([say(pattern, *fills)], "")
                assert all(f"&lt;{fill.name}&gt;" in told for fill in fills), (language, pattern)


def test_a_place_is_named_in_the_readers_language_with_what_was_printed(app: Flask) -> None:
    saying = say(
        "%(who)s places the picture in %(said)s, %(other)s in %(other_said)s.",
        words("who", "A"), Fill("said", "place", ("Kharkiv (Харьков)", "kharkiv", "Харьков")),
        words("other", "B"), Fill("other_said", "place", ("Aleppo (حلب)", "aleppo", "حلب")),
    )  # fmt: skip
    with app.test_request_context("/?lang=ar"):
        arabic = str(worded([saying], ""))
    with app.test_request_context("/?lang=ru"):
        russian = str(worded([saying], ""))
    # What was printed stands beside the name where it is another word, in its own language.
    assert '<bdi>خاركيف</bdi> (<bdi lang="und-Cyrl">Харьков</bdi>)' in arabic
    assert '<bdi lang="ar">حلب</bdi>' in arabic
    assert '<bdi lang="ru">Харьков</bdi>' in russian
    assert '<bdi>Алеппо</bdi> (<bdi lang="und-Arab">حلب</bdi>)' in russian
