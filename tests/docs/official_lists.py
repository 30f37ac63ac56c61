"""Every list endpoint of the official ``stripe`` package, read from its source text."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import stripe

_LISTS = ("ListObject[", "SearchResultObject[")


def list_endpoints() -> frozenset[str]:
    """The paths of all requests that are answered with a list; ids are names in braces."""
    services = Path(stripe.__file__).parent.rglob("*_service.py")
    return frozenset(
        path
        for service in services
        for function in _functions(service)
        if _answers_with_a_list(function)
        for path in _paths(function)
    )


def _functions(file: Path) -> Iterator[ast.FunctionDef]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def _answers_with_a_list(function: ast.FunctionDef) -> bool:
    """Whether the annotation, which is text, says so: ``"ListObject[Charge]"``."""
    answer = function.returns
    return isinstance(answer, ast.Constant) and str(answer.value).startswith(_LISTS)


def _paths(function: ast.FunctionDef) -> Iterator[str]:
    """The paths that a function asks for, ``self._request("get", "/v1/charges", …)``."""
    for node in ast.walk(function):
        match node:
            case ast.Call(
                func=ast.Attribute(attr="_request"),
                args=[
                    ast.Constant(value="get"),
                    ast.Constant(value=path)
                    | ast.Call(func=ast.Attribute(value=ast.Constant(value=path), attr="format")),
                    *_,
                ],
            ):
                yield str(path)
