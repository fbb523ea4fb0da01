from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image
from PIL.TiffImagePlugin import ImageFileDirectory_v2

from catalog.metadata.container import find_blocks
from catalog.metadata.exif import fails_in_container
from catalog.metadata.reading import read_metadata
from tests.metadata.segments import (
    Tiff,
    app1_exif,
    app13,
    dataset,
    jpeg,
    picture,
    png,
    png_chunk,
    resource,
    segment,
    xmp,
)

PACKET = xmp(attributes='photoshop:Credit="Wire"')
EXIF = Tiff().text("Image", 0x013B, b"A. Nother\0").build()
IIM = dataset(2, 110, b"Wire")


def hexadecimal_profile(name: str, profile: bytes) -> bytes:
    return f"\n{name}\n{len(profile):8d}\n".encode() + profile.hex().encode() + b"\n"


# ---- JPEG -----------------------------------------------------------------------------------------------------------


def test_exif_in_several_segments_is_joined() -> None:
    data = jpeg(app1_exif(EXIF[:20]), app1_exif(EXIF[20:]))
    assert find_blocks(data).exif == [EXIF]


def test_two_exif_blocks_stay_two() -> None:
    other = Tiff(">").text("Image", 0x013B, b"B. Other\0").build()
    assert find_blocks(jpeg(app1_exif(EXIF), app1_exif(other))).exif == [EXIF, other]


def test_a_resource_cut_between_two_segments_is_joined() -> None:
    resources = resource(0x0404, IIM) + resource(0x0425, b"digest")
    data = jpeg(*(segment(0xED, b"Photoshop 3.0\0" + part) for part in (resources[:15], resources[15:])))
    assert find_blocks(data).iim == [IIM]


@pytest.mark.parametrize("signature", [b"AgHg", b"DCSR", b"PHUT", b"MeSa"])
def test_resources_of_photoshops_neighbours_are_passed_over(signature: bytes) -> None:
    data = jpeg(app13(resource(1, b"x", signature), resource(0x0404, IIM)))
    assert find_blocks(data).iim == [IIM]


def test_the_older_header_of_photoshop_is_known() -> None:
    data = jpeg(segment(0xED, b"Adobe_Photoshop2.5:".ljust(27, b"\0") + resource(0x0404, IIM)))
    assert find_blocks(data).iim == [IIM]


def test_a_comment_is_kept() -> None:
    comments = find_blocks(jpeg(segment(0xFE, b"a comment\0"))).comments
    assert [(comment.vocabulary, comment.property, comment.raw) for comment in comments] == [("jpeg", "COM", b"a comment\0")]


@pytest.mark.parametrize(
    "data",
    [jpeg(app1_exif(EXIF))[:30], b"\xff\xd8\xff\xe1\0\1", b"\xff\xd8junk", b"\xff\xd8", jpeg(app13(b"8BIM\x04\x04"))],
    ids=["cut", "length of one", "no marker", "nothing", "resource cut"],
)
def test_a_damaged_jpeg_is_named(data: bytes) -> None:
    assert find_blocks(data).warnings == ["container_damaged"]


@pytest.mark.parametrize("stray", [b"\x01", b"\0" * 20, b"\xff\x00between", b"\xff\xd5"], ids=repr)
def test_what_stands_between_two_segments_hides_none_and_is_no_damage(stray: bytes) -> None:
    blocks = find_blocks(jpeg(segment(0xFE, b"before"), stray, app1_exif(EXIF), stray))
    assert ([comment.raw for comment in blocks.comments], blocks.exif, blocks.warnings) == ([b"before"], [EXIF], [])


def test_too_many_segments_are_named() -> None:
    assert find_blocks(b"\xff\xd8" + segment(0xEF, b"") * 2_001).warnings == ["metadata_too_large"]


def test_segments_behind_the_first_scan_are_not_metadata() -> None:
    assert find_blocks(picture() + app1_exif(EXIF)).exif == []


# ---- PNG ------------------------------------------------------------------------------------------------------------


def test_every_place_for_metadata_in_a_png_is_known() -> None:
    blocks = find_blocks(
        png(
            png_chunk(b"eXIf", EXIF),
            png_chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + PACKET),
            png_chunk(b"zTXt", b"Raw profile type iptc\0\0" + zlib.compress(hexadecimal_profile("iptc", resource(0x0404, IIM)))),
            png_chunk(b"iTXt", b"Title\0\1\0ru\0\0" + zlib.compress("Руины".encode())),
            png_chunk(b"tEXt", b"Author\0A. N\xf6ther"),
        )
    )
    assert (blocks.exif, blocks.xmp, blocks.iim, blocks.warnings) == ([EXIF], [PACKET], [IIM], [])
    assert [(comment.property, comment.language, comment.raw, comment.codec) for comment in blocks.comments] == [
        ("Title", "ru", "Руины".encode(), "utf-8"), ("Author", None, b"A. N\xf6ther", "latin-1"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "profile", "kind"),
    [
        ("exif", b"Exif\0\0" + EXIF, "exif"), ("APP1", b"Exif\0\0" + EXIF, "exif"), ("xmp", PACKET, "xmp"), ("iptc", IIM, "iim"),
        ("APP1", b"http://ns.adobe.com/xap/1.0/\0" + PACKET, "xmp"), ("8bim", resource(0x0404, IIM), "iim"),
    ],
)  # fmt: skip
def test_profiles_in_hexadecimal_are_read(name: str, profile: bytes, kind: str) -> None:
    blocks = find_blocks(
        png(png_chunk(b"tEXt", b"Raw profile type " + name.encode() + b"\0" + hexadecimal_profile(name, profile)))
    )
    assert getattr(blocks, kind) == [{"exif": EXIF, "xmp": PACKET, "iim": IIM}[kind]]


