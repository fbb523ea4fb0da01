"""Every place where modules of the catalogue wait for the disk, and the catalogue without one of them."""

from __future__ import annotations

import ast
import importlib
import inspect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType, ModuleType

import catalog

_WAITING = {"fsync", "fdatasync", "_sync", "sync_folders", "sync_names"}
# SQLite waits as it is told to; told to wait less, it is the same as a missing sync.
_TOLD, _TOLD_LESS = "synchronous=FULL", "synchronous=OFF"


_ROOT = Path(catalog.__path__[0])


@dataclass(frozen=True, slots=True)
class Place:
    """Hold one statement that waits: its module, the function around it, its line, and what stands there."""

    module: str
    function: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.module.removeprefix('catalog.')}.{self.function}, line {self.line}: {self.text}"


def waiting_places(modules: Sequence[str]) -> list[Place]:
    """Return every statement of modules that waits for the disk, and the setting that makes SQLite wait."""
    found = []
    for module in modules:
        path = _ROOT.joinpath(*module.split(".")[1:]).with_suffix(".py")
        for function, node in _functions(ast.parse(path.read_text("utf-8"))):
            waiting = [one for one in ast.walk(node) if isinstance(one, ast.stmt | ast.expr) and _waits(one)]
            found += [Place(module, function, one.lineno, ast.unparse(one)) for one in waiting]
    return found


def waiting_modules() -> list[str]:
    """Return every module of the catalogue in which something waits for the disk."""
    found = []
    for path in sorted(_ROOT.rglob("*.py")):
        module = ".".join(["catalog", *path.relative_to(_ROOT).with_suffix("").parts])
        if waiting_places([module]):
            found.append(module)
    return found


def taking_out(place: Place) -> Callable[[], None]:
    """Return what replaces, in the process that calls it, the function around a place by one without it."""

    def take_out() -> None:
        module = importlib.import_module(place.module)
        tree = _Without(place.line).visit(ast.parse(inspect.getsource(module)))
        changed = ModuleType(place.module)
        changed.__file__ = module.__file__
        exec(compile(ast.fix_missing_locations(tree), module.__file__ or place.module, "exec"), changed.__dict__)
        _function(module, place.function).__code__ = _function(changed, place.function).__code__

    return take_out


class _Without(ast.NodeTransformer):
    def __init__(self, line: int) -> None:
        self._line = line

    def visit_Expr(self, node: ast.Expr) -> ast.stmt:
        self.generic_visit(node)
        return ast.Pass() if node.lineno == self._line and _waits(node) else node

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        return ast.Constant(_TOLD_LESS) if node.lineno == self._line and node.value == _TOLD else node


def _waits(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return node.value == _TOLD
    if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)):
        return False
    called = node.value.func
    return (called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")) in _WAITING


def _functions(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from ((f"{node.name}.{inner.name}", inner) for inner in node.body if isinstance(inner, ast.FunctionDef))


def _function(module: ModuleType, name: str) -> FunctionType:
    found: object = module
    for part in name.split("."):
        found = getattr(found, part)
    plain = inspect.unwrap(found)  # type: ignore[arg-type]  # it is a function, and `unwrap` wants to hear so
    if not isinstance(plain, FunctionType):
        raise TypeError(f"{module.__name__}.{name} is no function")
    return plain
