"""Deeds of the price list, and whom the business deals with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from standin.demo.deeds.book import Deed


class Tier(NamedTuple):
    """A price tier: up to a quantity (None: without end), price per unit, flat fee (None: none)."""

    up_to: int | None
    unit: str
    flat: str | None


class Terms(NamedTuple):
    """What a price costs in one currency: a price per unit, or tiers."""

    unit: str | None
    tiers: tuple[Tier, ...]


@dataclass(frozen=True)
class PriceListed(Deed):
    """A price came on the price list. ``interval`` is None for one that is paid once."""

    price: str
    product: str
    interval: str | None
    metered: bool
    tiers_mode: str | None
    terms: Mapping[str, Terms]


@dataclass(frozen=True)
class CouponIssued(Deed):
    """A coupon was issued: ``percent_off``, or ``amounts_off`` by currency."""

    coupon: str
    duration: str
    percent_off: float | None
    amounts_off: Mapping[str, int]
    products: tuple[str, ...]


@dataclass(frozen=True)
class CouponRetired(Deed):
    """A coupon that nobody used was deleted."""

    coupon: str


@dataclass(frozen=True)
class CustomerSignedUp(Deed):
    """A new customer."""

    customer: str
    name: str
    email: str
    crm_id: str


@dataclass(frozen=True)
class CustomerForgotten(Deed):
    """A customer was deleted; what was done before stays done."""

    customer: str
