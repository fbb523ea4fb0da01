from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from catalog.intake.interface import IntakeRequest
from catalog.intake.page_charset import decode_page
from catalog.intake.page_files import Source, beside, largest_saved, saved_as, sources_of_set
from catalog.intake.page_reading import read_page
from catalog.intake.readers import choose_reader
from catalog.intake.web_page import WebPageReader
from catalog.records.intake import IntakeItem
from catalog.records.publication import Publication

PAGES = Path(__file__).parent / "pages"
NAMES = sorted(path.stem for path in PAGES.glob("*.html"))
PICTURE = b"\xff\xd8\xff\xe0" + bytes(300)


def items_of(path: Path, **asked: Any) -> list[IntakeItem]:
    request = IntakeRequest(path, **asked)
    found = [item for item in WebPageReader().read(request) if isinstance(item, IntakeItem)]
    assert WebPageReader().count(request) == len(found)
    return found


def words(publication: Publication, role: str) -> list[str]:
    return [
        *(one.text.text for one in publication.captions if one.role == role),
        *(one.text.text for one in publication.credits if one.role == role),
    ]


def told(item: IntakeItem) -> dict[str, Any]:
    """Say what was read of a picture as the expected answers say it."""
    stated = item.publication
    saved = None if item.named_address else ("data" if item.content else item.path.name if item.path else None)
    found: dict[str, Any] = {"saved": saved, "captions": words(stated, "caption"), "credits": words(stated, "credit_line")}
    for name, role in (("alt", "alt_text"), ("copyright_notice", "copyright_notice")):
        if words(stated, role):
            (found[name],) = words(stated, role)
    if stated.date_created is not None:
        found["date_created"] = stated.date_created.raw
    if item.named_address is not None:
        found["address"] = item.named_address
    if stated.carrier == "post":
        found["url"] = stated.url.text if stated.url else None
        found["published_at"] = stated.published_at.raw if stated.published_at else None
    others = {one.role for one in stated.captions} | {one.role for one in stated.credits}
    assert others <= {"caption", "headline", "alt_text", "credit_line", "copyright_notice"}
    return found


