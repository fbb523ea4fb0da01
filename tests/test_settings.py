"""What the environment may say, and what is refused before anything is opened."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.errors import SettingsError
from catalog.settings import PREFIX, Settings, read_settings

NUMBERS = [field.name for field in fields(Settings) if type(getattr(Settings(), field.name)) in (int, float)]


def test_without_an_environment_the_defaults_hold() -> None:
    assert read_settings({"HOME": "/root", "CATALOGUE": "another program's"}) == Settings()


def test_each_setting_is_read_by_its_own_type() -> None:
    given_values = {
        "CATALOG_INSTANCE": "~/desk", "CATALOG_DATABASE_URL": "sqlite:////srv/catalog.sqlite", "CATALOG_STORE_URL": "file:///srv/kept",
        "CATALOG_WORKERS": "3", "CATALOG_TIMEZONE": "Europe/Kyiv", "CATALOG_HOST": "::1", "CATALOG_PORT": "8080",
        "CATALOG_MAX_FILE_BYTES": "1000", "CATALOG_WORKER_TIMEOUT_SECONDS": "2.5",
        "CATALOG_THRESHOLDS": "/srv/thresholds.json", "CATALOG_MODEL": "/srv/name.onnx",
    }  # fmt: skip
    assert set(given_values) == {PREFIX + field.name.upper() for field in fields(Settings)}
    assert read_settings(given_values) == Settings(
        instance=Path("~/desk").expanduser(), database_url="sqlite:////srv/catalog.sqlite", store_url="file:///srv/kept",
        workers=3, timezone="Europe/Kyiv", host="::1", port=8080, max_file_bytes=1000, worker_timeout_seconds=2.5,
        thresholds="/srv/thresholds.json", model="/srv/name.onnx",
    )  # fmt: skip


def test_a_setting_nobody_knows_is_an_error_that_lists_those_there_are() -> None:
    with pytest.raises(SettingsError, match=r"CATALOG_INSTANSE is not a setting.*CATALOG_INSTANCE") as caught:
        read_settings({"CATALOG_INSTANSE": "x"})
    assert caught.value.code == "bad_setting"


@given(st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ_", min_size=1))
def test_no_key_with_the_prefix_is_passed_over(name: str) -> None:
    known = {field.name.upper() for field in fields(Settings)}
    if name not in known:
        with pytest.raises(SettingsError):
            read_settings({PREFIX + name: ""})


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("text", ["", "many", "-1", "nan", "inf", "1e999"])
def test_a_number_that_cannot_be_used_is_refused_with_its_key(name: str, text: str) -> None:
    key = PREFIX + name.upper()
    with pytest.raises(SettingsError, match=key):
        read_settings({key: text})


def test_a_number_that_cannot_be_read_is_told_in_words_for_people() -> None:
    with pytest.raises(SettingsError, match=r"^CATALOG_WORKERS='two' cannot be used: it must be a whole number$"):
        read_settings({"CATALOG_WORKERS": "two"})
    with pytest.raises(SettingsError, match=r"cannot be used: it must be a number$"):
        read_settings({"CATALOG_WORKER_TIMEOUT_SECONDS": "soon"})


@pytest.mark.parametrize("port", ["65536", "100000"])
def test_a_port_above_the_last_one_is_refused(port: str) -> None:
    with pytest.raises(SettingsError, match="CATALOG_PORT"):
        read_settings({"CATALOG_PORT": port})


@pytest.mark.parametrize("zone", ["Moscow time", "Europe", "../../etc/passwd", "/etc/localtime", "Europe/\0"])
def test_a_time_zone_is_an_iana_name(zone: str) -> None:
    with pytest.raises(SettingsError, match="CATALOG_TIMEZONE"):
        read_settings({"CATALOG_TIMEZONE": zone})


def test_the_database_lies_in_the_instance_unless_it_is_named() -> None:
    assert Settings(instance=Path("/srv/desk")).resolved_database_url == "sqlite:////srv/desk/catalog.sqlite"
    assert Settings(database_url="sqlite:////srv/other.sqlite").resolved_database_url == "sqlite:////srv/other.sqlite"


def test_the_originals_lie_in_the_instance_unless_a_folder_is_named() -> None:
    assert Settings(instance=Path("/srv/desk")).resolved_store_folder == Path("/srv/desk/originals")
    assert Settings(store_url="file:///srv/kept").resolved_store_folder == Path("/srv/kept")


def test_a_store_that_is_no_folder_is_refused_by_name() -> None:
    with pytest.raises(SettingsError, match=r"CATALOG_STORE_URL='s3://bucket'.*file://"):
        _ = Settings(store_url="s3://bucket").resolved_store_folder


def test_without_a_number_there_is_a_worker_for_every_core() -> None:
    assert Settings(workers=0).worker_count >= 1
    assert Settings(workers=5).worker_count == 5
