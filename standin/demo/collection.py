"""Collection: invoices are paid by card, retried when that fails, and given up in the end."""

from __future__ import annotations

from dataclasses import dataclass

from standin.demo.bank_transfers import BankTransfers
from standin.demo.contracts import ENDED, Contracts
from standin.demo.customers import Customers
from standin.demo.dates import DAY, HOUR, MINUTE
from standin.demo.deeds.bills import RetryPlanned
from standin.demo.desk import Desk, Obj
from standin.demo.invoices import Invoices, subscription_of
from standin.demo.payments import Payments

RETRY_AFTER_DAYS = (5, 7, 9)
"""The retry schedule of the account, counted from the attempt before."""
_TIME_TO_COMPLETE = 23 * HOUR
"""How long Stripe waits for the payment of a subscription's first invoice."""


@dataclass(eq=False)
class Collection:
    """Finalizes drafts and collects those that are charged automatically."""

    desk: Desk
    customers: Customers
    contracts: Contracts
    invoices: Invoices
    payments: Payments
    transfers: BankTransfers

    def resume(self) -> None:
        """Take up drafts to be finalized, retries to be made and first payments to be awaited."""
        for invoice in self.desk.all("invoice"):
            if invoice["status"] == "draft" and invoice["automatically_finalizes_at"]:
                self.finalize_later(invoice)
            elif invoice["status"] == "open" and invoice["next_payment_attempt"]:
                self.desk.at(invoice["next_payment_attempt"], self._retry, invoice["id"])
        for subscription in self.desk.all("subscription"):
            if subscription["status"] == "incomplete":
                until = subscription["created"] + _TIME_TO_COMPLETE
                self.desk.at(until, self._expire, subscription["latest_invoice"])

    def finalize_later(self, invoice: Obj) -> None:
        """Plan the finalization of a draft for when Stripe does it, an hour after its creation."""
        self.desk.at(invoice["automatically_finalizes_at"], self._finalize, invoice["id"])

    def collect(self, invoice_id: str) -> None:
        """Finalize a draft and, when there is anything to pay, charge the card or send it."""
        invoice = self.invoices.finalize(invoice_id)
        if invoice["status"] != "open":
            return
        if invoice["collection_method"] == "send_invoice":
            self.transfers.send(invoice)
        else:
            self._attempt(invoice)

    def pay_now(self, invoice_id: str) -> None:
        """The customer (or the business) starts a payment by hand, outside the retry schedule."""
        invoice = self.desk.get(invoice_id)
        if invoice["status"] == "open":
            self._attempt(invoice, by_hand=True)

    def _finalize(self, invoice_id: str) -> None:
        invoice = self.desk.find(invoice_id)
        if invoice is None or invoice["status"] != "draft":
            return
        pause = self._pause_of(invoice)
        if pause == "keep_as_draft":
            self.desk.change(
                invoice_id,
                auto_advance=False,
                automatically_finalizes_at=None,
                next_payment_attempt=None,
            )
        elif pause:
            self._finalize_paused(invoice_id, pause)
        else:
            self.collect(invoice_id)

    def _finalize_paused(self, invoice_id: str, behavior: str) -> None:
        if self.invoices.finalize(invoice_id)["status"] != "open":
            return
        if behavior == "void":
            self.invoices.void(invoice_id)
        else:
            self.invoices.write_off(invoice_id, "subscription_paused")

    def _pause_of(self, invoice: Obj) -> str | None:
        subscription = self._subscription_of(invoice)
        pause = subscription["pause_collection"] if subscription else None
        return pause["behavior"] if pause else None

    def _subscription_of(self, invoice: Obj) -> Obj | None:
        subscription_id = subscription_of(invoice)
        return self.desk.get(subscription_id) if subscription_id else None

    def _retry(self, invoice_id: str) -> None:
        invoice = self.desk.get(invoice_id)
        if invoice["status"] == "open" and invoice["next_payment_attempt"] == self.desk.now:
            self._attempt(invoice)

    def _attempt(self, invoice: Obj, *, by_hand: bool = False) -> None:
        intent = self.invoices.payment_of(invoice["id"])["payment"]["payment_intent"]
        customer = self.desk.get(invoice["customer"])
        card = customer["invoice_settings"]["default_payment_method"]
        first = invoice["billing_reason"] == "subscription_create"
        charge = self.payments.try_card(intent, card, first=first)
        counted = invoice["attempt_count"] + (0 if by_hand and invoice["attempted"] else 1)
        if charge["status"] == "succeeded":
            self._settle(invoice, counted)
        else:
            self._miss(invoice, counted, by_hand=by_hand)

    def _settle(self, invoice: Obj, attempts: int) -> None:
        self.invoices.receive(invoice["id"], attempts=attempts)
        subscription = self._subscription_of(invoice)
        if subscription and subscription["status"] in ("past_due", "incomplete"):
            self.contracts.set_status(subscription["id"], "active")
        if self.desk.get(invoice["customer"])["delinquent"]:
            self.desk.change(invoice["customer"], delinquent=False)

    def _miss(self, invoice: Obj, attempts: int, *, by_hand: bool) -> None:
        subscription = self._subscription_of(invoice)
        first = invoice["billing_reason"] == "subscription_create"
        retries = 0 if first or subscription is None else len(RETRY_AFTER_DAYS)
        planned: int | None = None
        if by_hand:
            planned = invoice["next_payment_attempt"]
        elif attempts <= retries:
            planned = self.desk.now + RETRY_AFTER_DAYS[attempts - 1] * DAY
            self.desk.at(planned, self._retry, invoice["id"])
        self.desk.change(
            invoice["id"],
            "invoice.updated",
            "invoice.payment_failed",
            attempted=True,
            attempt_count=attempts,
            next_payment_attempt=planned,
        )
        self.desk.note(RetryPlanned(invoice["id"], planned))
        if subscription is None:
            self._hope(invoice["id"])
        elif first:
            self._await_completion(invoice["id"], subscription)
        elif planned:
            self._fall_behind(invoice, subscription)
        else:
            self._give_up(invoice["id"], subscription)

    def _await_completion(self, invoice_id: str, subscription: Obj) -> None:
        if subscription["status"] == "incomplete":
            return
        self.contracts.set_status(subscription["id"], "incomplete")
        self.desk.at(self.desk.now + _TIME_TO_COMPLETE, self._expire, invoice_id)
        self._hope(invoice_id, chance=0.65, within=5 * HOUR)

    def _fall_behind(self, invoice: Obj, subscription: Obj) -> None:
        if subscription["status"] in ("active", "trialing"):
            self.contracts.set_status(subscription["id"], "past_due")
        if not self.desk.get(invoice["customer"])["delinquent"]:
            self.desk.change(invoice["customer"], delinquent=True)
        self._hope(invoice["id"], chance=0.25)

    def _hope(self, invoice_id: str, *, chance: float = 0.8, within: int = 6 * DAY) -> None:
        """Perhaps the customer reads the mail about the failure and enters another card."""
        rng = self.desk.rng
        if rng.random() < chance:
            later = self.desk.now + rng.randint(5 * MINUTE, within)
            self.desk.at(later, self._with_new_card, invoice_id)

    def _with_new_card(self, invoice_id: str) -> None:
        invoice = self.desk.get(invoice_id)
        if invoice["status"] == "open":
            self.customers.give_new_card(invoice["customer"])
            self.pay_now(invoice_id)

    def _give_up(self, invoice_id: str, subscription: Obj) -> None:
        if subscription["status"] not in ENDED:
            self.contracts.end(subscription["id"], "payment_failed")
        self.invoices.cancel_payment(invoice_id, "failed_invoice")
        self.invoices.write_off(invoice_id, "max_payment_attempts")

    def _expire(self, invoice_id: str) -> None:
        invoice = self.desk.get(invoice_id)
        subscription = self._subscription_of(invoice)
        if subscription is not None and subscription["status"] == "incomplete":
            self.contracts.expire(subscription["id"])
            self.invoices.void(invoice_id)
