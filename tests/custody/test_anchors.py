"""An anchor says what it says, or is refused; a signature fits one statement and one key, and nothing else."""

from __future__ import annotations

import json
import stat
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from catalog.custody import key_file
from catalog.custody.anchors import anchor_text, read_anchor, sealed, statement_alterations
from catalog.custody.key_file import own_key
from catalog.custody.signing import is_signed, sign
from catalog.errors import CustodyError, UsageError
from catalog.lasting import write_lasting
from catalog.records.custody import Anchor, AnchorStatement, Signature

KEY, OTHER_KEY = bytes(range(32)), bytes(32)
HEAD = Anchor(7, "ab" * 32)
SIGNED = sealed(HEAD, "2026-11-22T10:00:00Z", KEY)


def codes(statement: AnchorStatement, public_key: str | None = None) -> list[str]:
    return [found.code for found in statement_alterations(statement, public_key)]


def test_a_signature_is_that_of_rfc_8032() -> None:
    # RFC 8032 §7.1, TEST 2: one byte 0x72.
    key = bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
    made = sign(b"\x72", key)
    assert made.public_key == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
    assert made.value == (
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    assert is_signed(b"\x72", made)


@pytest.mark.parametrize("statement", [SIGNED, sealed(HEAD, "2026-11-22T10:00:00Z", None)])
def test_what_is_written_is_what_is_read(statement: AnchorStatement) -> None:
    assert read_anchor(anchor_text(statement), "a") == statement


def test_the_file_can_be_checked_without_this_program() -> None:
    values = json.loads(anchor_text(SIGNED))
    signature, key = bytes.fromhex(values.pop("signature")), bytes.fromhex(values.pop("public_key"))
    assert values.pop("algorithm") == "Ed25519"
    message = json.dumps(values, sort_keys=True, separators=(",", ":")).encode("ascii")
    Ed25519PublicKey.from_public_bytes(key).verify(signature, message)


def test_an_anchor_of_the_first_version_is_read_as_an_unsigned_one() -> None:
    assert read_anchor(json.dumps({"sequence": 7, "hash": "ab" * 32}), "a") == AnchorStatement(HEAD, "", None)


@pytest.mark.parametrize(
    "changed",
    [
        replace(SIGNED, head=Anchor(6, HEAD.hash)),
        replace(SIGNED, head=Anchor(7, "cd" * 32)),
        replace(SIGNED, made_at="2025-11-22T10:00:00Z"),
        replace(SIGNED, signature=replace(SIGNED.signature or Signature("", ""), value="00" * 64)),
        replace(SIGNED, signature=replace(SIGNED.signature or Signature("", ""), public_key="00" * 32)),
    ],
)
def test_a_changed_statement_no_longer_fits_its_signature(changed: AnchorStatement) -> None:
    assert codes(SIGNED) == []
    assert codes(changed) == ["anchor_altered"]


def test_an_expected_key_refuses_another_one_and_none() -> None:
    assert SIGNED.signature is not None
    expected = SIGNED.signature.public_key
    assert codes(SIGNED, expected) == []
    assert codes(sealed(HEAD, SIGNED.made_at, OTHER_KEY), expected) == ["anchor_of_another_key"]
    assert codes(sealed(HEAD, SIGNED.made_at, None), expected) == ["anchor_of_another_key"]


@pytest.mark.parametrize(
    "text",
    [
        "", "7", "[]", "null", "{}", '{"sequence": "7", "hash": "x"}', '{"sequence": true, "hash": "' + "ab" * 32 + '"}',
        '{"sequence": -1, "hash": "' + "ab" * 32 + '"}', '{"sequence": 1, "hash": "' + "AB" * 32 + '"}', "[" * 100_000,
        anchor_text(SIGNED).replace("creditline-anchor-1", "creditline-anchor-9"),
        anchor_text(SIGNED).replace("Ed25519", "none"), anchor_text(SIGNED).replace('"signature": "', '"signature": "00'),
    ],
)  # fmt: skip
def test_anything_else_is_refused_by_name(text: str) -> None:
    with pytest.raises(UsageError, match=r"^elsewhere\.json: this is no anchor"):
        read_anchor(text, "elsewhere.json")


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_a_signature_fits_one_message_only(message: bytes, other: bytes) -> None:
    assert is_signed(other, sign(message, KEY)) == (message == other)


def test_a_key_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    made = own_key(tmp_path / "key")
    assert own_key(tmp_path / "key") == made
    assert len(made) == 32
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600


def test_of_two_who_make_a_key_one_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = "ab" * 32

    def write_late(path: Path, text: str, mode: int) -> None:
        write_lasting(path, text, mode)
        write_lasting(tmp_path / "key", other, 0o600)

    monkeypatch.setattr(key_file, "write_lasting", write_late)
    assert own_key(tmp_path / "key").hex() == other
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


@pytest.mark.parametrize(("text", "mode", "code"), [("0" * 64, 0o644, "key_readable"), ("short", 0o600, "key_damaged")])
def test_a_key_that_cannot_be_trusted_is_refused(tmp_path: Path, text: str, mode: int, code: str) -> None:
    (tmp_path / "key").write_text(text)
    (tmp_path / "key").chmod(mode)
    with pytest.raises(UsageError) as refused:
        own_key(tmp_path / "key")
    assert refused.value.code == code


def test_without_the_extra_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cryptography.hazmat.primitives.asymmetric", None)
    for fail in (lambda: sign(b"x", KEY), lambda: statement_alterations(SIGNED, None)):
        with pytest.raises(CustodyError, match=r"pip install -e '\.\[anchor\]'") as refused:
            fail()
        assert refused.value.code == "extra_missing"
    assert statement_alterations(sealed(HEAD, "", None), None) == []
