"""Deeds about invoices: what was billed, asked for, settled and given up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from standin.demo.deeds.book import Deed


class Billed(NamedTuple):
    """A line of an invoice: an amount, and what each discount takes off it.

    ``quantity`` of ``price`` for ``item`` from ``start`` to ``end``; these names are None where it
    is something else that was sold. ``proration`` settles a change within a period.
    """

    amount: int
    off: Mapping[str, int]
    item: str | None
    price: str | None
    quantity: int
    start: int
    end: int
    proration: bool


@dataclass(frozen=True)
class InvoiceDrafted(Deed):
    """An invoice was written; ``due`` is None for one that is charged automatically.

    ``included_tax`` is the percentage of the tax that the amounts of its lines include.
    """

    invoice: str
    customer: str
    subscription: str | None
    currency: str
    due: int | None
    included_tax: float
    lines: tuple[Billed, ...]


@dataclass(frozen=True)
class InvoiceDiscarded(Deed):
    """A draft was thrown away."""

    invoice: str


@dataclass(frozen=True)
class InvoiceFinalized(Deed):
    """An invoice was numbered; ``asked`` is left of it after the customer's credit."""

    invoice: str
    number: str
    asked: int


@dataclass(frozen=True)
class InvoicePaid(Deed):
    """An invoice is settled: by the money that came in, or by a payment outside of Stripe."""

    invoice: str
    amount: int
    off_stripe: int


@dataclass(frozen=True)
class InvoiceVoided(Deed):
    """Nothing is owed any more on an invoice."""

    invoice: str


@dataclass(frozen=True)
class InvoiceWrittenOff(Deed):
    """An invoice will never be paid, for a reason in Stripe's words."""

    invoice: str
    reason: str


@dataclass(frozen=True)
class RetryPlanned(Deed):
    """When the card will be tried again for an invoice; None when it won't be."""

    invoice: str
    next_attempt: int | None


@dataclass(frozen=True)
class PaymentAsked(Deed):
    """A payment intent asks for the money of an invoice."""

    intent: str
    invoice: str
