"""The account's own log."""

from __future__ import annotations

from tap_stripe.streams.base import StripeStream


class Events(StripeStream):
    """What happened, as Stripe tells it for 30 days. Older rows stay in the warehouse."""

    name = "events"
    stripe_object = "event"
    permissions = ("event_read",)
    path = "/v1/events"
    retention_days = 30
