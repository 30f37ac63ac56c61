"""Values that fit their columns.

Stripe's API is versioned, so a value of another type than the schema's comes next to never. But a
single one would stop the load of its table in every run from then on. Columns of text and of JSON
take whatever comes; those of numbers and truth values don't.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Record = dict[str, Any]
Misfit = Callable[[str, Any], None]

_LEAST, _MOST = -(2**63), 2**63 - 1
"""What a whole number in a warehouse can hold."""
_NONE = type(None)
_PYTHON_TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "object": (dict,),
    "array": (list,),
    "null": (_NONE,),
}


def compile_fit(
    schema: Mapping[str, Any], misfit: Misfit = lambda _, __: None
) -> Callable[[Record], Record]:
    """Make the function that sees to it that a record fits its columns.

    Args:
        schema: JSON Schema of the record.
        misfit: Told the column and the value of whatever does not fit.

    Returns:
        A function from a shaped record to one in which misfits are null. The original is left as
        it was, and returned where all fits.
    """
    kinds = {name: _kinds(column["type"]) for name, column in schema["properties"].items()}
    whole = tuple(name for name in kinds if kinds[name] <= {int, _NONE})
    others = tuple(
        (name, kinds[name])
        for name in kinds
        if name not in whole and kinds[name] <= {int, float, bool, _NONE}
    )

    def fit(record: Record) -> Record:
        value_of, misfits = record.get, []
        for name in whole:
            value = value_of(name)
            if value is not None and (type(value) is not int or not _LEAST <= value <= _MOST):
                misfits.append(name)
        for name, allowed in others:
            value = value_of(name)
            if value is not None and type(value) not in allowed:
                misfits.append(name)
        if not misfits:
            return record
        for name in misfits:
            misfit(name, record[name])
        return {**record, **dict.fromkeys(misfits)}

    return fit


def conform(schema: Mapping[str, Any], record: Record) -> Record:
    """Keep of a record only the columns whose values are of their declared type.

    For objects in an API version other than the schema's: a deleted object is only to be had as
    its event showed it. Fields that have since changed their type would break the table.
    """
    fitting = {}
    for name, value in record.items():
        kinds = _kinds(schema["properties"][name]["type"])
        if isinstance(value, dict) and str in kinds:
            value = value.get("id")  # noqa: PLW2901
        fitting[name] = value if type(value) in kinds else None
    return fitting


def _kinds(types: str | list[str]) -> frozenset[type]:
    names = [types] if isinstance(types, str) else types
    return frozenset(kind for name in names for kind in _PYTHON_TYPES[name])
