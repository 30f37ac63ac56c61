"""The messages in the tap's code that people can meet, as templates: `…` stands for what varies."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.project import ROOT

_TOLD = ("warning", "error")
_KEPT_IN = {"msg", "message", "line"}
_RETURN_THEM = {"advice.py", "moving_in.py", "problems.py"}
"""Files whose functions return messages, or parts of them."""
_OF_PROGRAMMERS = {"TypeError"}
_WORD = re.compile(r"[a-z]{2}")
_VARIES = re.compile(r"%[-\d.]*[sdfr]|…+")


def messages() -> dict[str, str]:
    """All templates, each with the file that it is in."""
    return {
        template: path.name
        for path in sorted((ROOT / "tap_stripe").rglob("*.py"))
        for template in _in_file(path)
    }


def _in_file(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    as_text = [node for f in functions if f.name == "__str__" for node in ast.walk(f)]
    for node in ast.walk(tree):
        for value in _spoken(node, returns=path.name in _RETURN_THEM or node in as_text):
            for text in _texts(value):
                template = _VARIES.sub("…", text).strip()
                if " " in template and _WORD.search(template):
                    yield template


def _spoken(node: ast.AST, *, returns: bool) -> Iterator[ast.expr]:
    """The expressions of a node that hold a message."""
    if isinstance(node, ast.Call) and node.args and (_raises(node) or _logs(node) or _tells(node)):
        yield node.args[0]
    if isinstance(node, ast.Assign) and {_name(target) for target in node.targets} & _KEPT_IN:
        yield node.value
    if isinstance(node, ast.AugAssign) and _name(node.target) in _KEPT_IN:
        yield node.value
    if isinstance(node, ast.Return) and node.value is not None and returns:
        yield node.value


def _raises(call: ast.Call) -> bool:
    name = ast.unparse(call.func).rpartition(".")[2]
    return name.endswith("Error") and name not in _OF_PROGRAMMERS


def _tells(call: ast.Call) -> bool:
    return ast.unparse(call.func) == "told.append"


def _logs(call: ast.Call) -> bool:
    """Whether a call logs a warning or an error, or that something is tried again."""
    logger, _, level = ast.unparse(call.func).rpartition(".")
    told = level in _TOLD or "Trying again" in ast.unparse(call.args[0])
    return logger.endswith("logger") and told


def _name(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def _texts(node: ast.AST) -> Iterator[str]:
    """The texts in an expression, those that are joined as one."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(_part(part) for part in node.values)
    elif not isinstance(node, ast.FormattedValue):
        for child in ast.iter_child_nodes(node):
            yield from _texts(child)


def _part(part: ast.expr) -> str:
    return str(part.value) if isinstance(part, ast.Constant) else "…"
