"""The catalogue: products, prices, coupons, promotion codes and tax rates of the business."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from standin import Account
from standin.demo.catalog_data import (
    COUPONS,
    CURRENCIES,
    FX,
    PRICES,
    PRODUCTS,
    TAX_RATES,
    CouponSpec,
    PriceSpec,
)
from standin.demo.dates import DAY
from standin.demo.deeds.offers import CouponIssued, PriceListed, Terms, Tier
from standin.demo.desk import Desk, Obj
from standin.demo.dice import token


class Catalog:
    """Looks the catalogue's objects up by the business's own names."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._prices = {
            price["lookup_key"]: price["id"]
            for price in account.all("price")
            if price["lookup_key"]
        }
        self._tax_rates = {
            (rate["country"], rate["state"]): rate["id"] for rate in account.all("tax_rate")
        }

    def price(self, key: str, currency: str) -> Obj:
        """The price of a list entry in a currency; raises KeyError when there is none."""
        lookup_key = key if key in self._prices else f"{key}_{currency}"
        return self._account.get(self._prices[lookup_key])

    def tax_rate(self, country: str, state: str | None) -> str | None:
        """Id of the tax rate that applies at a place, or None where none is collected."""
        return self._tax_rates.get((country, state)) or self._tax_rates.get((country, None))

    def coupon(self, coupon_id: str) -> Obj:
        """A coupon of the business's standing list."""
        return self._account.get(coupon_id)

    def on_sale(self, key: str) -> bool:
        """Whether new customers can buy a product."""
        return any(
            product["active"] and product["metadata"].get("key") == key
            for product in self._account.all("product")
        )


def open_catalog(desk: Desk) -> None:
    """Create the whole catalogue; the account must be empty."""
    for product in PRODUCTS:
        desk.create(
            "product",
            id=token(desk.rng, "prod_", 14),
            name=product.name,
            description=product.description,
            unit_label=product.unit_label,
            active=True,
            type="service",
            tax_code="txcd_10103001",
            metadata={"key": product.key},
            updated=desk.now,
        )
    products = {product["metadata"]["key"]: product["id"] for product in desk.all("product")}
    for price in PRICES:
        if price.one_price_for_all_currencies:
            _create_price(desk, price, products[price.product], "usd", price.key)
            continue
        for currency in CURRENCIES:
            key = f"{price.key}_{currency}"
            created = _create_price(desk, price, products[price.product], currency, key)
            if currency == "usd" and price.interval != "year":
                desk.change(products[price.product], default_price=created["id"])
    for coupon in COUPONS:
        create_coupon(desk, coupon, products)
    for rate in TAX_RATES:
        desk.create(
            "tax_rate",
            active=True,
            country=rate.country,
            state=rate.state,
            display_name=rate.name,
            description=f"{rate.name} {rate.state or rate.country}",
            jurisdiction=f"{rate.country} - {rate.state}" if rate.state else rate.country,
            jurisdiction_level="state" if rate.state else "country",
            percentage=rate.percentage,
            effective_percentage=rate.percentage,
            rate_type="percentage",
            inclusive=rate.inclusive,
            tax_type={"US": "sales_tax", "JP": "jct"}.get(rate.country, "vat"),
        )


