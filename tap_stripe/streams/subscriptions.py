"""Subscriptions: who pays for what, again and again."""

from __future__ import annotations

from tap_stripe.streams.base import NestedList, StripeStream
from tap_stripe.streams.columns import TIME, Column, of_item_ending_first
from tap_stripe.streams.cuts import ListedIn

_DERIVED = "Derived from the subscription's items: of the one whose period ends first."


class Subscriptions(StripeStream):
    """Subscriptions in every status; `customer.subscription.deleted` means ended, not deleted."""

    name = "subscriptions"
    stripe_object = "subscription"
    permission = "subscription_read"
    path = "/v1/subscriptions"
    params = (("status", "all"),)
    nested = (NestedList("items", "/v1/subscription_items", (("subscription", "{id}"),)),)
    events = (
        "customer.subscription.created",
        "customer.subscription.deleted",
        "customer.subscription.paused",
        "customer.subscription.pending_update_applied",
        "customer.subscription.pending_update_expired",
        "customer.subscription.resumed",
        "customer.subscription.trial_will_end",
        "customer.subscription.updated",
    )
    follows = {"discount": ("subscription",)}
    embeds = {"price": "price"}
    added = {
        "current_period_start": Column(
            TIME,
            f"Start of the billing period. {_DERIVED}",
            of_item_ending_first("current_period_start"),
        ),
        "current_period_end": Column(
            TIME,
            f"End of the billing period. {_DERIVED}",
            of_item_ending_first("current_period_end"),
        ),
    }


class SubscriptionItems(StripeStream):
    """What each subscription consists of; items that were removed are flagged."""

    name = "subscription_items"
    stripe_object = "subscription_item"
    permission = "subscription_read"
    cuts = (ListedIn("subscriptions", "items", "subscription"),)
    deletable = True


class SubscriptionSchedules(StripeStream):
    """Plans for how subscriptions will change, phase by phase."""

    name = "subscription_schedules"
    stripe_object = "subscription_schedule"
    permission = "subscription_read"
    path = "/v1/subscription_schedules"
    events = (
        "subscription_schedule.aborted",
        "subscription_schedule.canceled",
        "subscription_schedule.completed",
        "subscription_schedule.created",
        "subscription_schedule.expiring",
        "subscription_schedule.released",
        "subscription_schedule.updated",
    )
