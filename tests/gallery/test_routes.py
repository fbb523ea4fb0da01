"""Every address answers every method as declared here, with the whole set of headers; nothing that is read changes anything."""

from __future__ import annotations

import hashlib
import sqlite3
from collections import deque
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from catalog.gallery import create_app
from catalog.gallery.security import HEADERS, ORIGINAL_POLICY
from tests.gallery.conftest import data_address
from tests.gallery.reading import read
from tests.gallery.seed import RUN, source_id
from tests.gallery.stories import Stories

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "NONSENSE")
SAFE = ("GET", "HEAD", "OPTIONS")
# What is declared: the address of each rule in the stories, and the methods it answers. A POST has no form token here, hence 400.
READ_ONLY: dict[str, str] = {
    "/": "/", "/.json": "/.json",
    "/photo/<sha256:sha256>": "/photo/{ruins}", "/photo/<sha256:sha256>.json": "/photo/{ruins}.json",
    "/photo/<sha256:sha256>/custody": "/photo/{ruins}/custody",
    "/photo/<sha256:sha256>/custody.json": "/photo/{ruins}/custody.json",
    "/chain/<sha256:sha256>": "/chain/{ruins}", "/chain/<sha256:sha256>.json": "/chain/{ruins}.json",
    "/compare/<sha256:first>/<sha256:second>": "/compare/{crop}/{ruins}",
    "/compare/<sha256:first>/<sha256:second>.json": "/compare/{crop}/{ruins}.json",
    "/duplicates": "/duplicates", "/duplicates.json": "/duplicates.json",
    "/sources": "/sources", "/sources.json": "/sources.json",
    "/sources/<source>": "/sources/{source}", "/sources/<source>.json": "/sources/{source}.json",
    "/imports": "/imports", "/imports.json": "/imports.json",
    "/imports/<run>": "/imports/{run}", "/imports/<run>.json": "/imports/{run}.json",
    "/audit": "/audit", "/audit.json": "/audit.json", "/words": "/words", "/words.json": "/words.json",
    "/previews/<sha256:sha256>.jpg": "/previews/{ruins}.jpg",
    "/thumbnails/<sha256:sha256>-<int:box>.jpg": "/thumbnails/{ruins}-160.jpg",
    "/originals/<sha256:sha256>": "/originals/{ruins}",
    "/api/v1/openapi.json": "/api/v1/openapi.json", "/healthz": "/healthz", "/readyz": "/readyz",
    "/static/<path:filename>": "/static/creditline.css",
}  # fmt: skip
CHANGING = dict.fromkeys(("/decisions", "/chain/decisions", "/chain/inquiries", "/decisions/sources"), ("POST", "OPTIONS"))
BOTH = {"/search-by-image": (*SAFE, "POST"), "/search-by-image.json": (*SAFE, "POST")}
DECLARED = {**dict.fromkeys(READ_ONLY, SAFE), **CHANGING, **BOTH}


def address_of(rule: str, stories: Stories) -> str:
    names = {"ruins": stories.ruins, "crop": stories.crop, "source": source_id("The Harbour Times"), "run": RUN}
    return READ_ONLY.get(rule, rule).format(**names)


def test_every_route_is_declared_here_and_every_declared_one_is_there(app: Flask) -> None:
    actual: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        actual.setdefault(rule.rule, set()).update(rule.methods or ())
    assert actual == {rule: set(methods) for rule, methods in DECLARED.items()}


@pytest.mark.parametrize("rule", DECLARED)
def test_every_method_is_answered_as_declared_with_the_whole_set_of_headers(rule: str, stories: Stories) -> None:
    client = create_app(stories.catalogue).test_client()
    address = address_of(rule, stories)
    for method in METHODS:
        with client.open(address, method=method) as answer:
            expected = (400 if method == "POST" else 200) if method in DECLARED[rule] else 405
            assert answer.status_code == expected, (method, address)
            is_original = rule.startswith("/originals/") and method in ("GET", "HEAD")
            for name, value in HEADERS.items():
                wanted = ORIGINAL_POLICY if is_original and name == "Content-Security-Policy" else value
                assert answer.headers.getlist(name) == [wanted], (method, address, name)
            assert len(answer.headers.getlist("Cache-Control")) == 1
            assert len(answer.headers.getlist("Content-Type")) == 1
            if answer.content_type.startswith(("text/", "application/json")):
                assert "charset=utf-8" in answer.content_type, (method, address)
            if expected == 405:
                assert set(answer.headers["Allow"].split(", ")) == set(DECLARED[rule]), (method, address)
            if method == "HEAD":
                assert answer.data == b""
            assert not answer.headers.get("Access-Control-Allow-Origin")


