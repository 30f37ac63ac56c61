"""Subscriptions: who pays for what, again and again."""

from __future__ import annotations

from tap_stripe.streams.base import NestedList, StripeStream
from tap_stripe.streams.columns import (
    KEY_NUMBER,
    TEXT,
    TIME,
    Column,
    linking,
    numbered,
    of_item_ending_first,
)
from tap_stripe.streams.cuts import ListedIn, PositionIn, ReferencesIn

_ITEMS = ListedIn("subscriptions", "items", "subscription")
_PHASES = PositionIn("subscription_schedules", "phases", "subscription_schedule")

_DERIVED = "Derived from the subscription's items: of the one whose period ends first."


class Subscriptions(StripeStream):
    """Subscriptions in every status; `customer.subscription.deleted` means ended, not deleted."""

    name = "subscriptions"
    stripe_object = "subscription"
    permissions = ("subscription_read",)
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
    modeless = True
    permissions = ("subscription_read",)
    cuts = (_ITEMS,)
    deletable = True


class SubscriptionSchedules(StripeStream):
    """Plans for how subscriptions will change, phase by phase."""

    name = "subscription_schedules"
    stripe_object = "subscription_schedule"
    permissions = ("subscription_read",)
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


class SubscriptionSchedulePhases(StripeStream):
    """The phases of each schedule, from the schedules' pages."""

    name = "subscription_schedule_phases"
    stripe_object = "subscription_schedule.phases"
    modeless = True
    permissions = ("subscription_read",)
    primary_keys = ("subscription_schedule", "position")
    cuts = (_PHASES,)
    deletable = True
    added = numbered("subscription_schedule", "schedule")


class SubscriptionSchedulePhaseItems(StripeStream):
    """What is subscribed to in each phase, from the schedules' pages."""

    name = "subscription_schedule_phase_items"
    stripe_object = "subscription_schedule.phases.items"
    modeless = True
    permissions = ("subscription_read",)
    primary_keys = ("subscription_schedule", "phase", "position")
    cuts = (
        PositionIn(
            "subscription_schedules",
            "items",
            "phase",
            within=_PHASES,
            inherited=("subscription_schedule",),
        ),
    )
    deletable = True
    added = {
        **numbered("subscription_schedule", "schedule"),
        "phase": Column(KEY_NUMBER, "Position of the phase within the schedule, from 0."),
        "position": Column(KEY_NUMBER, "Position within the phase, from 0."),
    }


class SubscriptionTaxRates(StripeStream):
    """The tax rates that apply to all items of a subscription."""

    name = "subscription_tax_rates"
    stripe_object = ""
    modeless = True
    permissions = ("subscription_read",)
    primary_keys = ("subscription", "tax_rate")
    cuts = (ReferencesIn("subscriptions", "default_tax_rates", "subscription", column="tax_rate"),)
    deletable = True
    added = linking("subscription", "tax_rate")


class SubscriptionItemTaxRates(StripeStream):
    """The tax rates of a subscription's items, where they have their own."""

    name = "subscription_item_tax_rates"
    stripe_object = ""
    modeless = True
    permissions = ("subscription_read",)
    primary_keys = ("subscription_item", "tax_rate")
    cuts = (
        ReferencesIn(
            "subscriptions",
            "tax_rates",
            "subscription_item",
            within=_ITEMS,
            inherited=("subscription",),
            column="tax_rate",
        ),
    )
    deletable = True
    added = {
        **linking("subscription_item", "tax_rate"),
        "subscription": Column(TEXT, "The ID of the item's subscription."),
    }
