"""One case: a customer with a currency of its own, so that every mart can be asked for it alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.answers.cases.books import Row
from tests.answers.cases.money import Money
from tests.answers.cases.terms import Item, epoch, moment

__all__ = ["Item", "Story", "epoch", "moment", "story"]


def story(tell: Callable[[Story], object], **fields: Any) -> pytest.MarkDecorator:
    """Marks a test with what its warehouse is to hold; `fields` are those of the story."""
    return pytest.mark.story.with_args(tell, **fields)


@dataclass(eq=False)
class Story(Money):
    """Tells what happened to one customer."""

    _subscriptions: dict[str, Row] = field(default_factory=dict)

    def subscription(self, *items: Item, since: str = "2026-05-10", **fields: Any) -> str:
        """A subscription as it is now; returns its id."""
        subscription_id: str = fields.pop("id", None) or self.books.id("sub")
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
            self.item(subscription_id, item, since)
        return subscription_id

    def item(self, subscription: str, item: Item, since: str, **fields: Any) -> None:
        """An item of a subscription as it is now."""
        item.id = item.id or self.books.id("si")
        row = item.row(moment(since))
        self.books.put("subscription_items", subscription=subscription, **row, **fields)

    def event(
        self,
        subscription: str,
        at: str,
        *items: Item,
        kind: str = "updated",
        before: Row | None = None,
        more: bool = False,
        event_id: str | None = None,
        **changed: Any,
    ) -> None:
        """An event that shows the subscription with these items, with `changed` fields.

        `before` are its previous attributes; `items` in it are items. With `more` the subscription
        has other items than it shows, which are ten at most.
        """
        for item in items:
            item.id = item.id or self.books.id("si")
        previous = dict(before or {})
        if "items" in previous:
            items_before = [item.row(epoch("2024-01-01")) for item in previous["items"]]
            previous["items"] = {"data": items_before}
        shown = {
            **self._subscriptions[subscription],
            "created": epoch("2024-01-01"),
            "ended_at": None,
            "canceled_at": None,
            "cancel_at": None,
            **changed,
            "items": {
                "data": [item.row(epoch("2024-01-01")) for item in items],
                "has_more": more,
            },
        }
        self.books.put(
            "events",
            id=event_id or self.books.id("evt"),
            type=f"customer.subscription.{kind}",
            created=moment(at),
            livemode=self.livemode,
            data={"object": shown, **({"previous_attributes": previous} if previous else {})},
        )

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

    def bill(
        self,
        subscription: str,
        item: Item,
        amount: int,
        months: Sequence[str],
        day: str = "10",
        off: Sequence[tuple[str, int]] = (),
    ) -> None:
        """An invoice for each of the months, from the day to the same day of the next month."""
        for month in months:
            year, number = map(int, month.split("-"))
            end = f"{year + number // 12}-{number % 12 + 1:02}-{day}"
            start = f"{month}-{day}"
            line = self.line(subscription, item, amount, start, end, off=off)
            self.invoice(start, line)
