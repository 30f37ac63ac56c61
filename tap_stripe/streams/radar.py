"""Radar: warnings, reviews and lists against fraud."""

from __future__ import annotations

from tap_stripe.streams.base import NestedList, StripeStream
from tap_stripe.streams.cuts import ListedIn


class RadarEarlyFraudWarnings(StripeStream):
    """Card issuers' warnings that a charge may be fraud."""

    name = "radar_early_fraud_warnings"
    stripe_object = "radar.early_fraud_warning"
    permissions = ("charge_read",)
    path = "/v1/radar/early_fraud_warnings"
    events = (
        "radar.early_fraud_warning.created",
        "radar.early_fraud_warning.updated",
    )


class RadarValueListItems(StripeStream):
    """What the lists hold, from the lists' pages."""

    name = "radar_value_list_items"
    stripe_object = "radar.value_list_item"
    replication_key = None
    deletable = True
    cuts = (ListedIn("radar_value_lists", "list_items", "value_list"),)


class RadarValueLists(StripeStream):
    """Lists that rules refer to: e-mail addresses to block, countries to allow."""

    name = "radar_value_lists"
    stripe_object = "radar.value_list"
    path = "/v1/radar/value_lists"
    replication_key = None
    deletable = True
    nested = (NestedList("list_items", "/v1/radar/value_list_items", (("value_list", "{id}"),)),)


class Reviews(StripeStream):
    """Payments that were held for a look.

    Stripe lists open ones only; closed ones come by their event.
    """

    name = "reviews"
    stripe_object = "review"
    permissions = ("review_read",)
    path = "/v1/reviews"
    unlisted = True
    unseen = "Reviews that were closed before the first sync are not listed by Stripe."
    events = (
        "review.closed",
        "review.opened",
    )
