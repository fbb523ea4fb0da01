from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.errors import ManifestError
from catalog.intake.interface import IntakeRequest
from catalog.intake.json_lines import MAX_LINE_BYTES, JsonLinesReader
from catalog.records.intake import IntakeItem, Unlisted


def read(manifest: Path, *lines: bytes | str | dict[str, object]) -> list[IntakeItem]:
    raw = [json.dumps(line) if isinstance(line, dict) else line for line in lines]
    manifest.write_bytes(b"\n".join(line.encode() if isinstance(line, str) else line for line in raw) + b"\n")
    request = IntakeRequest(manifest)
    items = [one for one in JsonLinesReader().read(request) if isinstance(one, IntakeItem)]
    assert JsonLinesReader().count(request) == len(items)
    return items


def code(item: IntakeItem) -> str | None:
    return item.problem.code if item.problem else None


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    (tmp_path / "a.jpg").write_bytes(b"picture")
    return tmp_path / "manifest.jsonl"


def test_the_keys_are_those_of_the_table(manifest: Path) -> None:
    (item,) = read(manifest, {"file": "a.jpg", "caption": "x", "caption.uk": "ї", "published_at": 2017, "desk": "n", "url": None})
    shown = item.publication
    assert [(caption.language, caption.text.text) for caption in shown.captions] == [(None, "x"), ("uk", "ї")]
    assert shown.published_at is not None
    assert shown.published_at.edtf == "2017"
    assert shown.url is None
    assert shown.extras == (("desk", "n"),)


def test_captions_may_be_an_object_and_creators_a_list(manifest: Path) -> None:
    (item,) = read(manifest, {"file": "a.jpg", "caption": {"en": "x", "ar": "ص", "ru": None}, "creator": ["A", "B"]})
    assert [(caption.language, caption.text.text) for caption in item.publication.captions] == [("en", "x"), ("ar", "ص")]
    assert [(credit.role, credit.text.text) for credit in item.publication.credits] == [("creator", "A"), ("creator", "B")]


def test_values_that_are_not_text_are_kept_as_json(manifest: Path) -> None:
    (item,) = read(manifest, {"file": "a.jpg", "url": {"b": [1, None], "a": True}, "views": 1.5, "tags": ["x"], "seen": False})
    assert item.warnings == ("value_not_text",)
    assert item.publication.extras == (
        ("url.json", '{"a": true, "b": [1, null]}'),
        ("views", "1.5"),
        ("tags", '["x"]'),
        ("seen", "false"),
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("{", "bad_json"),
        ('{"file": NaN}', "bad_json"),
        ('{"file": ' + "9" * 5000 + "}", "bad_json"),
        ("[" * 100_000, "bad_json"),
        ('{"file": "a.jpg", "x": ' + "[" * 90 + "]" * 90 + "}", None),
        ('["a.jpg"]', "not_an_object"),
        ('"a.jpg"', "not_an_object"),
        ('{"file": "a.jpg", "file": "b.jpg"}', "duplicate_key"),
        ('{"file": "a.jpg", "file_base64": "YS5qcGc="}', "duplicate_key"),
        ('{"file": "a.jpg", "caption_base64": "?"}', "bad_base64"),
        ('{"caption": "x"}', "no_file_named"),
        ('{"file": null}', "no_file_named"),
        ('{"file": {"name": "a.jpg"}}', "no_file_named"),
        ('{"file": "../a.jpg"}', "path_leaves_folder"),
        ('{"file": "gone.jpg"}', "missing_file"),
        ('{"file": "\\ud800.jpg"}', "missing_file"),
        ('{"file": "a.jpg", "x": "' + "y" * MAX_LINE_BYTES + '"}', "row_too_large"),
    ],
)
def test_a_bad_line_is_named_and_the_rest_is_read(manifest: Path, line: str, expected: str | None) -> None:
    items = read(manifest, "", line, {"file": "a.jpg"})
    assert [(item.item, code(item)) for item in items] == [("manifest.jsonl:2", expected), ("manifest.jsonl:3", None)]
    (items[0].raw_row or "").encode("utf-8")
    assert json.loads(items[0].raw_row or "")


