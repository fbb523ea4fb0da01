"""Every stable code that the program can give is in docs/reason-codes.md, and nothing else is."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.docs.documents import ROOT, named_first, page, rows

CODE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)+")
# A statement that uses one of these names gives a code: every short word in it must be documented.
GIVERS = {
    "code", "codes", "warn", "warnings", "Problem", "_refused", "_refuse", "Alteration", "ALTERATIONS", "reasons", "failure",
    "_WARNING_CODES",
}  # fmt: skip
STATEMENTS = (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Return, ast.Raise, ast.Expr)
# These rooms use the same names for other things: evidence has codes of its own (docs/provenance.md).
ELSEWHERE = {"provenance", "cli", "credits"}
# Short words that stand in such a statement and are no codes.
NOT_CODES: set[str] = set()


def given_codes() -> dict[str, str]:
    """Return every code that the program gives, with one place where it does."""
    found: dict[str, str] = {}
    for path in sorted(ROOT.joinpath("catalog").rglob("*.py")):
        room = path.relative_to(ROOT / "catalog").parts[0]
        if room not in ELSEWHERE:
            for statement in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(statement, STATEMENTS) and _gives(statement, room):
                    found |= {code: _place(path, statement) for code in _words(statement)}
    return {code: place for code, place in found.items() if code not in NOT_CODES}


def _gives(statement: ast.stmt, room: str) -> bool:
    names = set()
    for node in ast.walk(statement):
        if isinstance(node, ast.Name):
            names.add(node.id)
        elif isinstance(node, ast.Attribute):
            names.add(node.attr)
        elif isinstance(node, ast.keyword) and node.arg:
            names.add(node.arg)
        elif isinstance(node, ast.Dict):
            names.update(key.value for key in node.keys if isinstance(key, ast.Constant) and key.value == "code")
    # Imaging appends its warnings to plain lists; metadata keeps them as constants at the top of each file.
    is_appended = room == "imaging" and "append" in names
    is_constant = room == "metadata" and isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant)
    return bool(names & GIVERS) or is_appended or (is_constant and any(name.isupper() for name in names))


def _words(node: ast.AST) -> Iterator[str]:
    """Yield the short words of a statement; keys of objects, and of subscripts that are read, are no codes."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
        yield node.value
    for name, value in ast.iter_fields(node):
        is_read_key = isinstance(node, ast.Subscript) and name == "slice" and isinstance(node.ctx, ast.Load)
        if is_read_key or (isinstance(node, ast.Dict) and name == "keys"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _words(child)


def _place(path: Path, statement: ast.stmt) -> str:
    return f"{path.relative_to(ROOT)}:{statement.lineno}"


def one_word_codes() -> set[str]:
    """Return the codes of the error classes, which may be single words."""
    tree = ast.parse(ROOT.joinpath("catalog", "errors.py").read_text("utf-8"))
    assigned = [
        node.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and node.targets[0].id == "code"
        and isinstance(node.value, ast.Constant)
    ]
    return {str(code) for code in assigned}


def test_every_code_that_the_program_gives_is_documented() -> None:
    documented = set(named_first(page("reason-codes.md")))
    missing = {code: place for code, place in given_codes().items() if code not in documented}
    assert missing == {}
    assert one_word_codes() - documented == set()


def test_every_documented_code_is_one_that_the_program_gives() -> None:
    given = set(given_codes()) | one_word_codes()
    assert [code for code in named_first(page("reason-codes.md")) if code not in given] == []


def test_no_code_is_documented_twice() -> None:
    assert [code for code, times in Counter(named_first(page("reason-codes.md"))).items() if times > 1] == []


def test_every_code_says_what_it_means_and_what_to_do() -> None:
    assert [row for row in rows(page("reason-codes.md")) if len(row) != 3 or not all(row)] == []
