"""Customer service: refunds, disputes, credit notes, gestures, agreements."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from standin.demo.bank_transfers import BankTransfers
from standin.demo.bookings import Bookings
from standin.demo.credit_notes import CreditNotes
from standin.demo.dates import DAY
from standin.demo.decisions import Decisions
from standin.demo.desk import Desk, Obj
from standin.demo.dice import pick, weighted
from standin.demo.discounts import Discounts
from standin.demo.disputes import Disputes
from standin.demo.enterprise import Enterprise
from standin.demo.marketplace import Marketplace
from standin.demo.payments import Payments, is_untouched
from standin.demo.refunds import Refunds, part_of
from standin.demo.sales import Sales
from standin.demo.schedules import Schedules

_REASONS = {"requested_by_customer": 7.0, "duplicate": 2.0, "fraudulent": 1.0}


@dataclass(eq=False)
class Service:
    """What the business does for single customers, a bit of everything in each round."""

    desk: Desk
    payments: Payments
    transfers: BankTransfers
    refunds: Refunds
    disputes: Disputes
    credit_notes: CreditNotes
    discounts: Discounts
    schedules: Schedules
    bookings: Bookings
    marketplace: Marketplace
    enterprise: Enterprise
    sales: Sales
    decisions: Decisions

    def round(self) -> list[Callable[[], None]]:
        """The tasks of one round, in the order in which they should be done."""
        return [
            partial(self._someone, self.decisions.drop_add_on, several_items=True),
            self._receive_what_is_owed,
            self._settle_a_booking,
            self.sales.book_ahead,
            partial(self.sales.sell, trial=True),
            partial(self.sales.sell, trial=False),
            self._agree_on_a_ramp,
            partial(self._refund, 1),
            partial(self._refund, 0.3),
            self._refund_more,
            self._dispute,
            partial(self._credit_paid_invoice, refund=True),
            partial(self._credit_paid_invoice, refund=False),
            self._credit_open_invoice,
            self._take_sale_back,
            self._bill_services,
            self._end_customer_discount,
            self._discount_customer,
            self._discount_item,
            partial(self._someone, self.decisions.upgrade),
            partial(self._someone, self.decisions.add_on),
            partial(self._someone, self.decisions.change_seats),
            partial(self._someone, self.decisions.switch_interval),
            partial(self._someone, self.decisions.pause),
        ]

    def _receive_what_is_owed(self) -> None:
        """A reminder helps: the oldest sent invoice is paid."""
        for invoice in self._recent_invoices("open"):
            if invoice["collection_method"] == "send_invoice":
                self.transfers.receive(invoice["id"])
                return

    def _refund(self, share: float) -> None:
        charge = self._recent_charge(is_untouched)
        if charge:
            reason = weighted(self.desk.rng, _REASONS)
            self.refunds.refund(charge["id"], part_of(charge["amount"], share), reason)

    def _refund_more(self) -> None:
        """A second refund of a charge that was refunded in part."""

        def has_more(charge: Obj) -> bool:
            return not charge["disputed"] and 0 < charge["amount_refunded"] < charge["amount"]

        charge = self._recent_charge(has_more)
        if charge:
            left = charge["amount"] - charge["amount_refunded"]
            self.refunds.refund(charge["id"], part_of(left, 0.5), "requested_by_customer")

    def _dispute(self) -> None:
        def can_be_disputed(charge: Obj) -> bool:
            return is_untouched(charge) and charge["payment_method_details"]["type"] == "card"

        charge = self._recent_charge(can_be_disputed)
        if charge:
            self.disputes.open(charge["id"])

    def _recent_charge(self, fits: Callable[[Obj], bool]) -> Obj | None:
        charges = [self.desk.get(charge_id) for charge_id in self.payments.recent()]
        return pick(self.desk.rng, charges, fits)

    def _credit_paid_invoice(self, *, refund: bool) -> None:
        def can_be_credited(invoice: Obj) -> bool:
            known = self.desk.find(invoice["customer"]) is not None
            return known and self.credit_notes.can_credit(invoice)

        invoice = pick(self.desk.rng, self._recent_invoices("paid"), can_be_credited)
        if invoice:
            self.credit_notes.credit_part(invoice, 0.25, refund=refund)

    def _credit_open_invoice(self) -> None:
        invoices = [
            invoice
            for invoice in self._recent_invoices("open")
            if invoice["amount_due"] == invoice["total"]
            and invoice["collection_method"] == "send_invoice"
        ]
        if len(invoices) > 1:
            self.credit_notes.credit_open(self.desk.rng.choice(invoices))

    def _take_sale_back(self) -> None:
        def can_be_taken_back(transfer: Obj) -> bool:
            charge = self.desk.get(transfer["source_transaction"])
            return is_untouched(charge) and not transfer["amount_reversed"]

        transfer = pick(self.desk.rng, self.desk.all("transfer")[-40:], can_be_taken_back)
        if transfer:
            share = self.desk.rng.choice((1.0, 0.5))
            self.marketplace.take_back(transfer["id"], share)

    def _settle_a_booking(self) -> None:
        waiting = self.bookings.waiting()
        if len(waiting) > 1:
            self.bookings.call_off(self.desk.rng.choice(waiting)["id"])

    def _agree_on_a_ramp(self) -> None:
        def agree(subscription: Obj) -> None:
            item = self.decisions.plan_item(subscription, ("team", "business"))
            if item and not subscription["schedule"]:
                seats = item["quantity"]
                self.schedules.plan_ramp(subscription["id"], (seats, seats + 5, seats + 10))

        self._someone(agree, single_item=True)

    def _bill_services(self) -> None:
        contracts = self.enterprise.contracts()
        if contracts:
            lines = self.desk.rng.choice((11, 14, 24))
            self.enterprise.bill_services(self.desk.rng.choice(contracts), lines)

    def _end_customer_discount(self) -> None:
        for customer in self.desk.all("customer"):
            if customer["discount"]:
                self.discounts.end_for_customer(customer)
                return

    def _discount_customer(self) -> None:
        def favour(subscription: Obj) -> None:
            customer = self.desk.get(subscription["customer"])
            if not customer["discount"]:
                coupon = self.desk.rng.choice(("SORRY25", "NONPROFIT30"))
                discount = self.discounts.grant(coupon, customer=customer["id"])
                self.desk.change(customer["id"], discount=discount)

        self._someone(favour)

    def _discount_item(self) -> None:
        for item in reversed(self.desk.all("subscription_item")):
            subscription = self.desk.get(item["subscription"])
            product = self.desk.get(self.desk.get(item["price"])["product"])
            fits = product["metadata"].get("key") == "storage" and not item["discounts"]
            if fits and subscription["status"] == "active":
                discount = self.discounts.grant(
                    "STORAGE10",
                    customer=subscription["customer"],
                    subscription_item=item["id"],
                )
                self.desk.change(item["id"], discounts=[discount])
                return

    def _someone(
        self,
        act: Callable[[Obj], None],
        *,
        several_items: bool = False,
        single_item: bool = False,
    ) -> None:
        """Act on an active card subscription for which it changes something."""
        candidates = [
            subscription
            for subscription in self.desk.all("subscription")
            if subscription["status"] == "active"
            and subscription["collection_method"] == "charge_automatically"
            and not subscription["cancel_at_period_end"]
            and not subscription["pause_collection"]
        ]
        for subscription in self.desk.rng.sample(candidates, len(candidates)):
            before = self._present(subscription["id"])
            count = len(before[1])
            if (several_items and count == 1) or (single_item and count > 1):
                continue
            act(subscription)
            if self._present(subscription["id"]) != before:
                return

    def _present(self, subscription_id: str) -> tuple[Obj, list[Obj], Obj]:
        subscription = self.desk.get(subscription_id)
        items = self.desk.children(subscription_id, "items")
        return subscription, items, self.desk.get(subscription["customer"])

    def _recent_invoices(self, status: str) -> list[Obj]:
        since = self.desk.now - 45 * DAY
        return [
            invoice
            for invoice in self.desk.all("invoice")
            if invoice["status"] == status and invoice["created"] > since
        ]
