"""Answers of list endpoints: newest first, filtered, a page at a time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import islice
from typing import Any

import orjson

from standin import errors
from standin.account import Account
from standin.expand import Expansion
from standin.facts import Endpoint
from standin.filters import bounds, select
from standin.store import PARENT, Key, Span, Table, walk

MAX_LIMIT = 100
DEFAULT_LIMIT = 10
Params = dict[str, Any]


def page(
    account: Account,
    endpoint: Endpoint,
    params: Params,
    *,
    parent: str | None,
    path: str,
    expansion: Expansion,
) -> bytes:
    """One page as JSON, from typed parameters. Raises ApiError for a bad limit or cursor."""
    limit = _limit(params)
    for names in (("starting_after", "ending_before"), endpoint.exclusive):
        if names and all(name in params for name in names):
            raise errors.exclusive(*names)
    for name, most in endpoint.max_items.items():
        if len(params.get(name, ())) > most:
            raise errors.too_many(name, most)
    table = account.ledger.store.table(endpoint.object)
    if endpoint.object == "event":
        account.ledger.feed.forget_old()
    selection = select(account, endpoint, params)
    keys = table.order(*((PARENT, parent) if endpoint.parent else selection.index))
    descending = not endpoint.oldest_first
    upwards = "ending_before" in params
    first, last = _span(account, endpoint, params).slice(keys)
    cursor = _cursor(account, endpoint, table, params, parent)
    if cursor is not None and upwards == descending:
        first = max(first, bisect_right(keys, cursor))
    elif cursor is not None:
        last = min(last, bisect_left(keys, cursor))
    found = walk(
        keys,
        first,
        last,
        backwards=descending != upwards,
        wanted=lambda key: selection.wants(table.rows[key.id]),
    )
    chosen = list(islice(found, limit + 1))
    shown = chosen[:limit]
    if upwards:
        shown.reverse()
    return _body(
        account, table, shown, has_more=len(chosen) > limit, path=path, expansion=expansion
    )


def visible_until(account: Account, object_name: str) -> int | None:
    """When (unix seconds) objects must have been created to be seen by now; None: no matter."""
    delay = account.delays.get(object_name, 0)
    return account.clock.now() - delay if delay else None


def _limit(params: Params) -> int:
    limit: int = params.get("limit", DEFAULT_LIMIT)
    if not 1 <= limit <= MAX_LIMIT:
        # Stripe clamps the limit without a word; a client that relies on that should know.
        raise errors.invalid("integer", f"limit must be between 1 and {MAX_LIMIT}", "limit")
    return limit


def _span(account: Account, endpoint: Endpoint, params: Params) -> Span:
    span = Span(end=visible_until(account, endpoint.object))
    return span.narrowed(*bounds(params["created"])) if "created" in params else span


def _cursor(
    account: Account, endpoint: Endpoint, table: Table, params: Params, parent: str | None
) -> Key | None:
    for name in ("starting_after", "ending_before"):
        if name in params:
            row_id = params[name]
            if endpoint.object == "event" and row_id in account.ledger.feed.aged_out:
                raise errors.aged_out(row_id, name)
            row = table.rows.get(row_id)
            if row is None or (endpoint.parent and PARENT.of(row) != parent):
                raise errors.missing_object(400, endpoint.object, row_id, name)
            return row.key
    return None


def _body(
    account: Account,
    table: Table,
    keys: Sequence[Key],
    *,
    has_more: bool,
    path: str,
    expansion: Expansion,
) -> bytes:
    renderer = account.ledger.renderer
    parts = [renderer.json(table.rows[key.id], expansion.tree, expansion.signature) for key in keys]
    tail = orjson.dumps({"has_more": has_more, "url": path})
    return b'{"object":"list","data":[' + b",".join(parts) + b"]," + tail[1:]
