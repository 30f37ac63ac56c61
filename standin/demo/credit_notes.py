"""Credit notes: invoices corrected after they were finalized."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from standin.demo.contracts import Contracts
from standin.demo.desk import Desk, Obj
from standin.demo.dice import token
from standin.demo.invoice_shape import add_taxes
from standin.demo.invoices import Invoices, subscription_of
from standin.demo.payments import is_untouched
from standin.demo.refunds import Refunds, part_of


@dataclass(eq=False)
class CreditNotes:
    """Issues credit notes, with a refund or a credit to the customer's balance."""

    desk: Desk
    contracts: Contracts
    invoices: Invoices
    refunds: Refunds

    def credit_part(self, invoice: Obj, share: float, *, refund: bool) -> None:
        """Credit a share of each line of a paid invoice that has no credits on it yet."""
        lines = [_credited(line, share) for line in self._lines(invoice)]
        amount = _total(lines)
        if refund:
            charge = self.charge_of(invoice)
            given = self.refunds.refund(charge["id"], amount, "requested_by_customer")
            settled: dict[str, Any] = {
                "refunds": [{"amount_refunded": amount, "refund": given["id"], "type": "refund"}]
            }
        else:
            customer = self.desk.get(invoice["customer"])
            self.desk.change(customer["id"], balance=customer["balance"] - amount)
            settled = {"customer_balance_transaction": token(self.desk.rng, "cbtxn_1")}
        self._issue(invoice, lines, "post_payment", "product_unsatisfactory", settled)
        already = invoice["post_payment_credit_notes_amount"]
        self.desk.change(invoice["id"], post_payment_credit_notes_amount=already + amount)

    def credit_open(self, invoice: Obj) -> None:
        """Credit all of an open invoice: nothing remains to be paid."""
        lines = [_credited(line, 1) for line in self._lines(invoice)]
        self._issue(invoice, lines, "pre_payment", "order_change", {})
        self.invoices.cancel_payment(invoice["id"], "void_invoice")
        amount = _total(lines)
        self.desk.change(
            invoice["id"],
            silent=True,
            amount_due=invoice["amount_due"] - amount,
            amount_remaining=invoice["amount_remaining"] - amount,
            pre_payment_credit_notes_amount=amount,
        )
        self.invoices.mark_paid(invoice["id"], amount=0)
        if subscription := subscription_of(invoice):
            self.contracts.recover(subscription)

    def can_credit(self, invoice: Obj) -> bool:
        """Whether an invoice was paid in full by an untouched charge and has no credit note."""
        paid = invoice["amount_paid"] == invoice["total"] > 0
        if not paid or invoice["amount_paid_off_stripe"]:
            return False
        if invoice["post_payment_credit_notes_amount"]:
            return False
        positive = all(line["amount"] >= 0 for line in self._lines(invoice))
        return positive and is_untouched(self.charge_of(invoice))

    def charge_of(self, invoice: Obj) -> Obj:
        """The charge that paid an invoice."""
        payment = self.invoices.payment_of(invoice["id"])
        intent = self.desk.get(payment["payment"]["payment_intent"])
        return self.desk.get(intent["latest_charge"])

    def _lines(self, invoice: Obj) -> list[Obj]:
        return self.desk.children(invoice["id"], "lines")

    def _issue(
        self,
        invoice: Obj,
        lines: list[dict[str, Any]],
        kind: str,
        reason: str,
        settled: dict[str, Any],
    ) -> None:
        amount = _total(lines)
        number = f"{invoice['number']}-CN-01"
        discounts: dict[str, int] = {}
        taxes: dict[str, dict[str, Any]] = {}
        for line in lines:
            for entry in line["discount_amounts"]:
                discount = entry["discount"]
                discounts[discount] = discounts.get(discount, 0) + entry["amount"]
            add_taxes(taxes, line["taxes"])
        subtotal = sum(line["amount"] for line in lines)
        tax_amount = sum(tax["amount"] for tax in taxes.values())
        self.desk.create(
            "credit_note",
            amount=amount,
            currency=invoice["currency"],
            customer=invoice["customer"],
            discount_amount=sum(discounts.values()),
            discount_amounts=[{"amount": a, "discount": d} for d, a in discounts.items()],
            effective_at=self.desk.now,
            invoice=invoice["id"],
            lines=lines,
            number=number,
            pdf=f"https://pay.stripe.com/credit_notes/{self.desk.account.id}/{number}/pdf",
            post_payment_amount=amount if kind == "post_payment" else 0,
            pre_payment_amount=amount if kind == "pre_payment" else 0,
            reason=reason,
            status="issued",
            subtotal=subtotal,
            subtotal_excluding_tax=subtotal,
            total=amount,
            total_excluding_tax=amount - tax_amount,
            total_taxes=list(taxes.values()),
            type=kind,
            **settled,
        )


def _total(lines: list[dict[str, Any]]) -> int:
    exclusive: int = sum(
        tax["amount"]
        for line in lines
        for tax in line["taxes"]
        if tax["tax_behavior"] == "exclusive"
    )
    net: int = sum(line["amount"] - line["discount_amount"] for line in lines)
    return exclusive + net


def _credited(line: Obj, share: float) -> dict[str, Any]:
    """A credit note's line for a share of an invoice's line."""
    off = [
        {**entry, "amount": _share(entry["amount"], share)} for entry in line["discount_amounts"]
    ]
    taxes = [
        {
            **tax,
            "amount": _share(tax["amount"], share),
            "taxable_amount": _share(tax["taxable_amount"], share),
        }
        for tax in line["taxes"]
    ]
    return {
        "amount": _share(line["amount"], share),
        "description": line["description"],
        "discount_amount": sum(entry["amount"] for entry in off),
        "discount_amounts": off,
        "invoice_line_item": line["id"],
        "pretax_credit_amounts": [
            {**entry, "type": "discount", "credit_balance_transaction": None} for entry in off
        ],
        "quantity": line["quantity"],
        "tax_rates": [tax["tax_rate_details"]["tax_rate"] for tax in line["taxes"]],
        "taxes": taxes,
        "type": "invoice_line_item",
    }


def _share(amount: int, share: float) -> int:
    return amount if share == 1 or amount == 0 else part_of(amount, share)
