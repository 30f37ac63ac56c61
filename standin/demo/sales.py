"""Sales: who signs up on a day, and what they order."""

from __future__ import annotations

from dataclasses import dataclass

from standin.demo.bookings import Bookings
from standin.demo.catalog import Catalog
from standin.demo.customers import Customers
from standin.demo.dates import DAY
from standin.demo.desk import Desk, Obj
from standin.demo.dice import weighted
from standin.demo.enterprise import Enterprise
from standin.demo.subscriptions import Order, Subscriptions

_CHANNELS = {"trial": 36.0, "direct": 56.0, "enterprise": 5.0, "booked ahead": 2.0, "lead": 1.0}
_COUPONS = {
    "WELCOME20": 5.0,
    "LAUNCH50": 3.0,
    "PARTNER15": 2.0,
    "NONPROFIT30": 1.0,
    "TENOFF6": 1.5,
    "FOUNDERS40": 4.0,
}
_SEATS = {"classic": (1, 1), "starter": (1, 1), "team": (2, 14), "business": (6, 70)}


@dataclass(eq=False)
class Sales:
    """Brings customers in."""

    desk: Desk
    catalog: Catalog
    customers: Customers
    subscriptions: Subscriptions
    bookings: Bookings
    enterprise: Enterprise

    def win(self) -> None:
        """One more customer, by any channel."""
        rng = self.desk.rng
        channel = weighted(rng, _CHANNELS)
        if channel == "enterprise":
            self.enterprise.sign(seats=rng.randint(40, 160))
        elif channel == "lead":
            self.customers.sign_up(pays_by_card=False)
        elif channel == "booked ahead":
            self.book_ahead()
        else:
            self.sell(trial=channel == "trial")

    def sell(self, *, trial: bool) -> None:
        """A customer who subscribes on the web page, with or without a trial."""
        customer = self.customers.sign_up(pays_by_card=not trial or self.desk.rng.random() < 0.75)
        self.subscriptions.start(customer, self._order(customer, trial=trial))

    def book_ahead(self) -> None:
        """A customer who agrees on a plan today and starts within two months."""
        rng = self.desk.rng
        customer = self.customers.sign_up()
        price = self.catalog.price("team_month", customer["currency"])
        start = self.desk.now + rng.randint(8, 60) * DAY
        self.bookings.book(customer, price, rng.randint(3, 20), start)

    def _order(self, customer: Obj, *, trial: bool) -> Order:
        rng, currency = self.desk.rng, customer["currency"]
        plan = weighted(rng, {"starter": 38.0, "team": 40.0, "business": 22.0})
        interval = "month" if trial or rng.random() < 0.8 else "year"
        if plan == "starter" and interval == "month" and self.catalog.on_sale("classic"):
            plan = "classic"
        seats = rng.randint(*_SEATS[plan])
        prices: list[tuple[Obj, int | None]] = [
            (self.catalog.price(f"{plan}_{interval}", currency), seats)
        ]
        if rng.random() < 0.12:
            storage = self.catalog.price(f"storage_{interval}", currency)
            prices.append((storage, rng.randint(1, 6)))
        if rng.random() < 0.08:
            prices.append((self.catalog.price(f"support_{interval}", currency), 1))
        if interval == "month" and rng.random() < 0.22:
            metered = rng.choice(("api_calls", "events_in"))
            prices.append((self.catalog.price(metered, currency), None))
        coupon = self._coupon(currency) if rng.random() < 0.24 else None
        return Order(
            prices=prices,
            coupon=coupon,
            with_code=coupon is not None and rng.random() < 0.6,
            trial_days=14 if trial else 0,
            metadata={"plan": plan},
        )

    def _coupon(self, currency: str) -> str | None:
        coupon_id = weighted(self.desk.rng, _COUPONS)
        coupon = self.catalog.coupon(coupon_id)
        fits = coupon["amount_off"] is None or currency in coupon["currency_options"]
        return coupon_id if coupon["valid"] and fits else None
