from __future__ import annotations

from importlib import metadata

import pytest

from catalog.cli import opening
from catalog.errors import SettingsError
from catalog.settings import Settings
from catalog.workflow.require_libraries import DISTRIBUTION, require_libraries

STATED = ("Pillow>=12.3", "opencv-python-headless<5,>=4.11", "Jinja2", 'cryptography>=45; extra == "anchor"')


def installed(**versions: str) -> dict[str, str]:
    return {"Pillow": "12.3.0", "opencv-python-headless": "4.11.0.86", "Jinja2": "2.0", **versions}


@pytest.mark.parametrize("version", ["12.3.0", "12.3", "12.10", "13.0.0.dev0", "100"])
def test_a_library_as_new_as_asked_for_is_let_pass(version: str) -> None:
    require_libraries(STATED, installed(Pillow=version).__getitem__)


@pytest.mark.parametrize("version", ["12.2.9", "9.5.0", "12", ""])
def test_an_older_library_is_refused_by_name_and_says_what_is_needed(version: str) -> None:
    with pytest.raises(SettingsError, match=r"Pillow .*12\.3 or newer") as caught:
        require_libraries(STATED, installed(Pillow=version).__getitem__)
    assert caught.value.code == "library_too_old"


def test_a_library_that_is_not_there_is_named() -> None:
    with pytest.raises(SettingsError, match="no-such-library is not installed") as caught:
        require_libraries(["no-such-library>=1"])
    assert caught.value.code == "library_missing"


def test_what_is_installed_here_states_the_decoders_and_is_new_enough() -> None:
    stated = metadata.requires(DISTRIBUTION) or []
    assert {"Pillow>=12.3", "ExifRead>=3.5.1", "Werkzeug>=3.1.6", "Flask>=3.1.3"} <= set(stated)
    require_libraries()


def test_no_catalogue_is_opened_with_an_older_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "requires", lambda _name: ["Pillow>=10000"])
    with pytest.raises(SettingsError):
        opening.build_catalogue(Settings())
