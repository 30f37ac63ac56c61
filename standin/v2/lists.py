"""Answers of list endpoints: newest first, filtered, a page at a time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import islice
from typing import Any

from standin import errors
from standin.query import check
from standin.store import Key, Lookup, walk
from standin.v2 import filters
from standin.v2.facts import Endpoint
from standin.v2.include import shown
from standin.v2.pages import Anchor, Pages
from standin.v2.resources import Resources

MAX_LIMIT = 100
DEFAULT_LIMIT = 10


def page(
    resources: Resources,
    endpoint: Endpoint,
    params: dict[str, Any],
    *,
    path: str,
    parent: str | None,
    secret: str,
) -> dict[str, Any]:
    """One page for parameters as ``query.parse`` gives them; ``secret`` seals the page tokens.

    Raises ApiError for a bad parameter or page token.
    """
    given = dict(params)
    token = given.pop("page", None)
    pages = Pages(secret, path, given)
    typed = check(given, endpoint.params)
    limit: int = typed.get("limit", DEFAULT_LIMIT)
    if not 1 <= limit <= MAX_LIMIT:
        raise errors.invalid("integer", f"limit must be between 1 and {MAX_LIMIT}", "limit")
    limit = min(limit, resources.longest_page or limit)
    for name, most in endpoint.max_items.items():
        if len(typed.get(name, ())) > most:
            raise errors.too_many(name, most)
    anchor = None if token is None else pages.read(token)
    found = _found(resources, endpoint, typed, anchor, parent, limit + 1)
    keys, more = found[:limit], len(found) > limit
    newer = anchor is not None and anchor.newer
    if newer:
        keys.reverse()
    older_left, newer_left = (True, more) if newer else (more, anchor is not None)
    next_page = Anchor(keys[-1]) if keys and older_left else None
    previous_page = Anchor(keys[0], newer=True) if keys and newer_left else None
    table = resources.store.table(endpoint.object)
    rows = [table.rows[key.id] for key in keys]
    included = typed.get("include", ())
    return {
        "data": [shown(resources.store, endpoint, row, included) for row in rows],
        "next_page_url": next_page and pages.url(next_page),
        "previous_page_url": previous_page and pages.url(previous_page),
    }


def _found(
    resources: Resources,
    endpoint: Endpoint,
    params: dict[str, Any],
    anchor: Anchor | None,
    parent: str | None,
    most: int,
) -> list[Key]:
    """The keys of rows that are wanted, on the way from the anchor, at most so many."""
    table = resources.store.table(endpoint.object)
    keys = table.order(Lookup((endpoint.link,)), parent) if endpoint.link else table.order()
    span = filters.span(params).narrowed(None, resources.visible_until(endpoint))
    first, last = span.slice(keys)
    newer = anchor is not None and anchor.newer
    if anchor is not None and newer:
        first = max(first, bisect_right(keys, anchor.key))
    elif anchor is not None:
        last = min(last, bisect_left(keys, anchor.key))
    tests = filters.tests(endpoint, params)
    wanted = walk(
        keys,
        first,
        last,
        backwards=not newer,
        wanted=lambda key: all(test(table.rows[key.id]) for test in tests),
    )
    return list(islice(wanted, most))
