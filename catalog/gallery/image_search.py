"""Search by image: an uploaded picture is looked for and forgotten."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO, cast

from flask import Blueprint, Response, render_template, request
from flask_wtf.csrf import generate_csrf

from catalog.errors import UsageError
from catalog.gallery.doors import catalogue, desk, pages
from catalog.gallery.json_view import json_answer
from catalog.gallery.rates import require_rate
from catalog.gallery.security import POLICY_WITH_QUERY
from catalog.gallery.speech import _
from catalog.records.pages.image_search import AnswerPage, FoundPhoto
from catalog.store.interface.files import SourceFile
from catalog.workflow.plain import plain

NAME_LETTERS = 200
BLOCK_BYTES = 1 << 20

bp = Blueprint("image_search", __name__)


@bp.get("/search-by-image")
def image_search() -> str:
    """Show the form that takes a picture."""
    return render_template("image_search.html", page=None, shown=None, max_bytes=catalogue().settings.max_file_bytes)


@bp.get("/search-by-image.json")
def image_search_json() -> Response:
    """Return the token that a program must send with a picture, in the header X-CSRFToken or the field csrf_token."""
    return json_answer({"csrf_token": generate_csrf(), "field": "image", "max_bytes": catalogue().settings.max_file_bytes})


@bp.post("/search-by-image")
def search_by_image() -> Response:
    """Show what the uploaded picture is, beside the picture itself as it was decoded."""
    page, preview = _answer()
    shown = f"data:image/jpeg;base64,{base64.b64encode(preview).decode('ascii')}" if preview else None
    largest = catalogue().settings.max_file_bytes
    response = Response(render_template("image_search.html", page=page, shown=shown, max_bytes=largest), mimetype="text/html")
    # The picture travels inside the page, for it is kept nowhere that an address could lead to.
    response.headers["Content-Security-Policy"] = POLICY_WITH_QUERY
    return response


@bp.post("/search-by-image.json")
def search_by_image_json() -> Response:
    """Return what the uploaded picture is, as data."""
    return json_answer(plain(_answer()[0]))


def _answer() -> tuple[AnswerPage, bytes]:
    """Look for the uploaded picture and return the answer with our own JPEG of the picture, empty where there is none.

    Raises UsageError without a picture, and whatever the reading of the file raises.
    """
    require_rate("upload")
    upload = request.files.get("image")
    if upload is None or not upload.filename:
        raise UsageError(_("choose a picture first, then search"))
    name = upload.filename[:NAME_LETTERS]
    with _staged(upload.stream) as path:
        answer = desk().match_file(path)
    if answer.error is not None:
        raise answer.error
    photos = pages().appeared([match.reference for match in answer.matches])
    found = tuple(FoundPhoto(match, photos[match.reference]) for match in answer.matches if match.reference in photos)
    store = catalogue().store
    page = AnswerPage(name, answer.comparable, found, store.undescribed_count(), store.outdated_count())
    return page, answer.picture.preview if answer.picture is not None else b""


@contextmanager
def _staged(stream: IO[bytes]) -> Iterator[Path]:
    """Hold an upload in a staging folder, which the next process removes should this one be killed; raises DiskError.

    The name there is ours: what a browser calls a file never becomes a path.
    """
    digest = hashlib.sha256()
    while block := stream.read(BLOCK_BYTES):
        digest.update(block)
    staging = catalogue().files.staging()
    try:
        yield staging.copy(SourceFile(cast(BinaryIO, stream), "query", stream.tell(), digest.hexdigest())).path
    finally:
        staging.close()