@pytest.mark.parametrize("rule", READ_ONLY)
def test_an_address_that_leads_nowhere_is_told_with_the_whole_set_of_headers(rule: str, client: FlaskClient) -> None:
    nothing = {"ruins": "0" * 64, "crop": "1" * 64, "source": "nobody", "run": "never"}
    address = READ_ONLY[rule].format(**nothing)
    if address == READ_ONLY[rule]:
        address += "/nowhere"
    for method in METHODS:
        with client.open(address, method=method) as answer:
            assert answer.status_code in {400, 404, 405, 200 if method == "OPTIONS" else 404}, (method, address)
            assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS, (method, address)


@pytest.mark.parametrize("remote", ["192.168.1.9", "10.0.0.2", "8.8.8.8", "2001:db8::1", "::", "0.0.0.0", "somewhere"])
def test_another_machine_is_answered_nothing_however_the_app_is_served(client: FlaskClient, remote: str) -> None:
    for address in ("/", "/healthz", "/originals/" + "0" * 64, "/static/creditline.css"):
        answer = client.get(address, environ_base={"REMOTE_ADDR": remote})
        assert answer.status_code == 400, address
        assert answer.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]


@pytest.mark.parametrize("remote", ["127.0.0.1", "127.8.9.1", "::1", ""])
def test_this_machine_is_answered(client: FlaskClient, remote: str) -> None:
    assert client.get("/healthz", environ_base={"REMOTE_ADDR": remote}).status_code == 200


def test_a_proxy_of_somebodys_choice_is_not_believed(client: FlaskClient) -> None:
    given = {"X-Forwarded-For": "127.0.0.1", "X-Forwarded-Host": "localhost", "Forwarded": "for=127.0.0.1;host=localhost"}
    assert client.get("/", headers=given, environ_base={"REMOTE_ADDR": "8.8.8.8"}).status_code == 400
    assert client.get("/", headers={**given, "Host": "evil.example"}).status_code == 400


def state(instance: Path) -> dict[str, object]:
    """Return all that is kept: each row, each file but thumbnails, which are made when they are asked for."""
    with closing(sqlite3.connect(instance / "catalog.sqlite")) as database:
        found: dict[str, object] = {"rows": hashlib.sha256("\n".join(database.iterdump()).encode("utf-8")).hexdigest()}
    for path in instance.rglob("*"):
        is_thumbnail = path.parent.parent.name == "previews" and "-" in path.name
        if path.is_file() and not is_thumbnail and not path.name.startswith("catalog.sqlite"):
            found[path.relative_to(instance).as_posix()] = (
                hashlib.sha256(path.read_bytes()).hexdigest(),
                path.stat().st_mtime_ns,
            )
    return found


def test_a_crawl_of_every_page_changes_nothing(stories: Stories) -> None:
    client = create_app(stories.catalogue).test_client()
    instance = stories.catalogue.settings.instance
    before = state(instance)
    waiting, seen = deque(["/", "/audit"]), {"/", "/audit"}
    kinds: set[str] = set()
    while waiting:
        address = waiting.popleft()
        with client.get(address) as answer:
            # Searches are counted: an address refused for that has been asked all the same.
            assert answer.status_code in {200, 302, 429}, address
            kinds.add(address.split("?")[0].split("/")[1])
            text = answer.get_data(as_text=True) if answer.mimetype == "text/html" and answer.status_code == 200 else ""
        client.head(address).close()
        client.options(address).close()
        for _, attributes in read(text).elements:
            for name in ("href", "src"):
                link = attributes.get(name) or ""
                parts = urlsplit(link)
                if link.startswith("/") and not parts.netloc and "lang=" not in link:
                    plain = parts._replace(fragment="").geturl()
                    if plain not in seen:
                        seen.add(plain)
                        waiting.append(plain)
    assert {
        "photo",
        "chain",
        "compare",
        "duplicates",
        "sources",
        "imports",
        "audit",
        "previews",
        "thumbnails",
        "originals",
    } <= kinds
    assert len(seen) > 80
    assert state(instance) == before


def test_data_changes_nothing_either(client: FlaskClient, pages: tuple[str, ...], stories: Stories) -> None:
    before = state(stories.catalogue.settings.instance)
    for page in pages:
        assert client.get(data_address(page)).status_code in {200, 429}, page
    assert state(stories.catalogue.settings.instance) == before
