"""What came in as bytes goes out as the same bytes: from a manifest and from a file's own metadata, whatever they are."""

from __future__ import annotations

import json
from base64 import b64decode
from pathlib import Path
from typing import Any

from catalog.records.text import shown
from tests.conftest import SAMPLES, Catalog
from tests.metadata.segments import app13_iim, dataset

LIGHTHOUSE, COPY = SAMPLES / "photos" / "lighthouse.jpg", SAMPLES / "photos" / "lighthouse-vestnik.jpg"
RAW = {
    "nul": b"before\x00after",
    "not utf-8": b"caf\xe9 \xff\xfe",
    "lone surrogate": b"half \xed\xa0\x80 letter",
    "overlong": b"\xc0\xaf\xc1\x81",
    "bidi": "photo\u202egpj.exe\u2066".encode(),
    "controls": b"\x1b[31mred\x07\x08\x7f",
    "cp1251": "Развалины в городе".encode("cp1251"),
    "latin-1": "Élysée, 3 août".encode("latin-1"),
    "blanks": b"\t  words  \t",
    "formula": b'=HYPERLINK("http://evil.example")',
    "markup": b"<script>alert(1)</script>",
    "long": "длинно ".encode() * 9000,
    "noncharacters": "\ufffe\uffff\U0010ffff".encode(),
    "decomposed": "e\u0301 и\u0306".encode(),
}


def cell(raw: bytes) -> bytes:
    return b'"' + raw.replace(b'"', b'""') + b'"'


def exact(line: dict[str, Any], name: str = "text") -> bytes:
    """Return the bytes that a line of JSON tells of a text."""
    coded = line.get("raw_base64") or line.get(f"{name}_base64")
    return b64decode(coded) if coded else line[name].encode("utf-8")


def test_captions_and_credits_of_a_manifest_come_out_byte_for_byte(tmp_path: Path, catalog: Catalog) -> None:
    press = tmp_path / "press"
    press.mkdir()
    for path in (LIGHTHOUSE, COPY):
        (press / path.name).write_bytes(path.read_bytes())
    rows = [b"file,url,caption,credit_line"]
    for number, raw in enumerate(RAW.values()):
        rows.append(b",".join((LIGHTHOUSE.name.encode(), b"https://nowhere.example/%d" % number, cell(raw), cell(raw))))
    rows.append(b",".join((COPY.name.encode(), b"https://nowhere.example/copy", b"plain", b"plain")))
    (press / "manifest.csv").write_bytes(b"\r\n".join(rows) + b"\r\n")
    run = catalog("import", press, "--manifest", press / "manifest.csv", "--json")
    assert run.summary["rejected"] == 0, run.out
    photo = run.lines[0]["photo"]
    page = catalog("show", photo, "--json").lines[0]
    by_url = {line["url"]: line for line in page["publications"]}
    report = [json.loads(line) for line in catalog("report", "duplicates", "--format", "jsonl").out.splitlines()]
    told = {line["url"]: line for group in report[:-1] for line in group["publications"]}
    for number, (name, raw) in enumerate(RAW.items()):
        for where in (by_url, told):
            line = where[f"https://nowhere.example/{number}"]
            assert exact(line["captions"][0]) == raw, name
            assert exact(line["credits"][0]) == raw, name
            assert line["captions"][0]["text"] == shown(line["captions"][0]["text"]), name


def test_values_of_a_file_come_out_byte_for_byte(tmp_path: Path, catalog: Catalog) -> None:
    press = tmp_path / "press"
    press.mkdir()
    plain = LIGHTHOUSE.read_bytes()
    short = {name: raw for name, raw in RAW.items() if len(raw) < 2000}
    for number, raw in enumerate(short.values()):
        (press / f"{number:02d}.jpg").write_bytes(plain[:2] + app13_iim(dataset(2, 120, raw)) + plain[2:])
    run = catalog("import", press, "--no-match", "--json")
    photos = [line["photo"] for line in run.lines if "item" in line]
    assert len(set(photos)) == len(short)
    pages = catalog("show", *photos, "--json").lines
    for (name, raw), page in zip(short.items(), pages, strict=True):
        assert raw in [exact(line) for line in page["metadata"] if line["vocabulary"] == "iim"], name
