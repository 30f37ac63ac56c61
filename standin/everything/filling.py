"""Fills an account with objects of every kind, spread over time and over their parents."""

from __future__ import annotations

import random
from collections.abc import Iterator

from standin.account import Account
from standin.events import RETENTION
from standin.everything.apis import Apis
from standin.everything.collections import Tie, collections
from standin.everything.contents import rows
from standin.everything.making import COME_BY_THEMSELVES, Maker
from standin.everything.owners import owner_ids
from standin.everything.vocabulary import DAY
from standin.render import NESTED_LIMIT

_DAYS = 400
_SAME_SECOND = 0.1  # chance that an object was made in the second of the one before
_FEWEST = 4
_PAID_OUT = 2 / 3
_MANY = NESTED_LIMIT + 2


def fill(account: Account, *, each: int, seed: int) -> dict[str, int]:
    """Make ``each`` objects in every collection, in the last 400 days.

    The first parent of every kind has more members than Stripe shows in a nested list, the second
    has none. Returns how many objects each collection holds, by its stream's name. The same seed
    makes the same objects in an equal account. Raises ValueError if ``each`` is below four, since
    some lists are of four kinds of objects, which others need.
    """
    if each < _FEWEST:
        raise ValueError(f"each must be at least {_FEWEST}, not {each}")
    rng = random.Random(seed)  # noqa: S311 - repeatable on purpose
    with account.lock:
        apis = Apis(account)
        maker = Maker(apis, rng)
        for collection in collections():
            if COME_BY_THEMSELVES.isdisjoint(collection.kinds):
                owners = {tie: _spread(apis, rng, tie, each) for tie in collection.ties}
                for time in _times(rng, account.clock.now(), each):
                    chosen = {tie: next(ids) for tie, ids in owners.items()}
                    maker.make(collection, time, chosen, silent=True)
        _pay_out(account, rng)
        _remember(apis, rng, account.clock.now(), each)
        return {c.stream: len(rows(apis, c)) for c in collections()}


def _pay_out(account: Account, rng: random.Random) -> None:
    """Let automatic payouts settle transactions, two of three."""
    payouts = [payout["id"] for payout in account.all("payout") if payout["automatic"]]
    for transaction in account.all("balance_transaction"):
        if payouts and rng.random() < _PAID_OUT:
            account.update(transaction["id"], payout=rng.choice(payouts), silent=True)


def _remember(apis: Apis, rng: random.Random, now: int, count: int) -> None:
    """Write so many events of each API, about any objects, in the time that they are kept."""
    kinds = list(dict.fromkeys(kind for c in collections() for kind in c.kinds))
    for api in (apis.v1, apis.v2):
        rows = [row for kind in kinds if apis.of(kind) is api for row in apis.rows(kind)]
        for time in sorted(now - rng.randint(0, RETENTION - 1) for _ in range(count)):
            while not api.remember(rng.choice(rows), time):
                pass


def _times(rng: random.Random, now: int, count: int) -> list[int]:
    """Times (unix seconds) before now, oldest first, some of them equal."""
    times = sorted(now - rng.randint(1, _DAYS * DAY) for _ in range(count))
    for place in range(1, count):
        if rng.random() < _SAME_SECOND:
            times[place] = times[place - 1]
    return times


def _spread(apis: Apis, rng: random.Random, tie: Tie, count: int) -> Iterator[str]:
    """Owners for so many objects: the first for many, the second for none, any for the others."""
    ids = owner_ids(apis, tie)
    for place in range(count):
        yield ids[0] if place < _MANY or len(ids) < 3 else rng.choice(ids[2:])
