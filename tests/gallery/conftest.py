"""The gallery over the stories, as a client sees it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from catalog.gallery import create_app
from tests.gallery.seed import RUN, source_id
from tests.gallery.stories import Stories, tell


@pytest.fixture(scope="session")
def stories(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stories]:
    told = tell(tmp_path_factory.mktemp("gallery") / "instance")
    yield told
    told.catalogue.close()


@pytest.fixture(scope="session")
def app(stories: Stories) -> Flask:
    return create_app(stories.catalogue)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="session")
def pages(stories: Stories) -> tuple[str, ...]:
    """Return an address of every page, in every state it can be in."""
    photos = [stories.ruins, stories.hostile, stories.undated, stories.panorama]
    return (
        "/", "/?q=ruins", "/?q=nothing-of-the-kind", "/?language=ar&sort=reuse", "/?change=mirrored&from=2017&to=2022",
        *(f"/photo/{photo}" for photo in photos), *(f"/chain/{photo}" for photo in photos),
        f"/compare/{stories.crop}/{stories.ruins}", f"/compare/{stories.mirror}/{stories.ruins}?view=difference",
        f"/compare/{stories.hostile}/{stories.ruins}", "/duplicates", "/duplicates?state=accepted", "/duplicates?state=decided",
        f"/duplicates?decided={stories.crop}-{stories.ruins}", "/sources", f"/sources/{source_id('The Harbour Times')}",
        f"/sources/{source_id('Ministry of Works')}", "/imports", f"/imports/{RUN}", f"/imports/{RUN}?outcome=rejected",
        *(f"/photo/{photo}/custody" for photo in photos), "/audit", "/audit?action=item+added", "/audit?action=nothing",
        "/search-by-image", "/words",
    )  # fmt: skip


def data_address(page: str) -> str:
    """Return the address of a page as data."""
    path, mark, query = page.partition("?")
    return f"{path}.json{mark}{query}"
