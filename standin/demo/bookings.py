"""Bookings: subscriptions that are agreed on today and start later."""

from __future__ import annotations

from dataclasses import dataclass

from standin.demo.dates import add_months
from standin.demo.desk import Desk, Obj
from standin.demo.schedules import Schedules, phase, terms
from standin.demo.subscriptions import Order, Subscriptions


@dataclass(eq=False)
class Bookings:
    """Books subscriptions ahead with a schedule and starts them on their day."""

    desk: Desk
    schedules: Schedules
    subscriptions: Subscriptions

    def resume(self) -> None:
        """Take up the bookings that have not begun."""
        for schedule in self.desk.all("subscription_schedule"):
            if schedule["status"] == "not_started":
                start = schedule["phases"][0]["start_date"]
                self.desk.at(start, self._begin, schedule["id"])

    def book(self, customer: Obj, price: Obj, quantity: int, start: int) -> Obj:
        """Book a year of a monthly or yearly price from a day in the future."""
        end = add_months(start, 12)
        schedule = self.desk.create(
            "subscription_schedule",
            **terms(customer["id"], [phase(price["id"], quantity, price["currency"], start, end)]),
            status="not_started",
        )
        self.desk.at(start, self._begin, schedule["id"])
        return schedule

    def call_off(self, schedule_id: str) -> None:
        """Cancel a booking that has not begun."""
        self.schedules.cancel(schedule_id)

    def waiting(self) -> list[Obj]:
        """Bookings that have not begun."""
        schedules = self.desk.all("subscription_schedule")
        return [schedule for schedule in schedules if schedule["status"] == "not_started"]

    def _begin(self, schedule_id: str) -> None:
        schedule = self.desk.get(schedule_id)
        customer = self.desk.find(schedule["customer"])
        if schedule["status"] != "not_started":
            return
        if customer is None:
            self.schedules.cancel(schedule_id)
            return
        agreed = schedule["phases"][0]
        item = agreed["items"][0]
        order = Order(prices=[(self.desk.get(item["price"]), item["quantity"])])
        subscription = self.subscriptions.start(customer, order)
        self.desk.change(subscription["id"], schedule=schedule_id)
        self.desk.change(
            schedule_id,
            status="active",
            subscription=subscription["id"],
            current_phase={"start_date": agreed["start_date"], "end_date": agreed["end_date"]},
        )