def expected_of(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((PAGES / f"{name}.expected.json").read_text("utf-8"))
    return found


def test_there_are_pages_enough() -> None:
    assert len(NAMES) >= 45


@pytest.mark.parametrize("name", NAMES)
def test_every_picture_of_a_page_has_its_words_and_nothing_is_invented(name: str) -> None:
    expected = expected_of(name)
    found = items_of(PAGES / f"{name}.html")
    assert [told(item) for item in found] == expected["pictures"]
    for item in found:
        stated = item.publication
        assert item.problem is None
        assert words(stated, "headline") == [expected["headline"]] * (expected["headline"] is not None)
        assert (stated.publisher.text if stated.publisher else None) == expected["publisher"]
        assert stated.carrier == expected.get("carrier", "web page")
        if stated.carrier == "web page":
            assert (stated.url.text if stated.url else None) == expected["url"]
            assert (stated.published_at.raw if stated.published_at else None) == expected["published_at"]
        assert (stated.first_seen_at.raw if stated.first_seen_at else None) == expected["first_seen_at"]
        assert dict(stated.extras).get("date_modified") == expected["date_modified"]
        assert {one.language for one in stated.captions if one.role == "caption"} <= set(
            expected.get("languages", [expected["language"]])
        )


@pytest.mark.parametrize("name", NAMES)
def test_every_value_is_kept_with_the_fragment_it_was_read_from(name: str) -> None:
    page, _ = decode_page((PAGES / f"{name}.html").read_bytes())
    for item in items_of(PAGES / f"{name}.html"):
        assert item.raw_row is not None
        row = json.loads(item.raw_row)
        stated = item.publication
        values = row["values"]
        assert row["page"] == f"{name}.html"
        for text in [*words(stated, "caption"), *words(stated, "credit_line"), *words(stated, "headline")]:
            assert any(value["text"] == text for value in values)
        for value in values:
            start, end = value["span"]
            if "JSON-LD" in value["read_from"]:
                assert value["fragment"].startswith('"')
            else:
                assert value["fragment"] == page[start:end][:2000]


def test_the_largest_saved_picture_is_taken_by_stated_width_or_else_by_bytes(tmp_path: Path) -> None:
    page = tmp_path / "p.html"
    for name, size in (("a.jpg", 900), ("b.jpg", 400), ("c.jpg", 600)):
        (tmp_path / name).write_bytes(PICTURE + bytes(size))
    place = beside(page, 1 << 20)
    stated = largest_saved(place, [Source("a.jpg", 300), Source("b.jpg", 1200), Source("gone.jpg", 5000)])
    assert stated is not None
    assert stated.name == "b.jpg"
    unstated = largest_saved(place, [Source("b.jpg", 1200), Source("a.jpg"), Source("c.jpg", 600)])
    assert unstated is not None
    assert unstated.name == "a.jpg"


def test_a_srcset_is_read_with_its_widths_and_densities() -> None:
    stated = "a.jpg 1x,b,c.jpg 2.5x , data:image/png;base64,AA== 3w, last.jpg"
    assert sources_of_set(stated) == (
        Source("a.jpg", 1.0), Source("b,c.jpg", 2.5), Source("data:image/png;base64,AA==", 3.0), Source("last.jpg"),
    )  # fmt: skip


@pytest.mark.parametrize(
    "address",
    [
        "../secret.jpg", "/etc/passwd", "file:///etc/passwd", "..%2Fsecret.jpg", "p_files/../../secret.jpg", "//host/x.jpg", "http://[",
        "javascript:x",
    ],
)  # fmt: skip
def test_no_address_leads_out_of_the_page_s_folder(tmp_path: Path, address: str) -> None:
    inner = tmp_path / "in"
    (inner / "p_files").mkdir(parents=True)
    (tmp_path / "secret.jpg").write_bytes(PICTURE)
    found = saved_as(beside(inner / "p.html", 1 << 20), address)
    assert found is None or found.problem is not None


def test_an_address_elsewhere_is_found_among_the_saved_files_and_never_fetched(tmp_path: Path) -> None:
    (tmp_path / "p_files").mkdir()
    (tmp_path / "p_files" / "x y.jpg").write_bytes(PICTURE)
    place = beside(tmp_path / "p.html", 1 << 20)
    found = saved_as(place, "https://cdn.example/deep/x%20y.jpg?w=1200")
    assert found is not None
    assert found.name == "p_files/x y.jpg"
    assert saved_as(place, "https://cdn.example/deep/other.jpg") is None


def test_placeholders_are_no_pictures(tmp_path: Path) -> None:
    page = tmp_path / "p.html"
    page.write_text(
        "<article><h1>x</h1><img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='><img src=drawing.svg>"
        "<img src=a.jpg width=40 height=40></article>",
        "utf-8",
    )
    (item,) = items_of(page)
    assert item.problem is not None
    assert item.problem.code == "page_without_pictures"


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "empty_file"), (b"<p>words</p>", "page_without_pictures"), (None, "missing_file")],
)  # fmt: skip
def test_a_page_that_gives_nothing_is_one_named_item(tmp_path: Path, content: bytes | None, code: str) -> None:
    page = tmp_path / "p.html"
    if content is not None:
        page.write_bytes(content)
    (item,) = items_of(page)
    assert item.problem is not None
    assert item.problem.code == code


@pytest.mark.parametrize(
    ("raw", "codec"),
    [
        ("<meta charset=windows-1251>Привет, город".encode("cp1251"), "cp1251"),
        ("Привет, город".encode("cp1251"), "cp1251"),
        ("مرحبا بالمدينة".encode("cp1256"), "cp1256"),
        ("<meta charset=windows-1251>Привет".encode(), "cp1251"),
        ("<meta charset=utf-8>Привет, город".encode("cp1251"), "cp1251"),
        ("<meta charset=iso-8859-1>café".encode("cp1252"), "cp1252"),
        ("\N{BYTE ORDER MARK}Привет".encode("utf-16-le"), "utf-16-le"),
    ],
)
def test_the_character_set_is_the_declared_one_unless_the_bytes_contradict_it(raw: bytes, codec: str) -> None:
    assert decode_page(raw)[1] == codec


def test_a_folder_of_pages_alone_is_read_as_pages_and_another_as_files(tmp_path: Path) -> None:
    assert choose_reader(PAGES / f"{NAMES[0]}.html").name == "web_page"
    for name in NAMES[:2]:
        shutil.copy(PAGES / f"{name}.html", tmp_path)
        shutil.copytree(PAGES / f"{name}_files", tmp_path / f"{name}_files")
    assert choose_reader(tmp_path).name == "web_page"
    pictures = sum(len(expected_of(name)["pictures"]) for name in NAMES[:2])
    found = items_of(tmp_path)
    assert len(found) == pictures
    assert all(item.path is not None and (item.root / item.source_path).samefile(item.path) for item in found)
    (tmp_path / "photo.jpg").write_bytes(PICTURE)
    assert choose_reader(tmp_path).name == "folder"


