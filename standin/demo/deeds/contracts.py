"""Deeds about subscriptions: what was agreed on, and how it changed."""

from __future__ import annotations

from dataclasses import dataclass

from standin.demo.deeds.book import Deed


@dataclass(frozen=True)
class SubscriptionStarted(Deed):
    """A subscription began, as ``trialing`` or ``active``.

    ``included_tax`` is the percentage of the tax that its prices include.
    """

    subscription: str
    customer: str
    currency: str
    status: str
    included_tax: float


@dataclass(frozen=True)
class ItemAdded(Deed):
    """A subscription has one more item; ``quantity`` is None for a metered price."""

    item: str
    subscription: str
    price: str
    quantity: int | None


@dataclass(frozen=True)
class ItemChanged(Deed):
    """An item has another price or quantity from now on."""

    item: str
    price: str
    quantity: int | None


@dataclass(frozen=True)
class ItemRemoved(Deed):
    """An item left its subscription."""

    item: str


@dataclass(frozen=True)
class StatusChanged(Deed):
    """A subscription that goes on, or never began, has another of Stripe's statuses."""

    subscription: str
    status: str


@dataclass(frozen=True)
class SubscriptionEnded(Deed):
    """A subscription was canceled and is over, for a reason in Stripe's words."""

    subscription: str
    reason: str


@dataclass(frozen=True)
class NoticeGiven(Deed):
    """A subscription is to end on its own at a moment."""

    subscription: str
    until: int


@dataclass(frozen=True)
class NoticeTakenBack(Deed):
    """A subscription is not to end after all."""

    subscription: str


@dataclass(frozen=True)
class CollectionPaused(Deed):
    """Invoices of a subscription are not collected for a while, in one of Stripe's manners."""

    subscription: str
    behavior: str


@dataclass(frozen=True)
class CollectionResumed(Deed):
    """Invoices of a subscription are collected again."""

    subscription: str


@dataclass(frozen=True)
class DiscountGranted(Deed):
    """A coupon holds for an item, else for a subscription, else for all that a customer has."""

    discount: str
    coupon: str
    customer: str
    subscription: str | None
    item: str | None
    ends: int | None


@dataclass(frozen=True)
class DiscountTaken(Deed):
    """A coupon was taken off for one invoice only."""

    discount: str
    coupon: str


@dataclass(frozen=True)
class DiscountEnded(Deed):
    """A discount is used up, has run out, or was taken back."""

    discount: str
