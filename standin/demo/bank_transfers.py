"""Invoices sent to larger customers, who pay by bank transfer: in time, late, or never."""

from __future__ import annotations

from dataclasses import dataclass

from standin.demo.contracts import Contracts
from standin.demo.dates import DAY, HOUR
from standin.demo.desk import Desk, Obj
from standin.demo.dice import weighted
from standin.demo.invoices import Invoices, subscription_of
from standin.demo.payments import Payments

_ENDINGS = {"in time": 60.0, "late": 24.0, "off Stripe": 7.0, "never": 5.0, "void": 4.0}


@dataclass(eq=False)
class BankTransfers:
    """Follows sent invoices until they are paid or given up."""

    desk: Desk
    contracts: Contracts
    invoices: Invoices
    payments: Payments

    def resume(self) -> None:
        """Take up the invoices that are still unpaid."""
        for invoice in self.desk.all("invoice"):
            sent = invoice["collection_method"] == "send_invoice"
            if sent and invoice["status"] == "open":
                self._expect(invoice)

    def send(self, invoice: Obj) -> None:
        """Send a finalized invoice to the customer."""
        self.desk.announce("invoice.sent", invoice)
        self._expect(invoice)

    def receive(self, invoice_id: str) -> None:
        """The transfer for an open invoice comes in."""
        invoice = self.desk.get(invoice_id)
        if invoice["status"] == "open":
            payment = self.invoices.payment_of(invoice_id)
            self.payments.receive_transfer(payment["payment"]["payment_intent"])
            self.invoices.receive(invoice_id)
            self._settle(invoice)

    def _expect(self, invoice: Obj) -> None:
        desk, rng = self.desk, self.desk.rng
        due, now = invoice["due_date"], desk.now
        if due > now:
            desk.at(due, self._fall_due, invoice["id"])
        ending = weighted(rng, _ENDINGS)
        if ending == "in time" and due > now + DAY:
            desk.at(rng.randint(now + DAY, due), self.receive, invoice["id"])
        elif ending in ("in time", "late"):
            later = max(due, now) + rng.randint(HOUR, 40 * DAY)
            desk.at(later, self.receive, invoice["id"])
        elif ending == "off Stripe":
            desk.at(max(due, now) + rng.randint(-9, 9) * HOUR, self._receive_cheque, invoice["id"])
        elif ending == "never":
            desk.at(max(due + 60 * DAY, now + DAY), self._give_up, invoice["id"])
        else:
            desk.at(now + rng.randint(DAY, 10 * DAY), self._void, invoice["id"])

    def _fall_due(self, invoice_id: str) -> None:
        invoice = self.desk.get(invoice_id)
        if invoice["status"] == "open":
            self.desk.announce("invoice.overdue", invoice)
            if subscription := subscription_of(invoice):
                self.contracts.set_status(subscription, "past_due")

    def _receive_cheque(self, invoice_id: str) -> None:
        """Paid outside of Stripe and marked as paid by hand."""
        invoice = self.desk.get(invoice_id)
        if invoice["status"] == "open":
            self.invoices.cancel_payment(invoice_id, "automatic")
            self.invoices.mark_paid(invoice_id, amount=0, off_stripe=invoice["amount_due"])
            self._settle(invoice)

    def _settle(self, invoice: Obj) -> None:
        if subscription := subscription_of(invoice):
            self.contracts.recover(subscription)

    def _give_up(self, invoice_id: str) -> None:
        invoice = self.desk.get(invoice_id)
        if invoice["status"] != "open":
            return
        self.invoices.write_off(invoice_id, "payment_not_received")
        subscription = subscription_of(invoice)
        if subscription and self.contracts.is_running(subscription):
            self.contracts.end(subscription, "payment_failed")

    def _void(self, invoice_id: str) -> None:
        invoice = self.desk.get(invoice_id)
        if invoice["status"] == "open":
            self.invoices.void(invoice_id)
            self._settle(invoice)
