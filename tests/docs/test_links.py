"""Documents lead somewhere, and name nothing that only some machine or company has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.documents import FENCE, ROOT, documents

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HOST = re.compile(r"\bhttps?://([^/\s)>`\"'|:]+)")
HOST_NAME = re.compile(r"(?<![\w/.-])(?:[a-z0-9-]+\.)+(?:com|org|net|io|dev|ai|app|cloud|internal|local|lan)\b")
# Standards, the tools that docs cite, and the one real publisher of the samples. What is not here is not named in a document.
KNOWN_HOSTS = {
    "127.0.0.1", "localhost", "iptc.org", "ns.adobe.com", "ns.useplus.org", "purl.org", "www.themoscowtimes.com", "sqlite.org",
    "www.w3.org", "www.iptc.org", "www.loc.gov", "www.rfc-editor.org", "creativecommons.org", "commons.wikimedia.org",
    "cipa.jp", "keepachangelog.com", "semver.org", "doi.org", "arxiv.org", "www.geonames.org",
}  # fmt: skip
# Absolute paths in documents are examples of a user's or places that every Linux has.
PATHS = {"absolute", "backup", "dev", "etc", "proc", "srv", "tmp", "usr", "var"}
ADDRESSES = {
    "api", "audit", "chain", "compare", "decisions", "duplicates", "healthz", "imports", "originals", "photo", "previews",
    "readyz", "search-by-image", "sources", "static", "thumbnails", "words",
}  # fmt: skip
ABSOLUTE = re.compile(r"(?<![\w.:/<>~})\]*…-])/([a-z][\w.-]*)(?=/|\b)")


@pytest.mark.parametrize("path", documents(), ids=lambda path: str(path.relative_to(ROOT)))
class TestDocument:
    def test_links_lead_to_a_file_and_a_heading(self, path: Path) -> None:
        broken = [link for link in LINK.findall(FENCE.sub("", path.read_text("utf-8"))) if not _leads_somewhere(path, link)]
        assert broken == []

    def test_only_known_hosts_are_named(self, path: Path) -> None:
        text = path.read_text("utf-8")
        named = {host for host in (*HOST.findall(text), *HOST_NAME.findall(text)) if not host.endswith(".example")}
        assert named - KNOWN_HOSTS == set()

    def test_no_path_of_some_machine_is_named(self, path: Path) -> None:
        code = re.findall(r"`[^`\n]+`", path.read_text("utf-8")) + FENCE.findall(path.read_text("utf-8"))
        named = {first for piece in code for first in ABSOLUTE.findall(re.sub(r"https?://\S+", "", piece))}
        assert named - PATHS - ADDRESSES == set()

    def test_there_is_one_title_and_no_line_ends_in_a_blank(self, path: Path) -> None:
        text = path.read_text("utf-8")
        assert len(re.findall(r"^# ", FENCE.sub("", text), re.MULTILINE)) == 1
        assert [line for line in text.splitlines() if line != line.rstrip()] == []


def _leads_somewhere(path: Path, link: str) -> bool:
    if re.match(r"https?://|mailto:", link):
        return True
    name, _, anchor = link.partition("#")
    target = path if not name else (path.parent / name).resolve()
    if not target.is_relative_to(ROOT) or not target.exists():
        return False
    return not anchor or anchor in _anchors(target)


def _anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", path.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
