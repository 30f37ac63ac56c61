"""A believable demo account: a subscription business, two years old and still in business.

Everything follows from the seed and the clock: the same call gives the same account, byte by byte.
"""

from __future__ import annotations

from random import Random

from standin import Account, Clock
from standin.demo.business import Business
from standin.demo.catalog import open_catalog
from standin.demo.dates import DAY, add_months, epoch
from standin.demo.deeds.book import Book
from standin.demo.desk import Desk
from standin.demo.dice import token

__all__ = ["build", "business_goes_on"]

NOW = epoch(2026, 11, 1, 9)
"""The account's time when nothing else is asked for."""

_YEARS = 2
_KEPT = 30 * DAY
"""How long Stripe keeps events."""
_ROUND = 28 * DAY
_SIGNUPS_AT_FIRST, _SIGNUPS_NOW = 0.42, 0.85
_FOUNDING_CUSTOMERS = 14
_LARGE_CUSTOMERS = ((20, 12), (55, 25), (90, 130), (140, 0))
"""Large contracts of the first months: day of signature and cost centres on the invoice."""


def build(
    seed: int = 7, now: int | None = None, scale: float = 1.0, book: Book | None = None
) -> Account:
    """The demo account as it stands at ``now`` (Unix seconds; by default a fixed day).

    ``scale`` multiplies the number of sign-ups. The account's clock stands at ``now``. What the
    business does is noted in ``book``.
    """
    now = NOW if now is None else now
    opening = add_months(now, -12 * _YEARS)
    rng = Random(f"{seed}/{float(scale)}")  # noqa: S311 - repeatable on purpose
    account = Account(clock=Clock(opening), id=token(rng, "acct_1", 15), seed=seed)
    desk = Desk(account, rng, book, quiet_until=now - _KEPT)
    open_catalog(desk)
    business = Business(desk)
    business.open(round(_FOUNDING_CUSTOMERS * scale) + 1)
    for day, cost_centers in _LARGE_CUSTOMERS:
        business.plan_contract(opening + day * DAY, cost_centers)
    business.plan_withdrawal(opening + 240 * DAY, "classic")
    while desk.now < now:
        start, end = desk.now, min(desk.now + _ROUND, now)
        age = (start - opening) / (now - opening)
        rate = _SIGNUPS_AT_FIRST + (_SIGNUPS_NOW - _SIGNUPS_AT_FIRST) * age
        business.plan_round(start, end)
        business.work_until(end, rate * scale)
    return account


def business_goes_on(account: Account, days: int, book: Book | None = None) -> None:
    """Continue the business of a demo account by some days from its clock.

    Renewals, sign-ups, payments and payouts happen as they are due; besides, every kind of thing
    that a business does now and then is done at least once, so that most tables change. It is all
    noted in ``book``.
    Raises ValueError when ``days`` is not positive.
    """
    if days < 1:
        raise ValueError(f"business goes on by whole days, not {days}")
    start = account.clock.now()
    rng = Random(f"{account.id}/{start}")  # noqa: S311 - repeatable on purpose
    desk = Desk(account, rng, book)
    signups = len([c for c in account.all("customer") if c["created"] > start - _KEPT]) / 30
    business = Business(desk)
    business.resume()
    business.plan_round(start, start + days * DAY)
    business.work_until(start + days * DAY, signups)
