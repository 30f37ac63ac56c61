"""Which objects others can belong or point to."""

from __future__ import annotations

from standin.everything.apis import Apis
from standin.everything.collections import Tie, collections
from standin.store import Row


def listed(apis: Apis, kind: str) -> list[Row]:
    """The live objects of a kind that a list shows: not the account itself among accounts."""
    known = [collection for collection in collections() if kind in collection.kinds]
    lists = [collection for collection in known if not collection.parents] or known
    return [row for row in apis.rows(kind) if any(c.shows(row) for c in lists)]


def owner_ids(apis: Apis, tie: Tie) -> list[str]:
    """The ids of the objects that a tie can lead to, oldest first."""
    ids = [row.data["id"] for row in listed(apis, tie.owner)]
    if tie.through is None:
        return ids
    kind, field = tie.through
    named = {row.data[field] for row in apis.rows(kind)}
    return [owner for owner in ids if owner in named]
