"""A photo on a terminal says of each publication when, where and with which words, and what these claim."""

from __future__ import annotations

from dataclasses import replace

from catalog.cli.photo_words import photo_words
from catalog.records.pages.photos import PhotoPage
from catalog.records.pages.publications import CaptionLine, PublicationLine
from catalog.records.pages.thumb import Thumb
from catalog.records.partial_date import PartialDate


def page(*publications: PublicationLine) -> PhotoPage:
    return PhotoPage(
        Thumb("a" * 64, 640, 480), 1000, "image/jpeg", "2026-01-01T00:00:00Z", 640, 480, False, None, None, publications,
        len(publications), (), (), (), (), None, (), (),
    )  # fmt: skip


def test_a_group_says_how_weak_its_weakest_link_is() -> None:
    assert "  weakest link of the group: score 0.913" in list(photo_words(replace(page(), weakest_link=0.9128)))
    assert not any("weakest" in line for line in photo_words(page()))


def test_a_publication_says_when_it_was_seen_there_and_when_the_picture_was_taken_and_its_caption_what_it_claims() -> None:
    seen, taken, published = (PartialDate.parse(day) for day in ("2017-01-03", "2016-12-30", "2017-01-02"))
    captions = (
        CaptionLine("headline", "Aleppo", "en", "manifest", 1, True),
        CaptionLine("caption", "Smoke over Aleppo yesterday", None, "manifest", 1, True),
    )
    line = PublicationLine("p", "a" * 64, "Courier", "s", None, published, seen, taken, None, None, "a.jpg", 1, captions, ())
    assert list(photo_words(page(line)))[2:] == [
        "  2017-01-02  Courier",
        "    seen there, as stated: 2017-01-03",
        "    taken, as stated: 2016-12-30",
        "    headline (en): Aleppo",
        "    caption: Smoke over Aleppo yesterday",
        "      place: Aleppo",
        "      date (relative): yesterday → 2017-01-01",
    ]
