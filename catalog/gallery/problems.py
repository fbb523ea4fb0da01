"""What a reader is told when something does not work: one place where errors become pages and problem documents."""

from __future__ import annotations

import secrets
from http import HTTPStatus

from flask import Flask, Response, current_app, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from catalog.errors import CatalogError, ComputeError, ImageError, IntakeError, NotInCatalogueError, StoreBusyError, UsageError
from catalog.gallery.json_view import json_answer
from catalog.gallery.speech import _
from catalog.records.foreign_text import visible

PROBLEM_TYPE = "application/problem+json"
STATUS_OF: tuple[tuple[type[CatalogError], int], ...] = (
    (NotInCatalogueError, 404),
    (UsageError, 400),
    (ImageError, 422),
    (IntakeError, 422),
    (ComputeError, 422),
    (StoreBusyError, 503),
)


def answer_errors(app: Flask) -> None:
    """Give an app its answers to errors."""
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(CatalogError, _answer_named)


def wants_json() -> bool:
    """Tell whether the request asks for data: by its address, or by preferring JSON to HTML."""
    if request.path.endswith(".json") or request.path.startswith("/api/"):
        return True
    best = request.accept_mimetypes.best_match(["text/html", "application/json", PROBLEM_TYPE], default="text/html")
    return best != "text/html"


def _answer_named(error: CatalogError) -> Response:
    status = next((status for kind, status in STATUS_OF if isinstance(error, kind)), 500)
    if status == 404 and not wants_json() and not error.pattern:
        return _answer(status, _("Not kept here: %(address)s", address=visible(request.path)), error.code)
    if status < 500:
        return _answer(status, str(error) if wants_json() else error.said(_), error.code)
    return _answer(status, _log(error), error.code)


def _answer_http(error: HTTPException) -> Response:
    if isinstance(error, InternalServerError):
        return _answer(500, _log(error.original_exception or error), "error")
    status = error.code or 500
    detail = "" if error.description == type(error).description else error.description or ""
    if isinstance(error, CSRFError):
        detail = _("The form is too old, or cookies are off. Open the page again and send the form once more.")
    response = _answer(status, detail, HTTPStatus(status).name.lower(), is_bare=isinstance(error, SecurityError))
    for name, value in error.get_headers(request.environ):
        if name not in {"Content-Type", "Content-Length"}:
            response.headers[name] = value
    return response


def _log(error: BaseException) -> str:
    """Log an error under a number and return the sentence that tells the reader the number, never the trace."""
    number = secrets.token_hex(4)
    # The path is text from outside: escaped, so that a line end in it cannot forge a line of the log.
    current_app.logger.error("error %s in %s %s", number, request.method, ascii(request.path), exc_info=error)
    return _("The error is in the server's log under the number %(number)s.", number=number)


def _answer(status: int, detail: str, code: str, *, is_bare: bool = False) -> Response:
    if wants_json():
        problem = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, "code": code}
        response = json_answer(problem, media_type=PROBLEM_TYPE)
    elif is_bare:
        # The host is not ours, so no address of a page can be built: a line of text says what is wrong.
        response = Response(_("This server answers only at its own address on this machine.") + "\n", mimetype="text/plain")
    else:
        response = Response(render_template("problem.html", status=status, detail=detail, **_words(status)), mimetype="text/html")
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response


def _words(status: int) -> dict[str, str]:
    """Return what is so, and the next step, for each status a reader may meet."""
    known = {
        400: (_("The request makes no sense here"), _("Check the address, or go back and send the form again.")),
        403: (_("That is not allowed"), _("Open the page here and try again from it.")),
        404: (_("Nothing is kept under that address"), _("It may have been undone, or never imported. Search for it instead.")),
        405: (_("That address cannot be used that way"), _("Open it in the browser, or use the form that leads to it.")),
        413: (_("The file is too large"), _("Send a smaller copy of the picture, or use the command “catalog match”.")),
        422: (_("The file could not be read as a picture"), _("Try another copy of the picture.")),
        429: (_("Too many requests at once"), _("Wait a minute, then try again.")),
        503: (_("The catalogue is busy"), _("Somebody is writing to it. Try again in a moment.")),
    }
    title, step = known.get(status, (_("Something went wrong here"), _("Nothing was changed. Try again, or look into the log.")))
    return {"title": title, "step": step}
