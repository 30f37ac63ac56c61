"""Which rows a list's parameters select, and which it hides by default."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from standin import errors, official
from standin.account import Account
from standin.facts import Endpoint, Filter, Hide, Nested
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


def select(
    account: Account, endpoint: Endpoint, params: Params, parent: str | None = None
) -> Selection:
    """The selection for typed parameters, of a parent's children if there is one.

    Raises ApiError for an event type that Stripe lacks, and for what isn't modelled.
    """
    selection = Selection((endpoint.parent.lookup, parent) if endpoint.parent else ())
    for name, rule in endpoint.filters.items():
        if name not in params:
            continue
        value = params[name]
        _check(rule, name, value)
        plain = rule.plain and endpoint.params[name].kind == "str" and value not in rule.values
        if plain and not selection.index:
            selection.index = (rule.lookup, value)
        else:
            selection.tests.extend(_tests(account, endpoint, name, value))
    for hide in endpoint.hide:
        if not any(name in params for name in hide.unless):
            selection.tests.append(_visible(hide))
    return selection


def _visible(hide: Hide) -> Test:
    return lambda row: (hide.lookup.of(row) in hide.values) == hide.keep


def _check(rule: Filter, name: str, value: Any) -> None:
    if rule.modelled is not None and value not in rule.modelled:
        raise errors.not_modelled(name, value)
    if name == "types":
        check_event_types(value, official.event_types())


def _tests(account: Account, endpoint: Endpoint, name: str, value: Any) -> Iterator[Test]:
    """The tests that a parameter's value means, by its rule and its type."""
    rule = endpoint.filters[name]
    lookup = rule.lookup
    spelled = str(value).lower() if isinstance(value, bool) else value
    if rule.modelled is not None:
        return
    if rule.compare:
        yield _test(lookup, _matcher({rule.compare: value}))
    elif rule.missing:
        yield _test(lookup, lambda found: (found is None) == value)
    elif rule.child:
        nested = account.ledger.facts.object(endpoint.object).nested[rule.child]
        yield _any_member(account, nested, _test(lookup, _matcher(value)))
    elif rule.wildcard:
        pattern = re.compile(re.escape(value).replace(r"\*", ".*"))
        yield _test(lookup, lambda found: pattern.fullmatch(str(found)) is not None)
    elif isinstance(spelled, str) and spelled in rule.values:
        choices = rule.values[spelled]
        if choices is not None:
            yield _test(lookup, _matcher(choices))
    elif endpoint.params[name].kind == "hash":
        for key, inner in value.items():
            yield _test(Lookup((*rule.path, key), rule.shadow), _matcher(inner))
    else:
        yield _test(lookup, _matcher(value))


def _any_member(account: Account, nested: Nested, test: Test) -> Test:
    members = account.ledger.renderer.members
    return lambda row: any(test(member) for member in members(nested, row.id))


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


def check_event_types(types: Iterable[str], known: Container[str]) -> None:
    """Raises ApiError for an event type that Stripe lacks."""
    for name in types:
        if name not in known:
            text = f"Invalid types: {name} is not a valid event type"
            raise errors.ApiError(400, text, param="types")