def test_a_frame_within_the_folder_of_a_page_is_no_page(tmp_path: Path) -> None:
    shutil.copy(PAGES / "14-press-ar.html", tmp_path)
    shutil.copytree(PAGES / "14-press-ar_files", tmp_path / "14-press-ar_files")
    (tmp_path / "14-press-ar_files" / "saved_resource.html").write_text(
        "<article><figure><img src=market.jpg></figure></article>"
    )
    assert [item.item.rsplit("/", 1)[1] for item in items_of(tmp_path)] == ["14-press-ar.html#1"]


def test_linked_data_that_names_itself_in_a_circle_is_read() -> None:
    script = '<script type="application/ld+json">{}</script>'
    article = '{"@type":"NewsArticle","@id":"a","headline":{"@id":"a"},"publisher":{"@id":"b"}}'
    page = (
        script.replace("{}", article)
        + script.replace("{}", '{"@id":"b","name":{"@id":"b"}}')
        + "<article><img src=a.jpg></article>"
    )
    assert len(read_page(page.encode()).pictures) == 1


def test_the_publisher_asked_for_counts_before_the_host_and_after_the_page_s_own_word(tmp_path: Path) -> None:
    page = tmp_path / "p.html"
    page.write_text("<link rel=canonical href=https://www.press.example/1><article><h1>x</h1><img src=a.jpg></article>", "utf-8")
    (item,) = items_of(page)
    assert item.publication.publisher is not None
    assert item.publication.publisher.text == "press.example"
    (asked,) = items_of(page, publisher="Evening Herald")
    assert asked.publication.publisher is not None
    assert asked.publication.publisher.text == "Evening Herald"


def saved(folder: Path, body: str) -> list[IntakeItem]:
    """Save a page of one article with the file `a.jpg` and read it."""
    (folder / "page_files").mkdir()
    (folder / "page_files" / "a.jpg").write_bytes(PICTURE)
    (folder / "page.html").write_text(f"<html lang='en'><body><article><h1>Strike</h1>{body}</article></body></html>", "utf-8")
    return items_of(folder / "page.html")


def test_labels_numbers_and_links_to_a_shop_are_no_words_of_a_caption(tmp_path: Path) -> None:
    (item,) = saved(
        tmp_path,
        "<figure><img src='page_files/a.jpg'><figcaption><span>[1/3]</span><i class='icon'>camera icon</i>"
        "<span>A view of a station. REUTERS/Ann Lee</span> <a href='https://shop.example/'>Purchase Licensing Rights"
        "<span>, opens new tab</span></a></figcaption></figure>",
    )
    assert words(item.publication, "caption") == ["A view of a station. REUTERS/Ann Lee"]


def test_a_label_for_readers_of_screens_is_no_part_of_a_credit(tmp_path: Path) -> None:
    (item,) = saved(
        tmp_path,
        "<figure itemprop='associatedMedia'><img src='page_files/a.jpg'><figcaption itemprop='caption description'>"
        "<span>The station after a strike.</span><span itemprop='copyrightHolder'><span class='hidden-label'>Credit...</span>"
        "<span>Ann Lee for The Evening Paper</span></span></figcaption></figure>",
    )
    assert words(item.publication, "caption") == ["The station after a strike."]
    assert words(item.publication, "credit_line") == ["Ann Lee for The Evening Paper"]


def test_a_label_in_an_element_of_its_own_beside_the_caption_is_a_credit(tmp_path: Path) -> None:
    (item,) = saved(
        tmp_path,
        "<div class='image-box'><img src='page_files/a.jpg'><div class='image-box__caption'>Вокзал</div>"
        "<div class='image-box__author'>Фото: Анна Лісова</div></div><div class='post__time'>8 квітня 2022, 10:50</div>",
    )
    assert words(item.publication, "credit_line") == ["Фото: Анна Лісова"]
    assert item.publication.published_at is not None
    assert item.publication.published_at.raw == "8 квітня 2022, 10:50"


def test_day_and_hour_in_elements_of_their_own_are_parted(tmp_path: Path) -> None:
    (item,) = saved(
        tmp_path, "<time><span>April 8, 2022</span><span>1:05 PM</span></time><figure><img src='page_files/a.jpg'></figure>"
    )
    assert item.publication.published_at is not None
    assert item.publication.published_at.raw == "April 8, 2022 1:05 PM"


def test_a_picture_in_a_list_of_other_articles_is_none_of_this_one(tmp_path: Path) -> None:
    (item,) = saved(tmp_path, "<ul><li><img src='page_files/a.jpg' alt='other'><a href='/other'>Another article</a></li></ul>")
    assert item.path is None
    assert item.problem is not None
