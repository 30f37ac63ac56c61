"""What the items of a subscription cost a month: list price, discounts, included tax."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from standin.demo.deeds.offers import CouponIssued, PriceListed, Tier
from tests.answers.truth.history import History
from tests.answers.truth.months import rounded
from tests.answers.truth.records import Discount, Item, Subscription

FACTORS = {
    "day": Fraction(365, 12),
    "week": Fraction(52, 12),
    "month": Fraction(1),
    "year": Fraction(1, 12),
}
"""Periods of an interval in a month. Shorter periods have greater factors."""

LASTING = ("forever", "repeating")


@dataclass(frozen=True)
class Worth:
    """Monthly value in minor units: by list price (``gross``) and after discounts (``net``)."""

    gross: int = 0
    net: int = 0

    def __add__(self, other: Worth) -> Worth:
        return Worth(self.gross + other.gross, self.net + other.net)


def monthly(amount: int, net: int, interval: str, included_tax: float) -> Worth:
    """A period's amount and net as monthly values, without the tax that is in them."""
    factor = FACTORS[interval] * 100 / (100 + Fraction(str(included_tax)))
    return Worth(rounded(amount * factor), rounded(net * factor))


def cost(price: PriceListed, quantity: int, currency: str) -> int:
    """What a quantity costs for one period."""
    terms = price.terms[currency]
    if not terms.tiers:
        return _times(terms.unit, quantity)
    parts = _in_volume if price.tiers_mode == "volume" else _by_grades
    return sum(
        _times(tier.unit, part) + _times(tier.flat, 1)
        for tier, part in parts(terms.tiers, quantity)
    )


def worth(history: History, subscription: Subscription, items: Sequence[Item], at: int) -> Worth:
    """What the items of a subscription are worth at a moment."""
    items = [item for item in items if not history.prices[item.price].metered]
    items.sort(key=lambda item: (item.added, item.id))
    shelf = _Shelf(history, subscription, items)
    for item in items:
        for discount in _counting(history, item.id, at):
            shelf.take_off(discount, [item])
    own = list(_counting(history, subscription.id, at))
    for discount in own or _counting(history, subscription.customer, at):
        shelf.take_off(discount, items)
    return shelf.worth()


class _Shelf:
    """The items of a subscription with what is left of their amounts."""

    def __init__(self, history: History, subscription: Subscription, items: Sequence[Item]) -> None:
        self._history, self._subscription, self._items = history, subscription, items
        self._amounts = {
            item.id: cost(
                self._price(item), 1 if item.quantity is None else item.quantity, currency
            )
            for currency in (subscription.currency,)
            for item in items
        }
        self._left = dict(self._amounts)

    def take_off(self, discount: Discount, items: Sequence[Item]) -> None:
        coupon = self._history.coupons[discount.coupon]
        items = [
            i for i in items if not coupon.products or self._price(i).product in coupon.products
        ]
        if coupon.percent_off is not None:
            for group in self._by_interval(items).values():
                share = Fraction(str(coupon.percent_off)) / 100
                self._spread(rounded(self._sum(group) * share), group)
        elif items:
            shortest = max(self._by_interval(items), key=FACTORS.__getitem__)
            group = self._by_interval(items)[shortest]
            off = coupon.amounts_off.get(self._subscription.currency, 0)
            self._spread(min(off, self._sum(group)), group)

    def worth(self) -> Worth:
        tax = self._subscription.included_tax
        return sum(
            (
                monthly(self._amounts[i.id], self._left[i.id], self._interval(i), tax)
                for i in self._items
            ),
            Worth(),
        )

    def _price(self, item: Item) -> PriceListed:
        return self._history.prices[item.price]

    def _interval(self, item: Item) -> str:
        interval = self._price(item).interval
        assert interval is not None, f"{item.id} is paid once"
        return interval

    def _by_interval(self, items: Sequence[Item]) -> Mapping[str, list[Item]]:
        groups: dict[str, list[Item]] = {}
        for item in items:
            groups.setdefault(self._interval(item), []).append(item)
        return groups

    def _sum(self, items: Sequence[Item]) -> int:
        return sum(self._left[item.id] for item in items)

    def _spread(self, off: int, items: Sequence[Item]) -> None:
        whole, running, given = self._sum(items), 0, 0
        for item in items if whole else ():
            running += self._left[item.id]
            upto = rounded(Fraction(off * running, whole))
            self._left[item.id] -= upto - given
            given = upto


def _counting(history: History, owner: str, at: int) -> Iterator[Discount]:
    """The lasting discounts that an item, subscription or customer has at a moment."""
    for discount in history.discounts_of[owner]:
        over = [end for end in (discount.ends, discount.ended) if end is not None]
        if discount.granted <= at < min(over, default=at + 1) and lasts(history, discount.coupon):
            yield discount


def lasts(history: History, coupon: str) -> bool:
    """Whether a coupon is for more than one invoice."""
    issued: CouponIssued = history.coupons[coupon]
    return issued.duration in LASTING


def _times(unit: str | None, quantity: int) -> int:
    return rounded(Fraction(unit) * quantity) if unit else 0


def _in_volume(tiers: Sequence[Tier], quantity: int) -> Iterator[tuple[Tier, int]]:
    yield next(t for t in tiers if t.up_to is None or quantity <= t.up_to), quantity


def _by_grades(tiers: Sequence[Tier], quantity: int) -> Iterator[tuple[Tier, int]]:
    below = 0
    for number, tier in enumerate(tiers):
        if number and quantity <= below:
            return
        upto = quantity if tier.up_to is None else min(quantity, tier.up_to)
        yield tier, upto - below
        below = upto
