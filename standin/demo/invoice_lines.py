"""Lines of an invoice: drafts in business terms, and their form in Stripe's."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from standin.demo.deeds.bills import Billed
from standin.demo.desk import Desk, Obj
from standin.demo.pricing import Piece, pieces, rounded


@dataclass(frozen=True)
class LineDraft:
    """A line before discounts and taxes; amounts in minor units, times in Unix seconds."""

    amount: int
    description: str
    quantity: int
    start: int
    end: int
    unit_amount_decimal: str | None = None
    price: str | None = None
    product: str | None = None
    subscription: str | None = None
    subscription_item: str | None = None
    invoice_item: str | None = None
    proration: bool = False
    discountable: bool = True
    discounts: tuple[str, ...] = ()
    credited: tuple[str, str] | None = None
    """Invoice and line that a proration gives credit for."""

    @property
    def parent(self) -> dict[str, Any] | None:
        """The line's ``parent``: what it was made from."""
        details: dict[str, Any] = {
            "invoice_item": self.invoice_item,
            "proration": self.proration,
            "proration_details": {"credited_items": self._credited_items()},
            "subscription": self.subscription,
        }
        if self.subscription_item is None:
            return {
                "type": "invoice_item_details",
                "invoice_item_details": details,
                "subscription_item_details": None,
            }
        return {
            "type": "subscription_item_details",
            "invoice_item_details": None,
            "subscription_item_details": {
                **details,
                "subscription_item": self.subscription_item,
            },
        }

    @property
    def pricing(self) -> dict[str, Any] | None:
        """The line's ``pricing``, None for a line that was typed in by hand."""
        return pricing(self.price, self.product, self.unit_amount_decimal)

    def _credited_items(self) -> dict[str, Any] | None:
        if self.credited is None:
            return None
        invoice, line = self.credited
        return {"invoice": invoice, "invoice_line_items": [line]}


def pricing(price: str | None, product: str | None, unit: str | None) -> dict[str, Any] | None:
    """``pricing`` of a line or an invoice item."""
    if price is None:
        return None
    return {
        "type": "price_details",
        "price_details": {"price": price, "product": product},
        "unit_amount_decimal": unit,
    }


def period_lines(
    desk: Desk, item: Obj, currency: str, start: int, end: int, usage: int | None = None
) -> list[LineDraft]:
    """The lines of one subscription item for a period: one per tier, flat fees apart."""
    price = desk.get(item["price"])
    product = desk.get(price["product"])
    quantity = item["quantity"] if usage is None else usage
    every = price["recurring"]["interval"]
    return [
        LineDraft(
            amount=piece.amount,
            description=_description(piece, product, every),
            quantity=piece.quantity,
            start=start,
            end=end,
            unit_amount_decimal=piece.unit_amount_decimal,
            price=price["id"],
            product=product["id"],
            subscription=item["subscription"],
            subscription_item=item["id"],
            discounts=tuple(item["discounts"]),
        )
        for piece in pieces(price, quantity, currency)
    ]


def trial_line(desk: Desk, item: Obj, start: int, end: int) -> LineDraft:
    """The free line that the first invoice of a trial shows for an item."""
    price = desk.get(item["price"])
    product = desk.get(price["product"])
    return LineDraft(
        amount=0,
        description=f"Trial period for {product['name']}",
        quantity=item["quantity"] or 0,
        start=start,
        end=end,
        unit_amount_decimal="0",
        price=price["id"],
        product=product["id"],
        subscription=item["subscription"],
        subscription_item=item["id"],
    )


def from_invoice_item(invoice_item: Obj) -> LineDraft:
    """The line that a pending invoice item becomes."""
    details = (invoice_item["parent"] or {}).get("subscription_details") or {}
    priced = invoice_item["pricing"] or {}
    price = priced.get("price_details") or {}
    credited = (invoice_item["proration_details"] or {}).get("credited_items")
    found = credited["invoice_line_item_details"] if credited else None
    return LineDraft(
        amount=invoice_item["amount"],
        description=invoice_item["description"],
        quantity=invoice_item["quantity"],
        start=invoice_item["period"]["start"],
        end=invoice_item["period"]["end"],
        unit_amount_decimal=priced.get("unit_amount_decimal"),
        price=price.get("price"),
        product=price.get("product"),
        subscription=details.get("subscription"),
        subscription_item=details.get("subscription_item"),
        invoice_item=invoice_item["id"],
        proration=invoice_item["proration"],
        discountable=invoice_item["discountable"],
        credited=(found["invoice"], found["invoice_line_items"][0]) if found else None,
    )


def tax_of(rate: Obj, taxable: int, customer: Obj) -> dict[str, Any]:
    """One entry of a line's ``taxes``; zero where the customer accounts for the tax."""
    reverse = customer["tax_exempt"] == "reverse"
    percentage = Decimal(0) if reverse else Decimal(str(rate["percentage"]))
    if rate["inclusive"]:
        amount = taxable - rounded(Decimal(taxable) / (1 + percentage / 100))
        taxable -= amount
    else:
        amount = rounded(Decimal(taxable) * percentage / 100)
    return {
        "amount": amount,
        "tax_behavior": "inclusive" if rate["inclusive"] else "exclusive",
        "tax_rate_details": {"tax_rate": rate["id"]},
        "taxability_reason": "reverse_charge" if reverse else "standard_rated",
        "taxable_amount": taxable,
        "type": "tax_rate_details",
    }


@dataclass
class Line:
    """A line with what each discount takes off it, and its taxes on the rest."""

    draft: LineDraft
    off: dict[str, int] = field(default_factory=dict)
    taxes: list[dict[str, Any]] = field(default_factory=list)

    @property
    def net(self) -> int:
        """The amount after discounts."""
        return self.draft.amount - sum(self.off.values())


def billed(line: Line) -> Billed:
    """The line as the business's ledger has it."""
    draft = line.draft
    return Billed(
        draft.amount,
        dict(line.off),
        draft.subscription_item,
        draft.price,
        draft.quantity,
        draft.start,
        draft.end,
        draft.proration,
    )


def line_fields(line: Line, currency: str) -> dict[str, Any]:
    """The fields of a ``line_item`` object, apart from the invoice that it belongs to."""
    draft = line.draft
    amounts = [{"amount": amount, "discount": discount} for discount, amount in line.off.items()]
    return {
        "amount": draft.amount,
        "subtotal": draft.amount,
        "currency": currency,
        "description": draft.description,
        "discount_amounts": amounts,
        "discountable": draft.discountable,
        "discounts": list(draft.discounts),
        "parent": draft.parent,
        "period": {"start": draft.start, "end": draft.end},
        "pretax_credit_amounts": [
            {**entry, "type": "discount", "credit_balance_transaction": None} for entry in amounts
        ],
        "pricing": draft.pricing,
        "quantity": draft.quantity,
        "quantity_decimal": str(draft.quantity),
        "subscription": draft.subscription,
        "taxes": line.taxes,
    }


def _description(piece: Piece, product: Obj, every: str) -> str:
    tier = f" ({piece.label})" if piece.label else ""
    per = f"{product['unit_label']} / {every}" if product["unit_label"] else every
    return f"{piece.quantity} x {product['name']}{tier} (per {per})"
