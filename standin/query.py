"""The parameters of a request: from ``created[gte]=1&expand[]=data.x`` to checked values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from standin import errors
from standin.official import Parameter

Params = dict[str, Any]
_NAME = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")
INTEGER = re.compile(r"-?\d+")


def parse(pairs: Iterable[tuple[str, str]]) -> Params:
    """Nested parameters: ``a[b]`` becomes a dict, ``a[]`` and ``a[0]`` a list; leaves are text.

    A name that makes no sense stays as it is, so that ``check`` finds it unknown.
    """
    params: Params = {}
    for name, value in pairs:
        match = _NAME.fullmatch(name)
        keys = [match[1], *re.findall(r"\[([^\[\]]*)\]", match[2])] if match else [name]
        if not _place(params, keys, value):
            params[name] = value
    return params


def _place(params: Params, keys: list[str], value: str) -> bool:
    """Put a value where its keys lead; False when something else is there."""
    first, *inner = keys
    if not inner:
        params[first] = value
        return True
    if inner[0] == "" or inner[0].isdigit():
        held = params.setdefault(first, [])
        if not isinstance(held, list) or len(inner) > 1:
            return False
        held.append(value)
        return True
    held = params.setdefault(first, {})
    return isinstance(held, dict) and _place(held, inner, value)


def check(params: Params, known: Mapping[str, Parameter], prefix: str = "") -> Params:
    """The parameters in their types.

    Raises ApiError for unknown names, malformed values, and required ones that are missing.
    """

    def full(name: str) -> str:
        return f"{prefix}[{name}]" if prefix else name

    unknown = [full(name) for name in params if name not in known]
    if unknown:
        raise errors.unknown_parameters(unknown)
    for name, parameter in known.items():
        if parameter.required and name not in params:
            raise errors.missing_parameter(full(name))
    return {name: _typed(full(name), value, known[name]) for name, value in params.items()}


def _typed(name: str, value: Any, parameter: Parameter) -> Any:
    if parameter.kind == "list":
        if not isinstance(value, list):
            raise errors.invalid("array", value, name)
        if parameter.literals and not {*map(str, value)} <= {*parameter.literals}:
            raise errors.invalid_choice(name, parameter.literals)
        return value
    if parameter.fields is not None:
        if isinstance(value, dict):
            return check(value, parameter.fields, name)
        if parameter.kind == "range":
            return integer(name, value)
        raise errors.invalid("object", value, name)
    if not isinstance(value, str):
        raise errors.invalid("string", value, name)
    return _scalar(name, value, parameter)


def _scalar(name: str, value: str, parameter: Parameter) -> Any:
    if value == "":
        raise errors.empty_value(name)
    if parameter.kind == "int":
        return integer(name, value)
    if parameter.kind == "bool":
        if value not in ("true", "false"):
            raise errors.invalid("boolean", value, name)
        return value == "true"
    if parameter.literals and value not in parameter.literals:
        raise errors.invalid_choice(name, parameter.literals)
    return value


def integer(name: str, value: Any) -> int:
    """A whole number. Raises ApiError."""
    if not isinstance(value, str) or not INTEGER.fullmatch(value):
        raise errors.invalid("integer", value, name)
    return int(value)