def create_coupon(desk: Desk, spec: CouponSpec, products: dict[str, str]) -> None:
    """Create a coupon and, where it has one, its promotion code."""
    currency = next(iter(spec.amounts_off), None)
    options = {code: {"amount_off": amount} for code, amount in spec.amounts_off.items()}
    redeem_by = desk.now + spec.redeem_days * DAY if spec.redeem_days else None
    limited = {"products": [products[key] for key in spec.products]} if spec.products else None
    desk.create(
        "coupon",
        id=spec.id,
        name=spec.name,
        duration=spec.duration,
        duration_in_months=spec.months,
        percent_off=spec.percent_off,
        amount_off=spec.amounts_off[currency] if currency else None,
        currency=currency,
        currency_options=options or None,
        applies_to=limited,
        max_redemptions=spec.max_redemptions,
        redeem_by=redeem_by,
        valid=True,
        metadata={},
    )
    desk.note(
        CouponIssued(spec.id, spec.duration, spec.percent_off, spec.amounts_off, spec.products)
    )
    if redeem_by:
        desk.at(redeem_by, _expire_coupon, desk, spec.id)
    if spec.code:
        desk.create(
            "promotion_code",
            code=spec.code,
            promotion={"type": "coupon", "coupon": spec.id},
            active=True,
            max_redemptions=spec.max_redemptions,
            restrictions={
                "currency_options": None,
                "first_time_transaction": spec.duration == "once",
                "minimum_amount": None,
                "minimum_amount_currency": None,
            },
        )


def _expire_coupon(desk: Desk, coupon_id: str) -> None:
    if desk.find(coupon_id):
        desk.change(coupon_id, valid=False)


def _create_price(desk: Desk, spec: PriceSpec, product: str, currency: str, key: str) -> Obj:
    money = _money(spec, currency)
    options = None
    if spec.one_price_for_all_currencies:
        options = {
            code: {"custom_unit_amount": None, "tax_behavior": "exclusive", **_money(spec, code)}
            for code in CURRENCIES
        }
    recurring = None
    if spec.interval:
        recurring = {
            "interval": spec.interval,
            "interval_count": 1,
            "meter": token(desk.rng, "mtr_test_", 16) if spec.metered else None,
            "trial_period_days": spec.trial_days,
            "usage_type": "metered" if spec.metered else "licensed",
        }
    created = desk.create(
        "price",
        product=product,
        active=True,
        lookup_key=key,
        nickname=spec.nickname,
        currency=currency,
        currency_options=options,
        billing_scheme="tiered" if spec.tiers else "per_unit",
        tiers_mode=spec.tiers_mode,
        type="recurring" if spec.interval else "one_time",
        recurring=recurring,
        tax_behavior="inclusive" if currency == "jpy" else "exclusive",
        **money,
    )
    currencies = CURRENCIES if spec.one_price_for_all_currencies else (currency,)
    terms = {code: _terms(spec, code) for code in currencies}
    desk.note(
        PriceListed(
            created["id"], spec.product, spec.interval, spec.metered, spec.tiers_mode, terms
        )
    )
    return created


def _terms(spec: PriceSpec, currency: str) -> Terms:
    money = _money(spec, currency)
    tiers = [
        Tier(tier["up_to"], tier["unit_amount_decimal"], tier["flat_amount_decimal"])
        for tier in money["tiers"] or ()
    ]
    return Terms(money["unit_amount_decimal"], tuple(tiers))


def _money(spec: PriceSpec, currency: str) -> dict[str, Any]:
    """The amount fields of a price in one currency."""
    tiers = [
        {"up_to": up_to, **_amount(unit, currency), **_amount(flat or None, currency, "flat")}
        for up_to, unit, flat in spec.tiers
    ]
    return {**_amount(spec.unit_amount, currency), "tiers": tiers or None}


def _amount(us_cents: str | int | None, currency: str, name: str = "unit") -> dict[str, Any]:
    """``<name>_amount`` and its decimal twin; the plain one is null for fractions."""
    if us_cents is None:
        return {f"{name}_amount": None, f"{name}_amount_decimal": None}
    amount = Decimal(us_cents) * Decimal(str(FX[currency]))
    # List prices of a whole unit and more end on a round number; fractions keep two places.
    step = Decimal(100) if amount >= 1000 else Decimal("0.01")
    amount = (amount / step).quantize(Decimal(1), ROUND_HALF_UP) * step
    whole = amount == amount.to_integral_value()
    return {
        f"{name}_amount": int(amount) if whole else None,
        f"{name}_amount_decimal": format(amount.normalize(), "f"),
    }
