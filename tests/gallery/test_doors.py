"""Every answer carries the policy, every change passes the same door, and nothing of a fault is told but its number."""

from __future__ import annotations

import io
import re
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient

from catalog.errors import StoreBusyError, UsageError
from catalog.gallery import create_app
from catalog.gallery.security import HEADERS
from catalog.workflow.keep_secret import secret_of
from tests.gallery.stories import Stories


@pytest.fixture
def faulty(stories: Stories) -> FlaskClient:
    """Return a client of an app with addresses that fail."""
    app = create_app(stories.catalogue)

    def fail() -> str:
        raise ZeroDivisionError("the secret of the house")

    def busy() -> str:
        raise StoreBusyError("another process has been writing for 30 s")

    app.add_url_rule("/fail", "fail", fail)
    app.add_url_rule("/fail.json", "fail_json", fail)
    app.add_url_rule("/busy", "busy", busy)
    app.add_url_rule("/many", "many", lambda: abort(429))
    return app.test_client()


def _token(client: FlaskClient, page: str = "/search-by-image") -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(page).text)
    assert found
    return found[1]


def test_the_policy_is_on_every_answer(faulty: FlaskClient, pages: tuple[str, ...], stories: Stories) -> None:
    answers = [faulty.get(page) for page in pages]
    answers += [faulty.get(address) for address in (
        "/nowhere", "/nowhere.json", "/fail", "/fail.json", "/busy", "/many", "/static/creditline.css", "/static/nothing.css",
        "/healthz", "/readyz", "/api/v1/openapi.json", "/search-by-image.json", f"/previews/{stories.ruins}.jpg",
        f"/thumbnails/{stories.ruins}-160.jpg", f"/originals/{stories.ruins}", "/?sort=sideways", "/.json?sort=sideways",
    )]  # fmt: skip
    answers += [faulty.post("/"), faulty.post("/decisions"), faulty.delete("/"), faulty.open("/", method="TRACE")]
    answers.append(faulty.post("/decisions", data={"reason": "x" * 100_000}))
    answers.append(faulty.get("/", headers={"Host": "evil.example"}))
    for answer in answers:
        answer.close()
    seen = set()
    for answer in answers:
        seen.add(answer.status_code)
        for name, value in HEADERS.items():
            if not (name == "Content-Security-Policy" and "originals" in answer.request.path):
                assert answer.headers.get(name) == value, (answer.request.path, answer.status_code, name)
        assert "charset=utf-8" in answer.content_type or not answer.content_type.startswith("text/"), answer.request.path
    assert seen == {200, 400, 404, 405, 413, 429, 500, 503}


def test_a_fault_is_told_by_its_number_only(faulty: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    for address in ("/fail", "/fail.json"):
        answer = faulty.get(address)
        assert answer.status_code == 500
        assert "secret of the house" not in answer.text
        assert "Traceback" not in answer.text
        number = re.search(r"under the number ([0-9a-f]{8})", answer.text)
        assert number
        assert number[1] in caplog.text


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/photo/" + "0" * 64 + ".json", 404, "not_in_catalogue"),
        ("/nowhere.json", 404, "not_found"),
        ("/.json?sort=up", 400, "usage"),
        ("/busy", 503, "store_busy"),
        ("/sources/nobody.json", 404, "not_in_catalogue"),
        ("/.json?after=a&before=b", 400, "usage"),
    ],
)
def test_errors_on_data_are_problem_documents(faulty: FlaskClient, address: str, status: int, code: str) -> None:
    answer = faulty.get(address, headers={"Accept": "application/json"})
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    assert answer.json is not None
    assert answer.json["status"] == status
    assert answer.json["code"] == code
    assert set(answer.json) == {"type", "title", "status", "detail", "code"}


def test_only_the_own_host_is_answered(client: FlaskClient) -> None:
    for host, status in (
        ("127.0.0.1:5000", 200),
        ("localhost", 200),
        ("[::1]:5000", 200),
        ("[::1].evil.example", 400),
        ("evil.example", 400),
        ("127.0.0.1.evil.example", 400),
    ):
        assert client.get("/", headers={"Host": host}).status_code == status, host


def test_a_change_needs_the_token_of_its_form(client: FlaskClient, stories: Stories) -> None:
    form = {"first": stories.crop, "second": stories.ruins, "verdict": "reject", "reason": "not the same"}
    assert client.post("/decisions", data=form).status_code == 400
    assert client.post("/decisions", data={**form, "csrf_token": "guess"}).status_code == 400
    assert client.post("/search-by-image", data={"image": (io.BytesIO(b"x"), "a.jpg")}).status_code == 400


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "null"}],
)
def test_a_change_that_another_site_asks_for_is_refused(client: FlaskClient, stories: Stories, headers: dict[str, str]) -> None:
    form = {
        "first": stories.crop, "second": stories.ruins, "verdict": "reject", "reason": "no", "csrf_token": _token(client),
    }  # fmt: skip
    assert client.post("/decisions", data=form, headers=headers).status_code == 403


