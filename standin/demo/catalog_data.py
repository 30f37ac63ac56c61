"""What the demo business sells: products, list prices per currency, coupons, tax rates."""

from __future__ import annotations

from dataclasses import dataclass, field

CURRENCIES = ("usd", "eur", "gbp", "jpy")
Tiers = tuple[tuple[int | None, str, int], ...]
"""Price tiers: up to (None for the last), unit amount (a decimal), flat amount, in US cents."""


@dataclass(frozen=True)
class ProductSpec:
    """A product; ``key`` starts the lookup keys of its prices."""

    key: str
    name: str
    description: str
    unit_label: str | None = None


@dataclass(frozen=True)
class PriceSpec:
    """A price of a product, in US cents; other currencies follow by ``FX``."""

    key: str
    product: str
    interval: str | None
    unit_amount: int | None = None
    tiers: Tiers = ()
    tiers_mode: str | None = None
    metered: bool = False
    trial_days: int | None = None
    one_price_for_all_currencies: bool = False
    nickname: str | None = None


@dataclass(frozen=True)
class CouponSpec:
    """A coupon: percent_off, or amount_off per currency."""

    id: str
    name: str
    duration: str
    percent_off: float | None = None
    amounts_off: dict[str, int] = field(default_factory=dict)
    months: int | None = None
    products: tuple[str, ...] = ()
    max_redemptions: int | None = None
    code: str | None = None
    redeem_days: int | None = None


@dataclass(frozen=True)
class TaxRateSpec:
    """A tax rate of a country or state, as a percentage."""

    country: str
    name: str
    percentage: float
    inclusive: bool = False
    state: str | None = None


FX = {"usd": 1.0, "eur": 0.95, "gbp": 0.8, "jpy": 1.5}
"""Minor units of a currency for one US cent on the price list (rounded list prices, not a rate)."""

PRODUCTS = (
    ProductSpec("starter", "Tidemark Starter", "Dashboards for one person."),
    ProductSpec("team", "Tidemark Team", "Shared dashboards and alerts.", "seat"),
    ProductSpec("business", "Tidemark Business", "Governance, SSO and audit log.", "seat"),
    ProductSpec("api", "API calls", "Queries through the public API.", "call"),
    ProductSpec("events", "Event ingestion", "Tracked events per month.", "event"),
    ProductSpec("storage", "Extra storage", "100 GB blocks.", "block"),
    ProductSpec("support", "Priority support", "Answers within two hours."),
    ProductSpec("onboarding", "Onboarding workshop", "A day with an analyst.", "day"),
    ProductSpec("template", "Dashboard template", "A template from the marketplace."),
    ProductSpec("classic", "Tidemark Classic", "The plan sold before Starter."),
)

_BUSINESS_MONTH: Tiers = ((10, "3500", 0), (50, "3000", 0), (None, "2400", 0))
_BUSINESS_YEAR: Tiers = ((10, "35000", 0), (50, "30000", 0), (None, "24000", 0))

PRICES = (
    PriceSpec("classic_month", "classic", "month", 1900, nickname="Classic, monthly"),
    PriceSpec("starter_month", "starter", "month", 2900, trial_days=14),
    PriceSpec("starter_year", "starter", "year", 29000),
    PriceSpec("team_month", "team", "month", 1500, trial_days=14),
    PriceSpec("team_year", "team", "year", 15000),
    PriceSpec("business_month", "business", "month", tiers=_BUSINESS_MONTH, tiers_mode="graduated"),
    PriceSpec("business_year", "business", "year", tiers=_BUSINESS_YEAR, tiers_mode="graduated"),
    PriceSpec(
        "api_calls",
        "api",
        "month",
        tiers=((10_000, "0.8", 0), (100_000, "0.5", 2500), (None, "0.3", 9000)),
        tiers_mode="volume",
        metered=True,
    ),
    PriceSpec(
        "events_in",
        "events",
        "month",
        tiers=((1_000, "0", 0), (20_000, "0.25", 0), (None, "0.1", 900)),
        tiers_mode="graduated",
        metered=True,
    ),
    PriceSpec("storage_month", "storage", "month", 500, one_price_for_all_currencies=True),
    PriceSpec("storage_year", "storage", "year", 5000, one_price_for_all_currencies=True),
    PriceSpec("support_month", "support", "month", 9900),
    PriceSpec("support_year", "support", "year", 99000),
    PriceSpec("onboarding_day", "onboarding", None, 120000),
    PriceSpec("template_once", "template", None, 4900),
)

COUPONS = (
    CouponSpec("WELCOME20", "20 % off the first invoice", "once", 20, code="WELCOME20"),
    CouponSpec("LAUNCH50", "Half price for 3 months", "repeating", 50, months=3, code="LAUNCH50"),
    CouponSpec("NONPROFIT30", "Non-profit, 30 % off", "forever", 30),
    CouponSpec("PARTNER15", "Partner referral", "forever", 15, code="PARTNER15"),
    CouponSpec(
        "TENOFF6", "10 dollars off for 6 months", "repeating", amounts_off={"usd": 1000}, months=6
    ),
    CouponSpec(
        "SORRY25",
        "With our apologies",
        "once",
        amounts_off={"usd": 2500, "eur": 2300, "gbp": 2000, "jpy": 3800},
    ),
    CouponSpec("STORAGE10", "10 % off storage", "forever", 10, products=("storage",)),
    CouponSpec(
        "FOUNDERS40",
        "40 % off for the first customers",
        "once",
        40,
        max_redemptions=10,
        code="FOUNDERS40",
        redeem_days=30,
    ),
)

TAX_RATES = (
    TaxRateSpec("DE", "MwSt.", 19),
    TaxRateSpec("FR", "TVA", 20),
    TaxRateSpec("NL", "BTW", 21),
    TaxRateSpec("ES", "IVA", 21),
    TaxRateSpec("IE", "VAT", 23),
    TaxRateSpec("GB", "VAT", 20),
    TaxRateSpec("JP", "JCT", 10, inclusive=True),
    TaxRateSpec("US", "Sales tax", 8.875, state="NY"),
    TaxRateSpec("US", "Sales tax", 6.25, state="TX"),
)
