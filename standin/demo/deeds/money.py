"""Deeds that move money, or try to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from standin.demo.deeds.book import Deed


@dataclass(frozen=True)
class ChargeTried(Deed):
    """A charge: paid when ``failure`` is None. Radar ``blocked`` some of those that failed.

    Money that comes by bank transfer is charged, too. ``customer`` is None for a guest.
    """

    charge: str
    intent: str
    customer: str | None
    currency: str
    amount: int
    failure: str | None
    blocked: bool


@dataclass(frozen=True)
class Refunded(Deed):
    """Money was given back; what goes by bank transfer has not ``arrived`` yet."""

    refund: str
    charge: str
    amount: int
    arrived: bool


@dataclass(frozen=True)
class RefundArrived(Deed):
    """A refund by bank transfer has reached the customer."""

    refund: str


@dataclass(frozen=True)
class RefundBounced(Deed):
    """A refund could not be delivered and came back."""

    refund: str


@dataclass(frozen=True)
class DisputeOpened(Deed):
    """A cardholder contests a charge, or (an ``inquiry``) only asks about it."""

    dispute: str
    charge: str
    inquiry: bool


@dataclass(frozen=True)
class DisputeClosed(Deed):
    """A dispute has an end, with one of Stripe's statuses."""

    dispute: str
    status: str


@dataclass(frozen=True)
class MoneyMoved(Deed):
    """The balance changed by ``amount`` less ``fees`` (by type), in the settlement currency.

    ``category`` is one of Stripe's reporting categories.
    """

    transaction: str
    category: str
    currency: str
    amount: int
    fees: Mapping[str, int]
