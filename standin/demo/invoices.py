"""Invoices: drafted with lines, discounts and taxes, then finalized."""

from __future__ import annotations

from collections.abc import Sequence

from standin.demo.deeds.bills import (
    InvoiceDiscarded,
    InvoiceDrafted,
    InvoiceFinalized,
    InvoicePaid,
    InvoiceVoided,
    InvoiceWrittenOff,
    PaymentAsked,
)
from standin.demo.desk import Desk, Obj
from standin.demo.discounts import Discounts
from standin.demo.invoice_items import InvoiceItems
from standin.demo.invoice_lines import (
    Line,
    LineDraft,
    billed,
    from_invoice_item,
    line_fields,
    tax_of,
)
from standin.demo.invoice_shape import Bill, header, included_tax, totals
from standin.demo.payments import Payments


class Invoices:
    """Writes invoices and keeps track of what they still wait for."""

    def __init__(
        self, desk: Desk, items: InvoiceItems, discounts: Discounts, payments: Payments
    ) -> None:
        self.desk = desk
        self.items = items
        self.discounts = discounts
        self.payments = payments
        self._payment_of: dict[str, str] = {}
        self._last_line: dict[str, tuple[str, str]] = {}

    def resume(self) -> None:
        """Find each invoice's payment, and what was billed last for each subscription item."""
        for payment in self.desk.all("invoice_payment"):
            self._payment_of[payment["invoice"]] = payment["id"]
        for line in self.desk.all("line_item"):
            self._remember(line)

    def credit_for(self, item_id: str) -> tuple[str, str] | None:
        """Invoice and line that last billed a subscription item."""
        return self._last_line.get(item_id)

    def draft(self, bill: Bill) -> Obj:
        """Write a draft that takes up the invoice items that wait for it."""
        desk = self.desk
        own = self.items.take(bill.subscription["id"]) if bill.subscription else []
        waiting = own + self.items.take(bill.customer)
        drafts = [*map(from_invoice_item, waiting), *bill.lines]
        customer = desk.get(bill.customer)
        discounts = list(bill.discounts)
        if bill.coupon:
            discounts.append(self.discounts.grant_for_invoice(bill.coupon, bill.customer))
        lines = self._priced(drafts, bill, discounts)
        invoice = desk.create(
            "invoice",
            silent=True,
            lines=[line_fields(line, bill.currency) for line in lines],
            discounts=discounts,
            **header(desk, bill, customer),
            **totals(lines, customer["balance"]),
        )
        desk.note(
            InvoiceDrafted(
                invoice["id"],
                bill.customer,
                bill.subscription["id"] if bill.subscription else None,
                bill.currency,
                invoice["due_date"],
                included_tax(desk, bill.tax_rate),
                tuple(map(billed, lines)),
            )
        )
        if bill.coupon:
            self.discounts.attach(discounts[-1], invoice["id"])
        for item in waiting:
            # Stripe has no invoiceitem.updated event.
            desk.change(item["id"], silent=True, invoice=invoice["id"])
        desk.announce("invoice.created", invoice)
        for line in desk.children(invoice["id"], "lines"):
            self._remember(line)
        return invoice

    def discard(self, invoice_id: str) -> None:
        """Delete a draft together with the invoice items on it."""
        self.items.drop_of(invoice_id)
        self.desk.delete(invoice_id)
        self.desk.note(InvoiceDiscarded(invoice_id))

    def finalize(self, invoice_id: str) -> Obj:
        """Number a draft and ask for its payment; one without anything to pay is paid at once."""
        desk, now = self.desk, self.desk.now
        invoice = desk.get(invoice_id)
        customer = desk.get(invoice["customer"])
        number = customer["next_invoice_sequence"]
        after_balance = invoice["total"] + customer["balance"]
        desk.change(customer["id"], next_invoice_sequence=number + 1, balance=min(0, after_balance))
        due = max(0, after_balance)
        by_card = invoice["collection_method"] == "charge_automatically"
        changes = {
            "amount_due": due,
            "amount_remaining": due,
            "auto_advance": True,
            "automatically_finalizes_at": None,
            "effective_at": now,
            "ending_balance": min(0, after_balance),
            "number": f"{customer['invoice_prefix']}-{number:04d}",
            "next_payment_attempt": None,
            "starting_balance": customer["balance"],
            "status": "open",
            "status_transitions": {**invoice["status_transitions"], "finalized_at": now},
            "hosted_invoice_url": f"https://invoice.stripe.com/i/{desk.account.id}/{invoice_id}",
            "invoice_pdf": f"https://pay.stripe.com/invoice/{desk.account.id}/{invoice_id}/pdf",
        }
        invoice = desk.change(invoice_id, "invoice.finalized", **changes)
        desk.note(InvoiceFinalized(invoice_id, invoice["number"], due))
        if due == 0:
            return self.mark_paid(invoice_id, amount=0)
        self._ask_for_payment(invoice, customer, "card" if by_card else "customer_balance")
        return invoice

    def mark_paid(
        self, invoice_id: str, *, amount: int, off_stripe: int = 0, attempts: int = 0
    ) -> Obj:
        """An open invoice is settled by an amount that came in, on Stripe or off it."""
        invoice, now = self.desk.get(invoice_id), self.desk.now
        self.desk.note(InvoicePaid(invoice_id, amount, off_stripe))
        return self.desk.change(
            invoice_id,
            "invoice.updated",
            "invoice.paid",
            "invoice.payment_succeeded",
            status="paid",
            amount_paid=amount + off_stripe,
            amount_paid_off_stripe=off_stripe,
            amount_remaining=invoice["amount_due"] - amount - off_stripe,
            attempt_count=attempts,
            attempted=True,
            auto_advance=False,
            next_payment_attempt=None,
            status_transitions={**invoice["status_transitions"], "paid_at": now},
        )

    def receive(self, invoice_id: str, *, attempts: int = 0) -> Obj:
        """The payment that an open invoice asked for has succeeded after some card attempts."""
        payment = self.payment_of(invoice_id)
        amount = payment["amount_requested"]
        self.desk.change(
            payment["id"],
            "invoice_payment.paid",
            status="paid",
            amount_paid=amount,
            status_transitions={"canceled_at": None, "paid_at": self.desk.now},
        )
        return self.mark_paid(invoice_id, amount=amount, attempts=attempts)

    def write_off(self, invoice_id: str, reason: str) -> None:
        """Mark an open invoice uncollectible."""
        invoice = self.desk.get(invoice_id)
        moved = {**invoice["status_transitions"], "marked_uncollectible_at": self.desk.now}
        self.desk.change(
            invoice_id,
            "invoice.updated",
            "invoice.marked_uncollectible",
            status="uncollectible",
            status_details={"uncollectible": {"reason": reason}},
            auto_advance=False,
            next_payment_attempt=None,
            status_transitions=moved,
        )
        self.desk.note(InvoiceWrittenOff(invoice_id, reason))

    def void(self, invoice_id: str) -> None:
        """Void an open invoice: nothing is owed any more."""
        invoice = self.desk.get(invoice_id)
        self.cancel_payment(invoice_id, "void_invoice")
        moved = {**invoice["status_transitions"], "voided_at": self.desk.now}
        self.desk.change(
            invoice_id,
            "invoice.updated",
            "invoice.voided",
            status="void",
            auto_advance=False,
            next_payment_attempt=None,
            status_transitions=moved,
        )
        self.desk.note(InvoiceVoided(invoice_id))

    def payment_of(self, invoice_id: str) -> Obj:
        """The invoice payment that a finalized invoice waits for, or was paid by."""
        return self.desk.get(self._payment_of[invoice_id])

    def cancel_payment(self, invoice_id: str, reason: str) -> None:
        """Give up the payment intent of an open invoice."""
        payment = self.payment_of(invoice_id)
        self.payments.cancel(payment["payment"]["payment_intent"], reason)
        # Only the payment of an invoice payment has a snapshot event.
        self.desk.change(
            payment["id"],
            silent=True,
            status="canceled",
            status_transitions={"canceled_at": self.desk.now, "paid_at": None},
        )

    def _ask_for_payment(self, invoice: Obj, customer: Obj, method: str) -> None:
        intent = self.payments.open_intent(
            invoice["amount_due"],
            invoice["currency"],
            _PURPOSE[invoice["billing_reason"]],
            customer=customer,
            method=method,
        )
        self.desk.note(PaymentAsked(intent["id"], invoice["id"]))
        payment = self.desk.create(
            "invoice_payment",
            silent=True,
            invoice=invoice["id"],
            amount_requested=invoice["amount_due"],
            currency=invoice["currency"],
            is_default=True,
            payment={"type": "payment_intent", "payment_intent": intent["id"]},
            status="open",
        )
        self._payment_of[invoice["id"]] = payment["id"]

    def _priced(
        self, drafts: Sequence[LineDraft], bill: Bill, discounts: Sequence[str]
    ) -> list[Line]:
        """Work out discounts (a line's own first, then the invoice's) and then taxes."""
        lines = [Line(draft) for draft in drafts]
        own = dict.fromkeys(discount for draft in drafts for discount in draft.discounts)
        for discount in own:
            held = [line for line in lines if discount in line.draft.discounts]
            self.discounts.take_off(discount, held, bill.currency)
        for discount in discounts:
            self.discounts.take_off(discount, lines, bill.currency)
        if bill.tax_rate:
            rate, customer = self.desk.get(bill.tax_rate), self.desk.get(bill.customer)
            for line in lines:
                line.taxes = [tax_of(rate, line.net, customer)]
        return lines

    def _remember(self, line: Obj) -> None:
        details = (line["parent"] or {}).get("subscription_item_details")
        if details and not details["proration"]:
            self._last_line[details["subscription_item"]] = (line["invoice"], line["id"])


_PURPOSE = {
    "subscription_create": "Subscription creation",
    "subscription_cycle": "Subscription update",
    "subscription_update": "Subscription update",
    "manual": "Payment for Invoice",
}


def subscription_of(invoice: Obj) -> str | None:
    """Id of the subscription that an invoice bills, None for a manual one."""
    details = (invoice["parent"] or {}).get("subscription_details")
    return str(details["subscription"]) if details else None
