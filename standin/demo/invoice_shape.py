"""The form of a draft invoice: its header, and its amounts summed up from the lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from standin.demo.dates import DAY, HOUR
from standin.demo.desk import Desk, Obj
from standin.demo.invoice_lines import Line, LineDraft


@dataclass(frozen=True)
class Bill:
    """What to invoice and how; times in Unix seconds."""

    customer: str
    currency: str
    lines: Sequence[LineDraft]
    reason: str
    subscription: Obj | None = None
    method: str = "charge_automatically"
    days_until_due: int | None = None
    period_start: int | None = None
    tax_rate: str | None = None
    discounts: Sequence[str] = ()
    coupon: str | None = None
    auto_advance: bool = True
    description: str | None = None
    proration_date: int | None = None


def header(desk: Desk, bill: Bill, customer: Obj) -> dict[str, Any]:
    """An invoice's fields other than its amounts."""
    parent = None
    if bill.subscription:
        parent = {
            "type": "subscription_details",
            "quote_details": None,
            "subscription_details": {
                "metadata": bill.subscription["metadata"],
                "subscription": bill.subscription["id"],
                "subscription_proration_date": bill.proration_date,
            },
        }
    return {
        "account_country": "IE",
        "account_name": "Tidemark Analytics",
        "attempt_count": 0,
        "attempted": False,
        "auto_advance": bill.auto_advance,
        "automatic_tax": {"enabled": False},
        "automatically_finalizes_at": desk.now + HOUR if bill.auto_advance else None,
        "billing_reason": bill.reason,
        "collection_method": bill.method,
        "currency": bill.currency,
        "customer": bill.customer,
        "customer_address": customer["address"],
        "customer_email": customer["email"],
        "customer_name": customer["name"],
        "customer_tax_exempt": customer["tax_exempt"],
        "customer_tax_ids": [
            {"type": tax_id["type"], "value": tax_id["value"]}
            for tax_id in desk.children(customer["id"], "tax_ids")
        ],
        "default_tax_rates": [bill.tax_rate] if bill.tax_rate else [],
        "description": bill.description,
        "issuer": {"type": "self"},
        "due_date": desk.now + bill.days_until_due * DAY if bill.days_until_due else None,
        "metadata": {},
        "next_payment_attempt": desk.now + HOUR if bill.auto_advance else None,
        "parent": parent,
        "payment_settings": {},
        "period_end": desk.now,
        "period_start": bill.period_start or desk.now,
        "status": "draft",
        "status_transitions": {},
    }


def totals(lines: Sequence[Line], balance: int) -> dict[str, Any]:
    """An invoice's amounts, summed up from its lines."""
    subtotal = sum(line.draft.amount for line in lines)
    discounts: dict[str, int] = {}
    by_rate: dict[str, dict[str, Any]] = {}
    for line in lines:
        for discount, amount in line.off.items():
            discounts[discount] = discounts.get(discount, 0) + amount
        add_taxes(by_rate, line.taxes)
    inclusive = sum(t["amount"] for t in by_rate.values() if t["tax_behavior"] == "inclusive")
    exclusive = sum(t["amount"] for t in by_rate.values() if t["tax_behavior"] == "exclusive")
    total = subtotal - sum(discounts.values()) + exclusive
    amounts = [{"amount": amount, "discount": discount} for discount, amount in discounts.items()]
    return {
        "subtotal": subtotal,
        "subtotal_excluding_tax": subtotal - inclusive,
        "total": total,
        "total_excluding_tax": total - exclusive - inclusive,
        "total_discount_amounts": amounts,
        "total_pretax_credit_amounts": [{**entry, "type": "discount"} for entry in amounts],
        "total_taxes": list(by_rate.values()),
        "starting_balance": balance,
        "amount_due": max(0, total + balance),
        "amount_remaining": max(0, total + balance),
        "amount_paid": 0,
        "amount_overpaid": 0,
        "amount_shipping": 0,
        "post_payment_credit_notes_amount": 0,
        "pre_payment_credit_notes_amount": 0,
    }


def included_tax(desk: Desk, tax_rate: str | None) -> float:
    """The percentage of a tax rate whose tax is in the prices; 0 for another one, or for none."""
    rate = desk.get(tax_rate) if tax_rate else None
    return float(rate["percentage"]) if rate and rate["inclusive"] else 0.0


def add_taxes(by_rate: dict[str, dict[str, Any]], taxes: Sequence[Mapping[str, Any]]) -> None:
    """Add a line's taxes to the sums per tax rate."""
    for tax in taxes:
        rate = tax["tax_rate_details"]["tax_rate"]
        total = by_rate.setdefault(rate, {**tax, "amount": 0, "taxable_amount": 0})
        total["amount"] += tax["amount"]
        total["taxable_amount"] += tax["taxable_amount"]
