"""The door that every request and every answer passes: policy headers, same origin for changes, pinned hosts."""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Flask, Response, abort, request
from werkzeug.exceptions import SecurityError

from catalog.gallery.speech import _

POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# The answer to a search by image shows the picture that was sent, which stands in the page itself: a JPEG of ours.
POLICY_WITH_QUERY = POLICY.replace("img-src 'self'", "img-src 'self' data:")
# An original is bytes from anywhere: a browser that opens one in spite of everything finds nothing it may do.
ORIGINAL_POLICY = "sandbox; default-src 'none'"
FEATURES = (
    "accelerometer",
    "camera",
    "clipboard-read",
    "display-capture",
    "geolocation",
    "gyroscope",
    "microphone",
    "payment",
    "usb",
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in FEATURES),
    "X-Frame-Options": "DENY",
}
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
FORM_BYTES = 64 * 1024
FORM_PARTS = 50
FORM_MEMORY_BYTES = 512 * 1024
# Flask's own TRUSTED_HOSTS knows no IPv6 address (Werkzeug 3.1 cuts a name at its first colon), so the check is ours.
LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:\d{1,5})?")
# Filled by the page that takes a file: its endpoints may send more than a form of words.
UPLOAD_ENDPOINTS = frozenset({"image_search.search_by_image", "image_search.search_by_image_json"})


def guard(app: Flask, max_upload_bytes: int) -> None:
    """Put the door before every request and after every answer of an app; it must be called before the form tokens are."""
    app.config.update(
        MAX_CONTENT_LENGTH=FORM_BYTES,
        MAX_FORM_MEMORY_SIZE=FORM_MEMORY_BYTES,
        MAX_FORM_PARTS=FORM_PARTS,
        SESSION_COOKIE_NAME="creditline",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
    )

    @app.before_request
    def _check() -> None:
        _require_own_machine()
        _require_own_host()
        if request.endpoint in UPLOAD_ENDPOINTS:
            request.max_content_length = max_upload_bytes + FORM_BYTES
        if request.method not in SAFE_METHODS:
            _require_same_origin()

    @app.after_request
    def _seal(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return _revalidated(response)


def _revalidated(response: Response) -> Response:
    """Give a page or its data a tag, so that a browser that has it already is told so in a few bytes."""
    is_page = response.mimetype in {"text/html", "application/json"} and not response.direct_passthrough
    if request.method in {"GET", "HEAD"} and response.status_code == 200 and is_page:
        response.add_etag()
        response.make_conditional(request)
    return response


def _require_own_machine() -> None:
    """Refuse a request that comes from another machine: whoever serves the app at an open address by other means serves nobody.

    A server on a socket in the file system states no address; only this machine reaches that.
    """
    address = request.remote_addr
    try:
        is_own = not address or ip_address(address).is_loopback
    except ValueError:
        is_own = False
    if not is_own:
        raise SecurityError


def _require_own_host() -> None:
    """Refuse a request under a name that is not this machine's own: a page elsewhere may have its name point here."""
    named = _HOST.fullmatch(request.host.lower())
    if named is None or named[1] not in LOOPBACK:
        raise SecurityError


def _require_same_origin() -> None:
    """Refuse a change that another site asked for; the form token is checked as well, by its own library."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    # Our own policy of no referrer makes browsers send "Origin: null" with our own forms, so what they say of the site counts
    # first; only a client that does not say it is asked for its origin.
    is_own = site == "same-origin" if site is not None else origin is None or urlsplit(origin).netloc == request.host
    if not is_own:
        abort(403, _("This form was sent from another site. Open the page here and send it again."))
