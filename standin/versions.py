"""Objects as older API versions showed them: events keep the version of the account's past.

Only what matters to a reader is turned back: fields that moved between objects, and embedded
objects that became ids. Each entry of ``_CHANGES`` undoes one major version.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from standin import official
from standin.render import Renderer
from standin.store import Lookup, Row, Store

Data = dict[str, Any]
OLDEST = "2022-11-15"


class OldVersion:
    """Turns objects of the present version into those of ``version`` (a ``Stripe-Version``)."""

    def __init__(self, version: str, store: Store, renderer: Renderer) -> None:
        if version not in official.api_versions() or version < OLDEST:
            raise ValueError(f"events can't be written in API version {version!r}")
        self.version = version
        self._look = _Look(store, renderer)
        self._rules = [rules for since, rules in _CHANGES if version < since]

    def of(self, shown: Data) -> Data:
        """The object, and every object inside it, in the old version."""
        for rules in self._rules:
            shown = self._walk(shown, rules)
        return shown

    def _walk(self, value: Any, rules: Mapping[str, Rule]) -> Any:
        if isinstance(value, list):
            return [self._walk(v, rules) if isinstance(v, (dict, list)) else v for v in value]
        copy = {
            key: self._walk(inner, rules) if isinstance(inner, (dict, list)) else inner
            for key, inner in value.items()
        }
        rule = rules.get(str(copy.get("object")))
        if rule is not None:
            rule(copy, self._look)
        return copy


class _Look:
    """Finds other objects that an old shape needs."""

    def __init__(self, store: Store, renderer: Renderer) -> None:
        self._store = store
        self._renderer = renderer

    def full(self, kind: str, row_id: Any) -> Data | None:
        """An object in full by its id, deleted ones too."""
        table = self._store.table(kind)
        row = table.rows.get(row_id) or table.deleted.get(row_id)
        return self._renderer.render(row) if row else None

    def payments(self, path: tuple[str, ...], value: Any) -> list[Row]:
        """The invoice payments with this value."""
        return self._store.table("invoice_payment").find(Lookup(path), value)


Rule = Callable[[Data, _Look], None]


def _dig(value: Any, *path: str) -> Any:
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _discount(shown: Data, look: _Look) -> None:
    shown["coupon"] = look.full("coupon", _dig(shown.pop("source", None), "coupon"))


def _promotion_code(shown: Data, look: _Look) -> None:
    shown["coupon"] = look.full("coupon", _dig(shown.pop("promotion", None), "coupon"))


def _subscription(shown: Data, look: _Look) -> None:
    items = shown["items"]["data"]
    shown["current_period_start"] = min((i["current_period_start"] for i in items), default=None)
    shown["current_period_end"] = max((i["current_period_end"] for i in items), default=None)
    shown["discount"] = look.full("discount", next(iter(shown["discounts"]), None))
    shown["plan"] = items[0]["plan"] if len(items) == 1 else None
    shown["quantity"] = items[0]["quantity"] if len(items) == 1 else None


def _invoice(shown: Data, look: _Look) -> None:
    parent = shown.pop("parent", None)
    taxes = shown.pop("total_taxes", None) or []
    payments = [row.data["payment"] for row in look.payments(("invoice",), shown.get("id"))]
    shown["subscription"] = _dig(parent, "subscription_details", "subscription")
    shown["subscription_details"] = {
        "metadata": _dig(parent, "subscription_details", "metadata"),
    }
    shown["quote"] = _dig(parent, "quote_details", "quote")
    shown["payment_intent"] = next((p.get("payment_intent") for p in payments), None)
    shown["charge"] = next((p.get("charge") for p in payments), None)
    if shown["charge"] is None and shown["payment_intent"] is not None:
        intent = look.full("payment_intent", shown["payment_intent"])
        shown["charge"] = _dig(intent, "latest_charge")
    shown["paid"] = shown.get("status") == "paid"
    shown["paid_out_of_band"] = False
    shown["tax"] = sum(tax["amount"] for tax in taxes) if taxes else None
    shown["total_tax_amounts"] = [_tax_amount(tax) for tax in taxes]
    shown["discount"] = look.full("discount", next(iter(shown["discounts"]), None))
    shown["application_fee_amount"] = None
    shown["transfer_data"] = None


def _tax_amount(tax: Data) -> Data:
    return {
        "amount": tax["amount"],
        "inclusive": tax.get("tax_behavior") == "inclusive",
        "tax_rate": _dig(tax, "tax_rate_details", "tax_rate"),
        "taxability_reason": tax.get("taxability_reason"),
        "taxable_amount": tax.get("taxable_amount"),
    }


def _priced(shown: Data, look: _Look) -> None:
    pricing = shown.pop("pricing", None)
    price = _dig(pricing, "price_details", "price")
    shown["price"] = look.full("price", price)
    shown["plan"] = look.full("plan", price)


def _line_item(shown: Data, look: _Look) -> None:
    _priced(shown, look)
    parent = shown.pop("parent", None) or {}
    details = parent.get(str(parent.get("type")))
    shown["type"] = "subscription" if parent.get("subscription_item_details") else "invoiceitem"
    shown["invoice_item"] = _dig(details, "invoice_item")
    shown["subscription_item"] = _dig(details, "subscription_item")
    shown["proration"] = bool(_dig(details, "proration"))
    shown["proration_details"] = _dig(details, "proration_details")
    shown["tax_amounts"] = [_tax_amount(tax) for tax in shown.pop("taxes", None) or []]
    shown["tax_rates"] = []


def _invoiceitem(shown: Data, look: _Look) -> None:
    unit = _dig(shown.get("pricing"), "unit_amount_decimal")
    _priced(shown, look)
    parent = shown.pop("parent", None)
    shown["subscription"] = _dig(parent, "subscription_details", "subscription")
    shown["unit_amount"] = int(float(unit)) if unit is not None else None
    shown["unit_amount_decimal"] = unit


def _charge(shown: Data, look: _Look) -> None:
    by_intent = look.payments(("payment", "payment_intent"), shown.get("payment_intent"))
    by_charge = look.payments(("payment", "charge"), shown.get("id"))
    paid = by_charge or (by_intent if shown.get("payment_intent") else [])
    shown["invoice"] = paid[0].data["invoice"] if paid else None


def _payment_intent(shown: Data, look: _Look) -> None:
    paid = look.payments(("payment", "payment_intent"), shown.get("id"))
    shown["invoice"] = paid[0].data["invoice"] if paid else None


def _credit_note(shown: Data, _look: _Look) -> None:
    refunds = shown.pop("refunds", None) or []
    shown["refund"] = refunds[0].get("refund") if refunds else None


_CLOVER: Mapping[str, Rule] = {"discount": _discount, "promotion_code": _promotion_code}
_BASIL: Mapping[str, Rule] = {
    "charge": _charge,
    "credit_note": _credit_note,
    "invoice": _invoice,
    "invoiceitem": _invoiceitem,
    "line_item": _line_item,
    "payment_intent": _payment_intent,
    "subscription": _subscription,
}
_CHANGES: tuple[tuple[str, Mapping[str, Rule]], ...] = (
    ("2025-03-31.basil", _BASIL),
    ("2025-09-30.clover", _CLOVER),
)
