"""Every warning and every reason of a rejection has words and advice, the same as the page of codes has."""

from __future__ import annotations

import re

from catalog.records.code_words import CODE_WORDS
from tests.docs.documents import page

# Sections of the page whose codes may stand on an item of an import.
SECTIONS = (
    "Reasons: the file", "Reasons: the picture", "Reasons: the manifest as a whole", "Reasons: one row of a manifest",
    "Reasons: a saved page", "Reasons: work in other processes", "Warnings: ",
)  # fmt: skip
ROW = re.compile(r"\| `(\w+)` \| (.*) \| (.*) \|")


def _plain(text: str) -> str:
    return re.sub(
        r"`([^`]*)`",
        "\N{LEFT DOUBLE QUOTATION MARK}\\1\N{RIGHT DOUBLE QUOTATION MARK}",
        re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text),
    )


def _documented() -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for section in page("reason-codes.md").split("\n## ")[1:]:
        if section.startswith(SECTIONS):
            found |= {code: (_plain(words), _plain(advice)) for code, words, advice in ROW.findall(section)}
    return found


def test_the_words_and_the_advice_are_those_of_the_page_of_codes() -> None:
    documented = _documented()
    assert len(documented) > 80
    assert documented == CODE_WORDS
