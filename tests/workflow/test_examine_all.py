from __future__ import annotations

from hashlib import sha256

from catalog.compute.inline import InlineExecutor
from catalog.records.comparable import Comparable
from catalog.workflow.examine_all import PAIRS_AT_ONCE, examine_all


def plain(name: str) -> Comparable:
    return Comparable(sha256(name.encode()).hexdigest(), None, 1, 8, 8, True, (), b"")


def test_a_list_longer_than_one_request_is_examined_whole_and_in_order() -> None:
    references = [plain(str(number)) for number in range(3 * PAIRS_AT_ONCE + 1)]
    asked = [(plain("first"), references), (plain("second"), []), (plain("third"), references[:1])]
    with InlineExecutor() as executor:
        found = list(examine_all(executor, asked))
    assert [one.query.sha256 for one in found] == [query.sha256 for query, _ in asked]
    assert [len(one.found) for one in found] == [len(references), 0, 1]
    assert [one.reference for one in found[0].found] == [one.sha256 for one in references]
    assert all(one.error is None for one in found)
