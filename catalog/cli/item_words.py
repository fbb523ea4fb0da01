"""What is said of one item of an import: what is odd or wrong, where it stands, and what to do, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from catalog.cli.language import said_as, spoken_language
from catalog.records.code_words import CODE_WORDS, REJECTED, WARNING, WARNING_IN_COLUMNS, WHAT_TO_DO

if TYPE_CHECKING:
    from catalog.records.keeping import ItemOutcome


class ItemWords:
    """Say what became of items; what to do about a code is said with the first item that has it."""

    def __init__(self) -> None:
        """Begin with nothing said, at the moment of the import."""
        self._said: set[str] = set()
        self._at = datetime.now(UTC)

    def lines(self, outcome: ItemOutcome, *, with_warnings: bool) -> Iterator[str]:
        """Yield a line for a rejection, or one for each warning."""
        if outcome.outcome == "rejected":
            yield self._rejected(outcome)
        elif with_warnings:
            for code in outcome.warnings:
                yield self._warning(outcome, code)

    def _rejected(self, outcome: ItemOutcome) -> str:
        code, sentence = str(outcome.reason), str(outcome.message)
        is_english = spoken_language() == "en" or code not in CODE_WORDS
        told = sentence if is_english else f"{said_as(CODE_WORDS[code][0])} [{sentence}]"
        line = said_as(REJECTED) % {"item": outcome.item, "code": code, "told": told}
        # Most of our sentences say behind a semicolon what to do, nearer to the case than any table.
        return line if is_english and ";" in sentence else self._with_advice(line, code)

    def _warning(self, outcome: ItemOutcome, code: str) -> str:
        from catalog.workflow.place_warnings import columns_of_warning

        words = said_as(CODE_WORDS[code][0]) if code in CODE_WORDS else code
        columns = ", ".join(columns_of_warning(code, outcome.raw_row, self._at))
        pattern = said_as(WARNING_IN_COLUMNS if columns else WARNING)
        return self._with_advice(pattern % {"item": outcome.item, "columns": columns, "code": code, "told": words}, code)

    def _with_advice(self, line: str, code: str) -> str:
        if code in self._said or code not in CODE_WORDS:
            return line
        self._said.add(code)
        return f"{line}. {said_as(WHAT_TO_DO) % {'advice': said_as(CODE_WORDS[code][1])}}"
