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
from standin.store import Collection, Key, Span, walk

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
    _check(endpoint, params)
    asked = params.get("limit", endpoint.default_limit)
    limit = min(asked, account.longest_page or asked)
    collection = account.ledger.store.collection(endpoint.objects)
    if endpoint.object == "event":
        account.ledger.feed.forget_old()
    selection = select(account, endpoint, params, parent)
    keys = collection.order(*selection.index)
    descending = not endpoint.oldest_first
    upwards = "ending_before" in params
    first, last = _span(account, endpoint, params).slice(keys)
    cursor = _cursor(account, endpoint, collection, params, parent)
    if cursor is not None and upwards == descending:
        first = max(first, bisect_right(keys, cursor))
    elif cursor is not None:
        last = min(last, bisect_left(keys, cursor))
    found = walk(
        keys,
        first,
        last,
        backwards=descending != upwards,
        wanted=lambda key: selection.wants(collection.rows[key.id]),
    )
    whole = "limit" not in endpoint.params
    chosen = list(found if whole else islice(found, limit + 1))
    shown = chosen if whole else chosen[:limit]
    if upwards:
        shown.reverse()
    more = len(chosen) > len(shown)
    return _body(account, collection, shown, has_more=more, path=path, expansion=expansion)


def visible_until(account: Account, object_name: str) -> int | None:
    """When (unix seconds) objects must have been created to be seen by now; None: no matter."""
    delay = account.delays.get(object_name, 0)
    return account.clock.now() - delay if delay else None


def _check(endpoint: Endpoint, params: Params) -> None:
    """Raises ApiError for values that are out of range or don't go together."""
    most = endpoint.max_limit
    if not 1 <= params.get("limit", 1) <= most:
        # Stripe clamps the limit without a word; a client that relies on that should know.
        raise errors.invalid("integer", f"limit must be between 1 and {most}", "limit")
    for names in (("starting_after", "ending_before"), endpoint.exclusive):
        if names and all(name in params for name in names):
            raise errors.exclusive(*names)
    for name, most in endpoint.max_items.items():
        if len(params.get(name, ())) > most:
            raise errors.too_many(name, most)
    if endpoint.aligned:
        seconds = endpoint.aligned.seconds[params.get(endpoint.aligned.by, "")]
        for name in endpoint.aligned.params:
            if params[name] % seconds:
                raise errors.not_aligned(name, seconds)


def _span(account: Account, endpoint: Endpoint, params: Params) -> Span:
    span = Span(end=visible_until(account, endpoint.object))
    return span.narrowed(*bounds(params["created"])) if "created" in params else span


def _cursor(
    account: Account,
    endpoint: Endpoint,
    collection: Collection,
    params: Params,
    parent: str | None,
) -> Key | None:
    for name in ("starting_after", "ending_before"):
        if name in params:
            row_id = params[name]
            if endpoint.object == "event" and row_id in account.ledger.feed.aged_out:
                raise errors.aged_out(row_id, name)
            row = collection.rows.get(row_id)
            if row is None or (endpoint.parent and endpoint.parent.lookup.of(row) != parent):
                raise errors.missing_object(400, endpoint.object, row_id, name)
            return row.key
    return None


def _body(
    account: Account,
    collection: Collection,
    keys: Sequence[Key],
    *,
    has_more: bool,
    path: str,
    expansion: Expansion,
) -> bytes:
    renderer = account.ledger.renderer
    rows = [collection.rows[key.id] for key in keys]
    parts = [renderer.json(row, expansion.tree, expansion.signature) for row in rows]
    tail = orjson.dumps({"has_more": has_more, "url": path})
    return b'{"object":"list","data":[' + b",".join(parts) + b"]," + tail[1:]
