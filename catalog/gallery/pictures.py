"""The bytes of pictures: previews and thumbnails made by us, shown inline; originals only as a file to save."""

from __future__ import annotations

from flask import Blueprint, Response, abort, send_file

from catalog.gallery.doors import catalogue, pages
from catalog.gallery.security import ORIGINAL_POLICY

BOXES = (160, 400)  # pixels; closed, so that nobody can have every size made
# The name ends in the hash of what the picture was made from, so a copy in a browser never goes stale.
CACHED = "private, max-age=31536000, immutable"
# What an original is called when it is saved; types that the import does not know have no name here.
ENDINGS = {
    "image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp", "image/tiff": "tif", "image/bmp": "bmp",
    "image/avif": "avif", "image/mpo": "mpo", "image/heif": "heif", "image/heic": "heic",
}  # fmt: skip

bp = Blueprint("pictures", __name__)


@bp.get("/previews/<sha256:sha256>.jpg")
def preview(sha256: str) -> Response:
    """Return the preview of a photo that stands here."""
    _require_photo(sha256)
    return _jpeg(catalogue().files.preview(sha256))


@bp.get("/thumbnails/<sha256:sha256>-<int:box>.jpg")
def thumbnail(sha256: str, box: int) -> Response:
    """Return a thumbnail in one of the sizes of `BOXES`."""
    if box not in BOXES:
        abort(404)
    _require_photo(sha256)
    return _jpeg(catalogue().files.thumbnail(sha256, box))


@bp.get("/originals/<sha256:sha256>")
def original(sha256: str) -> Response:
    """Return an original as a file to save, under a policy that lets it do nothing where it is opened all the same."""
    facts = pages().original_facts(sha256)
    ending = ENDINGS.get(facts.media_type, "bin")
    response = send_file(
        catalogue().files.open_original(sha256),
        mimetype="application/octet-stream",
        as_attachment=True,
        download_name=f"{sha256}.{ending}",
        conditional=False,
        etag=sha256,
        max_age=None,
    )
    response.content_length = facts.size_bytes
    response.headers["Content-Security-Policy"] = ORIGINAL_POLICY
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _require_photo(sha256: str) -> None:
    if not pages().has_photo(sha256):
        abort(404)


def _jpeg(content: bytes) -> Response:
    response = Response(content, mimetype="image/jpeg")
    response.headers["Cache-Control"] = CACHED
    return response
