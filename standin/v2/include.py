"""``include[]``: fields that are null unless they are asked for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from standin import official
from standin.store import Row, Store
from standin.v2.facts import Endpoint

Data = dict[str, Any]


def shown(store: Store, known: Endpoint, row: Row, included: Collection[str] = ()) -> Data:
    """An object as Stripe sends it: embedded objects in their present state, the hidden null."""
    data = dict(row.data)
    for name, shape in official.fields(official.object_class(known.object)).items():
        if shape.embedded and data[name] is not None:
            data[name] = store.get(data[name], shape.objects[0]).data
    for path in known.hidden:
        if path not in included:
            _clear(data, path.split("."))
    return data


def _clear(data: Data, path: Sequence[str]) -> None:
    """Make a value null, and the hash around it too if nothing else is in it."""
    first, *rest = path
    if data.get(first) is None:
        return
    if rest:
        inner = dict(data[first])
        _clear(inner, rest)
        data[first] = None if all(value is None for value in inner.values()) else inner
    else:
        data[first] = None
