"""The tables: a file per product area, a class per Stripe object."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType

from tap_stripe.streams import (
    accounts,
    balance,
    billing,
    catalog,
    checkout,
    climate,
    credit_notes,
    customers,
    events,
    financial_connections,
    identity,
    invoice_details,
    invoices,
    issuing,
    payment_methods,
    payments,
    platform,
    quotes,
    radar,
    reporting,
    subscriptions,
    tax,
    terminal,
    treasury,
    v2_core,
    v2_money_management,
)
from tap_stripe.streams.base import StripeStream

AREAS: tuple[ModuleType, ...] = (
    customers,
    catalog,
    subscriptions,
    quotes,
    invoices,
    invoice_details,
    credit_notes,
    billing,
    payments,
    payment_methods,
    checkout,
    balance,
    tax,
    radar,
    accounts,
    events,
    platform,
    reporting,
    terminal,
    identity,
    financial_connections,
    issuing,
    treasury,
    climate,
    v2_core,
    v2_money_management,
)
"""The product areas, what most accounts have first."""


def streams_of(area: ModuleType) -> Iterator[type[StripeStream]]:
    """The streams that a product area declares, in its order."""
    for value in vars(area).values():
        if isinstance(value, type) and issubclass(value, StripeStream) and "name" in vars(value):
            yield value


STREAMS: tuple[type[StripeStream], ...] = tuple(
    sorted((stream for area in AREAS for stream in streams_of(area)), key=lambda s: s.table())
)
"""Every table, by name."""

__all__ = ["AREAS", "STREAMS", "StripeStream", "streams_of"]
