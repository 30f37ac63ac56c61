"""One case: a customer with a currency of its own, so that every mart can be asked for it alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

import pytest

from tests.answers.cases.books import Books, Row


def story(tell: Callable[[Story], object], **fields: Any) -> pytest.MarkDecorator:
    """Marks a test with what its warehouse is to hold; `fields` are those of the story."""
    return pytest.mark.story.with_args(tell, **fields)


def moment(text: str) -> str:
    """A moment in full: `2026-10-05` is its midnight."""
    return text if "T" in text else f"{text}T00:00:00Z"


def epoch(text: str) -> int:
    """Seconds since 1970, as events have them."""
    read = datetime.fromisoformat(moment(text).replace("Z", "+00:00"))
    return int(read.astimezone(timezone.utc).timestamp())


@dataclass(eq=False)
class Item:
    """An item of a subscription, as an order names it."""

    price: Row
    quantity: int | None = 1
    discounts: Sequence[str] = ()
    tax_rates: Sequence[str] = ()
    trial_until: str | None = None
    id: str = ""

    def row(self, created: Any) -> Row:
        """As the API shows it."""
        return {
            "id": self.id,
            "object": "subscription_item",
            "created": created,
            "price": self.price,
            "quantity": self.quantity,
            "discounts": list(self.discounts),
            "tax_rates": list(self.tax_rates),
            "current_trial": {"end_date": moment(self.trial_until)} if self.trial_until else None,
        }


@dataclass(eq=False)
class Story:
    """Tells what happened to one customer."""

    books: Books
    customer: str
    currency: str
    livemode: bool = False
    _subscriptions: dict[str, Row] = field(default_factory=dict)

    def known_as(self, **fields: Any) -> None:
        """The customer's own row."""
        self.books.put(
            "customers",
            **{
                "id": self.customer,
                "livemode": self.livemode,
                "created": moment("2024-01-01"),
                "name": self.customer,
                "email": f"{self.customer}@example.com",
                "metadata": {},
                "tax_exempt": "none",
                **fields,
            },
        )

    # What is sold

    def price(
        self, unit: int | str | None, every: str = "month", count: int = 1, **fields: Any
    ) -> Row:
        """A price of so many minor units; `usage_type`, `tiers_mode` … as the API names them."""
        usage = fields.pop("usage_type", "licensed")
        price = {
            "id": self.books.id("price"),
            "object": "price",
            "currency": self.currency,
            "livemode": self.livemode,
            "created": moment("2024-01-01"),
            "billing_scheme": "per_unit",
            "unit_amount_decimal": None if unit is None else str(unit),
            "recurring": {"interval": every, "interval_count": count, "usage_type": usage},
            "product": self.books.id("prod"),
            **fields,
        }
        self.books.put("prices", **price)
        return price

    def tiered(self, mode: str, *tiers: tuple[int | None, str, int], **fields: Any) -> Row:
        """A price by tiers: up to (None for the last), unit amount, flat amount."""
        price = self.price(None, billing_scheme="tiered", tiers_mode=mode, **fields)
        for position, (up_to, unit, flat) in enumerate(tiers):
            self.books.put(
                "price_tiers",
                price=price["id"],
                position=position,
                up_to=up_to,
                unit_amount_decimal=unit,
                flat_amount_decimal=str(flat) if flat else None,
            )
        return price

    def coupon(self, duration: str = "forever", **fields: Any) -> str:
        """A coupon: `percent_off`, or `amount_off` in the story's currency; `products` limit it."""
        coupon_id = self.books.id("coupon")
        for product in fields.pop("products", ()):
            self.books.put("coupon_products", coupon=coupon_id, product=product)
        fields.setdefault("currency", self.currency if "amount_off" in fields else None)
        self.books.put("coupons", id=coupon_id, duration=duration, **fields)
        return coupon_id

    def discount(
        self,
        coupon: str,
        start: str = "2024-01-01",
        end: str | None = None,
        on: str = "subscription",
    ) -> str:
        """A coupon given to a subscription, an item or the customer; returns the discount's id."""
        discount_id = self.books.id("di")
        self.books.put(
            "discounts",
            id=discount_id,
            parent_type=on,
            parent_id=self.customer if on == "customer" else self.books.id("holder"),
            coupon=coupon,
            start=moment(start),
            end=moment(end) if end else None,
        )
        return discount_id

    def tax_rate(self, percentage: float, *, inclusive: bool) -> str:
        """A tax rate; returns its id."""
        rate_id = self.books.id("txr")
        self.books.put("tax_rates", id=rate_id, percentage=percentage, inclusive=inclusive)
        return rate_id

    # Subscriptions

    def subscription(self, *items: Item, since: str = "2026-05-10", **fields: Any) -> str:
        """A subscription as it is now; returns its id."""
        subscription_id = self.books.id("sub")
        for name in ("ended_at", "canceled_at", "cancel_at"):
            if fields.get(name):
                fields[name] = moment(fields[name])
        row = {
            "id": subscription_id,
            "object": "subscription",
            "customer": self.customer,
            "currency": self.currency,
            "livemode": self.livemode,
            "status": "active",
            "created": moment(since),
            "cancel_at_period_end": False,
            "discounts": [],
            "default_tax_rates": [],
            **fields,
        }
        self.books.put("subscriptions", **row)
        self._subscriptions[subscription_id] = row
        for item in items:
            item.id = item.id or self.books.id("si")
            self.books.put(
                "subscription_items", subscription=subscription_id, **item.row(moment(since))
            )
        return subscription_id

    def event(
        self,
        subscription: str,
        at: str,
        *items: Item,
        kind: str = "updated",
        before: Row | None = None,
        event_id: str | None = None,
        **changed: Any,
    ) -> None:
        """An event that shows the subscription with these items, with `changed` fields.

        `before` are its previous attributes; `items` in it are items.
        """
        for item in items:
            item.id = item.id or self.books.id("si")
        previous = dict(before or {})
        if "items" in previous:
            previous["items"] = {"data": [item.row(epoch("2024-01-01")) for item in before["items"]]}
        shown = {
            **self._subscriptions[subscription],
            "created": epoch("2024-01-01"),
            "ended_at": None,
            "canceled_at": None,
            "cancel_at": None,
            **changed,
            "items": {"data": [item.row(epoch("2024-01-01")) for item in items]},
        }
        self.books.put(
            "events",
            id=event_id or self.books.id("evt"),
            type=f"customer.subscription.{kind}",
            created=moment(at),
            livemode=self.livemode,
            data={"object": shown, **({"previous_attributes": previous} if previous else {})},
        )

    # Invoices

    def invoice(self, at: str, *lines: Row, status: str = "paid", **fields: Any) -> str:
        """An invoice with lines from `line`; a paid one was paid when it was made, unless told."""
        invoice_id = self.books.id("in")
        subscription = fields.pop("subscription", None)
        transitions = {
            "finalized_at": moment(at),
            "paid_at": moment(fields.pop("paid_at", at)) if status == "paid" else None,
        }
        self.books.put(
            "invoices",
            **{
                "id": invoice_id,
                "customer": self.customer,
                "currency": self.currency,
                "livemode": self.livemode,
                "status": status,
                "created": moment(at),
                "collection_method": "charge_automatically",
                "amount_paid": 0,
                "amount_remaining": 0,
                "amount_paid_off_stripe": 0,
                "status_transitions": transitions,
                "parent": {"subscription_details": {"subscription": subscription}},
                **fields,
            },
        )
        for line in lines:
            self.books.put(
                "invoice_line_items",
                id=self.books.id("il"),
                invoice=invoice_id,
                currency=self.currency,
                livemode=self.livemode,
                created=moment(at),
                **line,
            )
        return invoice_id

    def line(
        self,
        subscription: str,
        item: Item,
        amount: int,
        start: str,
        end: str,
        *,
        proration: bool = False,
        off: Sequence[tuple[str, int]] = (),
        taxes: Sequence[Row] = (),
    ) -> Row:
        """A line of a subscription item for a period; `off` are discounts and their amounts."""
        item.id = item.id or self.books.id("si")
        return {
            "amount": amount,
            "subscription": subscription,
            "period": {"start": moment(start), "end": moment(end)},
            "parent": {
                "type": "subscription_item_details",
                "subscription_item_details": {
                    "subscription": subscription,
                    "subscription_item": item.id,
                    "proration": proration,
                },
            },
            "pricing": {"price_details": {"price": item.price["id"]}},
            "discount_amounts": [{"discount": id_, "amount": taken} for id_, taken in off],
            "taxes": list(taxes),
        }

    # Money

    def charge(self, at: str, amount: int, status: str = "succeeded", **fields: Any) -> Row:
        """A charge; one that succeeded was captured, unless told otherwise."""
        succeeded = status == "succeeded"
        captured = fields.pop("captured", succeeded)
        return self.books.put(
            "charges",
            **{
                "id": self.books.id("ch"),
                "payment_intent": self.books.id("pi"),
                "customer": self.customer,
                "currency": self.currency,
                "livemode": self.livemode,
                "created": moment(at),
                "amount": amount,
                "amount_captured": amount if captured else 0,
                "captured": captured,
                "status": status,
                **fields,
            },
        )

    def settle(
        self, invoice: str, charge: Row, at: str | None = None, status: str = "paid"
    ) -> None:
        """The payment of an invoice by the payment intent of a charge."""
        paid = status == "paid"
        self.books.put(
            "invoice_payments",
            id=self.books.id("inpay"),
            invoice=invoice,
            currency=self.currency,
            livemode=self.livemode,
            created=charge["created"],
            status=status,
            amount_paid=charge["amount"] if paid else None,
            payment={"type": "payment_intent", "payment_intent": charge["payment_intent"]},
            status_transitions={"paid_at": moment(at) if at else charge["created"] if paid else None},
        )

    def refund(self, charge: Row, at: str, amount: int, status: str = "succeeded") -> None:
        """A refund of a charge, or of a part of it."""
        self.books.put(
            "refunds",
            id=self.books.id("re"),
            charge=charge["id"],
            currency=self.currency,
            amount=amount,
            status=status,
            created=moment(at),
        )

    def dispute(self, at: str, amount: int, status: str) -> None:
        """A dispute."""
        self.books.put(
            "disputes",
            id=self.books.id("dp"),
            currency=self.currency,
            livemode=self.livemode,
            amount=amount,
            status=status,
            created=moment(at),
        )

    def balance(
        self, at: str, kind: str, amount: int, fee: int = 0, category: str | None = None
    ) -> None:
        """A movement of the balance in the story's currency."""
        self.books.put(
            "balance_transactions",
            id=self.books.id("txn"),
            type=kind,
            reporting_category=category or kind,
            currency=self.currency,
            amount=amount,
            fee=fee,
            net=amount - fee,
            created=moment(at),
            available_on=moment(at),
        )