@pytest.mark.parametrize(
    ("chunk", "code"),
    [
        (png_chunk(b"zTXt", b"Title\0\0not deflated"), "container_damaged"),
        (png_chunk(b"tEXt", b"Raw profile type exif\0\nexif\n 5\nabc"), "container_damaged"),
        (png_chunk(b"zTXt", b"Title\0\0" + zlib.compress(bytes(3 * 1024 * 1024))), "metadata_too_large"),
        (b"\x7f\xff\xff\xfftEXt", "container_damaged"),
        (png_chunk(b"tEXt", b"k" * 80 + b"\0text"), "container_damaged"),
        (png_chunk(b"iTXt", b"Title\0\0\0" + b"x" * (1024 * 1024) + b"\0\0text"), "metadata_too_large"),
    ],
    ids=["not deflated", "profile", "bomb", "length", "keyword", "language"],
)
def test_a_damaged_or_swollen_chunk_is_named(chunk: bytes, code: str) -> None:
    blocks = find_blocks(png(chunk))
    assert blocks.warnings == [code]
    assert blocks.comments == []


def test_damage_of_a_profile_that_is_not_read_is_no_damage_of_what_is() -> None:
    profile = png_chunk(b"zTXt", b"Raw profile type icc\0\0not deflated")
    assert find_blocks(png(profile, png_chunk(b"tEXt", b"Title\0text"))).warnings == []


def test_text_behind_the_pixels_is_read() -> None:
    whole = png()
    assert len(find_blocks(whole[:-12] + png_chunk(b"tEXt", b"Title\0late") + whole[-12:]).comments) == 1


# ---- WebP, GIF, TIFF, others ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("prefix", [b"", b"Exif\0\0"])
def test_webp_exif_and_xmp_are_found(prefix: bytes) -> None:
    blocks = find_blocks(picture("WEBP", exif=prefix + EXIF, xmp=PACKET))
    assert (blocks.exif, blocks.xmp, blocks.warnings) == ([EXIF], [PACKET], [])


def test_a_cut_webp_is_named() -> None:
    assert find_blocks(picture("WEBP", exif=EXIF)[:-5]).warnings == ["container_damaged"]


def test_gif_comments_and_xmp_are_found() -> None:
    trailer = b"\x01" + bytes(range(255, -1, -1)) + b"\0"
    extension = b"\x21\xff\x0bXMP DataXMP" + PACKET + trailer
    plain = picture("GIF", comment=b"a comment " * 40)
    blocks = find_blocks(plain[:-1] + extension + plain[-1:])
    assert (blocks.xmp, blocks.warnings) == ([PACKET], [])
    assert [comment.raw for comment in blocks.comments] == [b"a comment " * 40]


def test_a_gif_is_read_on_behind_bytes_that_begin_no_block_and_needs_no_trailer() -> None:
    plain = picture("GIF", comment=b"a comment")
    start = plain.index(b"\x21\xfe")
    blocks = find_blocks(plain[:start] + b"\0\x99stray" + plain[start:-1])
    assert ([comment.raw for comment in blocks.comments], blocks.warnings) == ([b"a comment"], [])


@pytest.mark.parametrize("length", [7, 12, 40])
def test_a_cut_gif_is_named(length: int) -> None:
    assert find_blocks(picture("GIF")[:length]).warnings == ["container_damaged"]


@pytest.mark.parametrize("swapped", [False, True], ids=["as bytes", "as swapped numbers"])
def test_tiff_fields_hold_xmp_iim_and_resources(swapped: bool) -> None:
    padded = IIM + bytes(-len(IIM) % 4)
    raw = b"".join(padded[place : place + 4][::-1] for place in range(0, len(padded), 4)) if swapped else padded
    stream = BytesIO()
    fields = ImageFileDirectory_v2()
    fields.tagtype[700], fields[700] = 1, PACKET
    fields.tagtype[33723], fields[33723] = 7, raw
    fields.tagtype[34377], fields[34377] = 1, resource(0x0404, dataset(2, 5, b"Slug"))
    Image.new("L", (4, 4)).save(stream, "TIFF", tiffinfo=fields)
    values, warnings = read_metadata(stream.getvalue())
    assert warnings == ()
    assert [(value.vocabulary, value.text) for value in values if value.vocabulary != "exif"] == [
        ("iim", "Wire"), ("iim", "Slug"), ("xmp", "Wire"),
    ]  # fmt: skip


@pytest.mark.parametrize("data", [b"", b"BM", b"%PDF-1.7", struct.pack(">I4s", 24, b"ftyp") + b"heic"], ids=repr)
def test_a_container_that_is_not_known_has_no_blocks(data: bytes) -> None:
    blocks = find_blocks(data)
    assert (blocks.exif, blocks.iim, blocks.xmp, blocks.comments, blocks.warnings) == ([], [], [], [], [])


def test_a_broken_avif_is_named() -> None:
    assert find_blocks(struct.pack(">I4s", 24, b"ftyp") + b"avif" + bytes(40)).warnings == ["container_damaged"]


def test_an_avif_that_exifread_fails_at_is_named_and_one_that_it_reads_is_not() -> None:
    data = picture("AVIF", exif=EXIF)
    assert (find_blocks(data).exif, find_blocks(data).warnings) == ([EXIF], [])
    # A box of another name is passed over by the decoder; exifread takes names for ASCII.
    assert find_blocks(data.replace(b"iref", b"\xa9ref")).warnings == ["exif_readers_differ"]


def test_an_avif_of_boxes_without_length_does_not_keep_exifread_busy() -> None:
    endless = struct.pack(">I4sQ", 1, b"free", 0)
    assert fails_in_container(struct.pack(">I4s4sI", 16, b"ftyp", b"avif", 0) + endless)