def test_the_session_cookie_is_for_forms_alone(client: FlaskClient, pages: tuple[str, ...]) -> None:
    assert "creditline" not in str(client.get("/").headers.getlist("Set-Cookie"))
    cookies = client.get("/search-by-image").headers.getlist("Set-Cookie")
    (cookie,) = [one for one in cookies if one.startswith("creditline=")]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_form_of_many_parts_is_refused(client: FlaskClient) -> None:
    body = "".join(f'--b\r\nContent-Disposition: form-data; name="f{number}"\r\n\r\nx\r\n' for number in range(600)) + "--b--\r\n"
    answer = client.post("/search-by-image", data=body, headers={"Content-Type": "multipart/form-data; boundary=b"})
    assert answer.status_code == 413


def test_a_file_above_the_limit_is_refused(stories: Stories) -> None:
    small = replace(stories.catalogue, settings=replace(stories.catalogue.settings, max_file_bytes=1000))
    client = create_app(small).test_client()
    token = _token(client)
    answer = client.post("/search-by-image", data={"csrf_token": token, "image": (io.BytesIO(b"x" * 200_000), "a.jpg")})
    assert answer.status_code == 413
    assert "too large" in answer.text


def test_uploads_are_counted(client: FlaskClient, app: Flask, stories: Stories) -> None:
    fresh = create_app(stories.catalogue).test_client()
    token = _token(fresh)
    statuses = [fresh.post("/search-by-image", data={"csrf_token": token}).status_code for _ in range(17)]
    assert statuses[:15] == [400] * 15
    assert statuses[-1] == 429
    assert int(fresh.post("/search-by-image", data={"csrf_token": token}).headers["Retry-After"]) >= 1


def test_an_original_is_a_file_to_save_and_nothing_else(client: FlaskClient, stories: Stories) -> None:
    with client.get(f"/originals/{stories.ruins}") as answer, stories.catalogue.files.open_original(stories.ruins) as kept:
        assert answer.data == kept.read()
    assert answer.headers["Content-Disposition"] == f"attachment; filename={stories.ruins}.jpg"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.content_type == "application/octet-stream"
    assert answer.content_length == len(answer.data)


def test_pictures_made_by_us_may_be_kept_for_good(client: FlaskClient, stories: Stories) -> None:
    for address in (f"/previews/{stories.ruins}.jpg", f"/thumbnails/{stories.ruins}-400.jpg"):
        answer = client.get(address)
        assert answer.content_type == "image/jpeg"
        assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
        assert answer.data[:3] == b"\xff\xd8\xff"


@pytest.mark.parametrize(
    "address",
    ["/previews/{none}.jpg", "/thumbnails/{none}-400.jpg", "/thumbnails/{ruins}-401.jpg", "/originals/{none}",
     "/originals/..%2f..%2fsecret", "/previews/{ruins}.png", "/static/../secret", "/static/%2e%2e/pyproject.toml"],
)  # fmt: skip
def test_no_address_leads_to_a_file_that_is_not_offered(client: FlaskClient, stories: Stories, address: str) -> None:
    assert client.get(address.format(none="0" * 64, ruins=stories.ruins)).status_code == 404


def test_health_tells_no_secret(client: FlaskClient) -> None:
    assert client.get("/healthz").json == {"status": "up"}
    assert client.get("/readyz").json == {"status": "ready"}


def test_the_secret_is_made_once_and_is_the_owners_alone(tmp_path: Path) -> None:
    made = secret_of(tmp_path)
    assert secret_of(tmp_path) == made
    assert len(made) == 32
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600


@pytest.mark.parametrize(("text", "mode", "code"), [("0" * 64, 0o644, "key_readable"), ("short", 0o600, "key_damaged")])
def test_a_secret_that_cannot_be_trusted_is_refused(tmp_path: Path, text: str, mode: int, code: str) -> None:
    (tmp_path / "secret").write_text(text)
    (tmp_path / "secret").chmod(mode)
    with pytest.raises(UsageError) as refused:
        secret_of(tmp_path)
    assert refused.value.code == code


def test_a_decision_leads_back_to_where_it_was_made(
    client: FlaskClient, stories: Stories, monkeypatch: pytest.MonkeyPatch
) -> None:
    decided: list[tuple[object, ...]] = []
    monkeypatch.setattr("catalog.gallery.duplicates.decide", lambda *given: decided.append(given[1:]))
    form = {"first": stories.crop, "second": stories.ruins, "verdict": "reject", "reason": " two frames ", "state": "accepted"}
    own = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}
    answer = client.post("/decisions", data={**form, "csrf_token": _token(client)}, headers=own)
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/duplicates?state=accepted&decided={stories.crop}-{stories.ruins}"
    assert decided == [("reject", stories.crop, stories.ruins, "two frames", "editor")]
    answer = client.post("/decisions", data={**form, "back": "compare", "csrf_token": _token(client)})
    assert answer.headers["Location"] == f"/compare/{stories.crop}/{stories.ruins}#decision"


@pytest.mark.parametrize("changed", [{"first": "x"}, {"second": "0" * 64}, {"first": "../secret"}])
def test_a_decision_on_photos_that_are_not_held_is_refused(
    client: FlaskClient, stories: Stories, changed: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("catalog.gallery.duplicates.decide", lambda *_given: pytest.fail("nothing may be decided"))
    form = {"first": stories.crop, "second": stories.ruins, "verdict": "reject", "reason": "no", **changed}
    assert client.post("/decisions", data={**form, "csrf_token": _token(client)}).status_code in {400, 404}
