"""Which rows a list's parameters select."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from standin import errors, official
from standin.filters import bounds, check_event_types
from standin.store import Lookup, Row, Span
from standin.v2 import times
from standin.v2.facts import Endpoint, Path

Params = dict[str, Any]
Test = Callable[[Row], bool]
_OPERATORS = ("gt", "gte", "lt", "lte")


def _equals(value: Any, wanted: Any) -> bool:
    return bool(value == wanted)


def _one_of(value: Any, wanted: Any) -> bool:
    return value in wanted


def _is(value: Any, wanted: Any) -> bool:
    """A flag that is null is not set."""
    return bool(value) is wanted


def _holds_all(value: Any, wanted: Any) -> bool:
    return set(wanted) <= set(value)


def _names(value: Any, wanted: Any) -> bool:
    """Whether a hash such as ``{"type": "adjustment", "adjustment": "adj_1"}`` names this id."""
    return isinstance(value, dict) and value.get(value["type"]) == wanted


TESTS: Mapping[str, Callable[[Any, Any], bool]] = {
    "equals": _equals,
    "is": _is,
    "one_of": _one_of,
    "holds_all": _holds_all,
    "names": _names,
}


def tests(endpoint: Endpoint, params: Params) -> list[Test]:
    """What a row must pass. Raises ApiError for an event type that Stripe lacks."""
    found: list[Test] = []
    for name, rule in endpoint.filters.items():
        wanted = params.get(name, rule.default)
        if wanted is None:
            continue
        if name == "types":
            check_event_types(wanted, official.thin_event_types())
        if endpoint.params[name].kind == "hash":
            inner = {(*rule.path, key): value for key, value in wanted.items()}
            found += [partial(_passes, "one_of", path, value) for path, value in inner.items()]
        else:
            found.append(partial(_passes, rule.test, rule.path, wanted))
    return found


def span(params: Params) -> Span:
    """The stretch of time, in milliseconds, that ``created`` in its forms asks for.

    Raises ApiError for what isn't RFC 3339.
    """
    given = params.get("created", {})
    found = Span()
    if isinstance(given, str):
        moment = _moment("created", given)
        found, given = Span(moment, moment), {}
    for operator in _OPERATORS:
        flat = f"created_{operator}"
        for name, text in ((f"created[{operator}]", given.get(operator)), (flat, params.get(flat))):
            if text is not None:
                found = found.narrowed(*bounds({operator: _moment(name, text)}))
    return found


def _passes(test: str, path: Path, wanted: Any, row: Row) -> bool:
    return TESTS[test](Lookup(path).of(row), wanted)


def _moment(name: str, value: str) -> int:
    try:
        return times.parse(value)
    except ValueError as error:
        raise errors.invalid("timestamp", value, name) from error
