"""The glossary has every word of the house, once."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain

from catalog.records.match import RELATIONS
from tests.docs.documents import page, rows

WORDS = [word.strip("`").lower() for row in rows(page("glossary.md")) for word in re.findall(r"\*\*([^*]+)\*\*", row[0])]
# What the product is about, and the standards its words come from.
OF_THE_HOUSE = """photo, picture group, publication, caption, creator, credit line, iptc_source, source, descriptor, query,
reference, candidate, verification, match, distance, threshold, score, derivation, chain, finding, event, ledger, anchor, run,
item, decision, inquiry, manifest, reader, instance, IPTC, IIM, XMP, Exif, EDTF, BCP 47, PREMIS, W3C PROV, C2PA"""


def test_every_word_of_the_house_is_explained() -> None:
    expected = [word.strip().lower() for word in OF_THE_HOUSE.replace("\n", " ").split(",")]
    assert [word for word in expected if word not in WORDS] == []


def test_a_word_is_explained_once_but_for_evidence_which_has_two_meanings() -> None:
    assert [word for word, times in Counter(WORDS).items() if times > 1] == ["evidence"]


def test_every_relation_is_named() -> None:
    relation = next(row[1] for row in rows(page("glossary.md")) if row[0] == "**relation**")
    assert relation.split(", ") == [name.replace("_", " ") for name in RELATIONS]


def test_no_word_is_explained_by_a_word_that_we_do_not_use() -> None:
    avoided = {"fingerprint", "tolerance", "needle", "outlet", "workspace", "importer"}
    said = chain.from_iterable(re.findall(r"[a-z]+", row[1].lower()) for row in rows(page("glossary.md")) if len(row) > 1)
    assert avoided.isdisjoint(said)