def test_bytes_come_as_base64_or_raw_and_are_kept(manifest: Path) -> None:
    raw = "Руины".encode("cp1251")
    line = b'{"file": "a.jpg", "caption": "' + raw + b'", "desk": "\\ud800' + raw + b'"}'
    items = read(manifest, {"file": "a.jpg", "caption.ru_base64": base64.b64encode(raw).decode()}, line)
    for item in items:
        text = item.publication.captions[0].text
        assert (text.raw, text.text, text.codec) == (raw, "Руины", "cp1251")
        assert (code(item), item.warnings) == (None, ("text_not_utf8",))
    assert items[0].publication.captions[0].language == "ru"
    assert base64.b64decode(json.loads(items[1].raw_row or "")["caption_base64"]) == raw


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(manifest: Path) -> None:
    manifest.write_bytes(b'\xef\xbb\xbf{"file": "a.jpg"}\r\n\r\n{"file": "a.jpg"}')
    items = list(JsonLinesReader().read(IntakeRequest(manifest)))
    assert [(one.item, code(one)) for one in items if isinstance(one, IntakeItem)] == [
        ("manifest.jsonl:1", None),
        ("manifest.jsonl:3", None),
    ]


def test_files_that_no_line_lists_are_named(manifest: Path) -> None:
    (manifest.parent / "b.jpg").write_bytes(b"picture")
    manifest.write_bytes(b'{"file": "a.jpg"}\n')
    assert list(JsonLinesReader().read(IntakeRequest(manifest.parent, manifest)))[-1] == Unlisted(("b.jpg",))


@pytest.mark.parametrize(
    ("content", "expected"), [(b"", "empty_manifest"), ('{"file": 1}'.encode("utf-16"), "manifest_not_utf8")]
)
def test_a_file_that_is_no_manifest_is_refused_whole(manifest: Path, content: bytes, expected: str) -> None:
    manifest.write_bytes(content)
    with pytest.raises(ManifestError) as caught:
        JsonLinesReader().count(IntakeRequest(manifest))
    assert caught.value.code == expected


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80)
@given(text=st.text(min_size=1), is_escaped=st.booleans())
def test_any_text_comes_back_byte_for_byte(manifest: Path, text: str, is_escaped: bool) -> None:
    raw = text.encode("utf-8", "surrogatepass")
    line = json.dumps({"file": "a.jpg", "caption": text, "desk": text}, ensure_ascii=is_escaped)
    (item,) = read(manifest, line.encode("utf-8", "surrogatepass"))
    extras = dict(item.publication.extras)
    assert (base64.b64decode(extras["desk_base64"]) if "desk_base64" in extras else extras["desk"].encode()) == raw
    assert [caption.text.raw for caption in item.publication.captions] in ([raw], [])
    assert item.publication.captions or not text.strip()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80)
@given(content=st.binary(max_size=200))
def test_any_bytes_end_in_items(manifest: Path, content: bytes) -> None:
    manifest.write_bytes(b'{"file": "a.jpg"}\n' + content)
    for one in JsonLinesReader().read(IntakeRequest(manifest)):
        assert isinstance(one, Unlisted) or (one.item + one.source_path + (one.raw_row or "")).encode("utf-8")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{"file": "a.jpg" "url": "x"}', "line 1: is not JSON at character 18 of the line"),
        ('{"file": "a.jpg", "url": "x", "note": "1", "url": "y", "note": ""}', "line 1: has note, url more than once"),
        ('{"file": "a.jpg", "file_base64": "YS5qcGc="}', "line 1: has file more than once"),
        ('{"file": "a.jpg", "caption_base64": "?"}', "line 1: holds no base64 under caption_base64; correct it"),
    ],
)
def test_a_refused_line_says_where_in_it_the_fault_is(manifest: Path, line: str, words: str) -> None:
    (item,) = read(manifest, line)
    assert item.problem is not None
    assert item.problem.message.startswith(words)


def test_a_sentence_about_doubled_keys_stays_short(manifest: Path) -> None:
    (item,) = read(manifest, "{" + ", ".join(f'"{"k" * 500}{number % 50}": 1' for number in range(100)) + "}")
    assert item.problem is not None
    assert item.problem.code == "duplicate_key"
    assert len(item.problem.message) < 2000
