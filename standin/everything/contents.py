"""What an account's lists hold: the truth to compare a reading with."""

from __future__ import annotations

from typing import Any

from standin.account import Account
from standin.everything.apis import Apis
from standin.everything.collections import Collection, collections
from standin.everything.owners import listed
from standin.store import Row

Data = dict[str, Any]


def contents(account: Account) -> dict[str, list[Data]]:
    """Every object that each collection can be made to list, as Stripe sends it, oldest first.

    What a list hides unless it is asked for (canceled subscriptions, inactive prices) is in; what
    is sent only when expanded or included isn't. Parts of the objects may be shared with the
    account: don't change them.
    """
    with account.lock:
        apis = Apis(account)
        return {
            collection.stream: [apis.of(row.object).shown(row) for row in rows(apis, collection)]
            for collection in collections()
        }


def rows(apis: Apis, collection: Collection) -> list[Row]:
    """The rows of a collection, oldest first; those of several kinds one kind after the other."""
    found = [row for kind in collection.kinds for row in apis.rows(kind) if collection.shows(row)]
    for tie in collection.parents:
        owners = {row.id for row in listed(apis, tie.owner)}
        found = [row for row in found if tie.lookup.of(row) in owners]
    return found
