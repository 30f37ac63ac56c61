"""Subscription schedules: changes agreed in advance, phase by phase."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from standin.demo.dates import next_boundary
from standin.demo.deeds.contracts import ItemChanged
from standin.demo.desk import Desk, Obj


@dataclass(eq=False)
class Schedules:
    """Agrees on ramps of seats and carries them out as the periods begin."""

    desk: Desk

    def plan_ramp(self, subscription_id: str, seats: Sequence[int]) -> None:
        """Agree on the seats of the present period and of the following ones."""
        desk = self.desk
        subscription = desk.get(subscription_id)
        item = desk.children(subscription_id, "items")[0]
        interval = desk.get(item["price"])["recurring"]["interval"]
        phases, start = [], item["current_period_start"]
        for quantity in seats:
            end = next_boundary(subscription["billing_cycle_anchor"], start, interval)
            phases.append(phase(item["price"], quantity, subscription["currency"], start, end))
            start = end
        schedule = desk.create(
            "subscription_schedule",
            silent=True,
            **terms(subscription["customer"], phases),
            current_phase=_span(phases[0]),
            status="active",
            subscription=subscription_id,
        )
        desk.change(subscription_id, schedule=schedule["id"])
        desk.announce("subscription_schedule.created", schedule)

    def enter_phase(self, subscription_id: str, moment: int) -> None:
        """A period begins: apply the phase that begins with it, or let go after the last."""
        schedule_id = self.desk.get(subscription_id)["schedule"]
        if schedule_id is None:
            return
        phases = self.desk.get(schedule_id)["phases"]
        if moment >= phases[-1]["end_date"]:
            self.release(schedule_id)
            return
        for entry in phases:
            if entry["start_date"] == moment:
                item = self.desk.children(subscription_id, "items")[0]
                quantity = entry["items"][0]["quantity"]
                self.desk.change(item["id"], quantity=quantity)
                self.desk.note(ItemChanged(item["id"], item["price"], quantity))
                self.desk.change(schedule_id, current_phase=_span(entry))

    def release(self, schedule_id: str) -> None:
        """Let the subscription go on by itself."""
        schedule = self.desk.get(schedule_id)
        self.desk.change(schedule["subscription"], schedule=None)
        self.desk.change(
            schedule_id,
            "subscription_schedule.released",
            status="released",
            released_at=self.desk.now,
            released_subscription=schedule["subscription"],
            subscription=None,
            current_phase=None,
        )

    def cancel(self, schedule_id: str) -> None:
        """Call off a schedule that has not started."""
        self.desk.change(
            schedule_id,
            "subscription_schedule.canceled",
            status="canceled",
            canceled_at=self.desk.now,
        )


def phase(price: str, quantity: int, currency: str, start: int, end: int) -> dict[str, Any]:
    """One phase of a schedule with one item."""
    return {
        "add_invoice_items": [],
        "currency": currency,
        "discounts": [],
        "end_date": end,
        "items": [
            {
                "discounts": [],
                "metadata": {},
                "plan": price,
                "price": price,
                "quantity": quantity,
                "tax_rates": [],
            }
        ],
        "metadata": {},
        "proration_behavior": "create_prorations",
        "start_date": start,
    }


def terms(customer: str, phases: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The fields of a schedule that all schedules of the business share."""
    return {
        "billing_mode": {"type": "classic"},
        "customer": customer,
        "default_settings": {
            "billing_cycle_anchor": "automatic",
            "collection_method": "charge_automatically",
            "invoice_settings": {"issuer": {"type": "self"}},
        },
        "end_behavior": "release",
        "phases": list(phases),
    }


def _span(entry: Obj) -> dict[str, int]:
    return {"start_date": entry["start_date"], "end_date": entry["end_date"]}
