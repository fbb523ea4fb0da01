"""A real Chromium looking at a real server: the samples as imported, and the stories with their odd and hostile texts."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from catalog.cli.opening import build_catalogue
from catalog.gallery import create_app
from catalog.settings import Settings
from tests.conftest import copy_of
from tests.gallery.stories import Stories, tell

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run",
    "--disable-dev-shm-usage",
]  # fmt: skip


class Quiet(WSGIRequestHandler):
    """Answer without a line for each request."""

    def log(self, kind: str, message: str, *values: object) -> None:
        return None


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve an app on a free port and give its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    assert Path(CHROMIUM).exists(), "Chromium is missing; `make setup` installs it or says how"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@dataclass(frozen=True)
class Gallery:
    """Hold the address of a served gallery and photos of it by the file they were imported as."""

    address: str
    photos: dict[str, str]


@contextmanager
def gallery_over(instance: Path) -> Iterator[Gallery]:
    catalogue = build_catalogue(Settings(instance=instance, workers=1))
    try:
        paths = catalogue.store.source_paths(catalogue.store.standing_photos())
        with served(create_app(catalogue)) as address:
            yield Gallery(address, {path: sha256 for sha256, path in paths.items()})
    finally:
        catalogue.close()


@pytest.fixture(scope="session")
def gallery(samples_instance: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gallery]:
    """Serve the samples; tests that use this only read."""
    # A copy: thumbnails and the secret are made in the instance, and other tests compare theirs.
    copy = copy_of(samples_instance, tmp_path_factory.mktemp("gallery") / "samples")
    with gallery_over(copy) as served_gallery:
        yield served_gallery


@pytest.fixture
def own_gallery(samples_copy: Path) -> Iterator[Gallery]:
    """Serve a copy of the samples that a test may change."""
    with gallery_over(samples_copy) as served_gallery:
        yield served_gallery


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Stories]]:
    """Serve the stories."""
    stories = tell(tmp_path_factory.mktemp("told") / "instance")
    with served(create_app(stories.catalogue)) as address:
        yield address, stories
    stories.catalogue.close()


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Open pages whose every complaint (policy, script, failed request, dialog) fails the test."""
    contexts = []
    complaints: list[str] = []

    def _open(address: str = "", *, width: int = 1280, theme: str = "light", language: str = "en", scripts: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=theme, locale=language, java_script_enabled=scripts,  # type: ignore[arg-type]
            reduced_motion="reduce",
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(f"dialog {dialog.message}"))
        if address:
            page.goto(address)
        return page

    yield _open
    for context in contexts:
        context.close()
    assert complaints == []
