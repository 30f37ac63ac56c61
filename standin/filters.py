"""Which rows a list's parameters select, and which it hides by default."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from standin import errors, official
from standin.account import Account
from standin.facts import Endpoint, Filter, Hide
from standin.store import Lookup, Row

Params = dict[str, Any]
Test = Callable[[Row], bool]


@dataclass
class Selection:
    """A list's choice of rows: an index to start from, and tests that each row must pass."""

    index: tuple[Lookup, Any] | tuple[()] = ()
    tests: list[Test] = field(default_factory=list)

    def wants(self, row: Row) -> bool:
        """Whether the row passes all tests."""
        return all(test(row) for test in self.tests)


def select(account: Account, endpoint: Endpoint, params: Params) -> Selection:
    """The selection for typed parameters. Raises ApiError for an event type that Stripe lacks."""
    selection = Selection()
    for name, rule in endpoint.filters.items():
        if name in params:
            _add(selection, account, endpoint, rule, name, params[name])
    for hide in endpoint.hide:
        if not any(name in params for name in hide.unless):
            selection.tests.append(_visible(hide))
    return selection


def _visible(hide: Hide) -> Test:
    lookup = Lookup((hide.path,), hide.shadow)
    return lambda row: (lookup.of(row) in hide.values) == hide.keep


def _add(
    selection: Selection, account: Account, endpoint: Endpoint, rule: Filter, name: str, value: Any
) -> None:
    lookup = Lookup(rule.path, rule.shadow)
    parameter = endpoint.params[name]
    spelled = str(value).lower() if isinstance(value, bool) else value
    if rule.missing:
        selection.tests.append(lambda row: (lookup.of(row) is None) == value)
    elif rule.child:
        fits = _matcher(value)
        nested = account.ledger.facts.object(endpoint.object).nested[rule.child]
        members = account.ledger.renderer.members
        selection.tests.append(
            lambda row: any(fits(lookup.of(member)) for member in members(nested, row.id))
        )
    elif rule.wildcard:
        pattern = re.compile(re.escape(value).replace(r"\*", ".*"))
        selection.tests.append(lambda row: pattern.fullmatch(str(lookup.of(row))) is not None)
    elif isinstance(spelled, str) and spelled in rule.values:
        choices = rule.values[spelled]
        if choices is not None:
            selection.tests.append(lambda row: lookup.of(row) in choices)
    elif parameter.kind == "hash":
        for key, inner in value.items():
            deeper = Lookup((*rule.path, key), rule.shadow)
            selection.tests.append(_test(deeper, _matcher(inner)))
    elif parameter.kind == "str" and not selection.index:
        selection.index = (lookup, value)
    else:
        if name == "types":
            _check_event_types(value)
        selection.tests.append(_test(lookup, _matcher(value)))


def _test(lookup: Lookup, fits: Callable[[Any], bool]) -> Test:
    return lambda row: fits(lookup.of(row))


def _matcher(wanted: Any) -> Callable[[Any], bool]:
    """Equality with a value, membership of a list, or a range such as ``{"gte": 1}``."""
    if isinstance(wanted, list):
        return lambda value: value in wanted
    if isinstance(wanted, dict):
        start, end = bounds(wanted)
        return lambda value: (
            value is not None
            and (start is None or value >= start)
            and (end is None or value <= end)
        )
    return lambda value: bool(value == wanted)


def bounds(wanted: int | Mapping[str, int]) -> tuple[int | None, int | None]:
    """The first and last second (both included) of a number or of a range in seconds."""
    if isinstance(wanted, int):
        return wanted, wanted
    starts = [wanted["gte"]] if "gte" in wanted else []
    starts += [wanted["gt"] + 1] if "gt" in wanted else []
    ends = [wanted["lte"]] if "lte" in wanted else []
    ends += [wanted["lt"] - 1] if "lt" in wanted else []
    return max(starts, default=None), min(ends, default=None)


def _check_event_types(types: list[str]) -> None:
    for name in types:
        if name not in official.event_types():
            text = f"Invalid types: {name} is not a valid event type"
            raise errors.ApiError(400, text, param="types")
