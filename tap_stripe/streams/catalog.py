"""The product catalogue: what is sold, at which price, with which reductions."""

from __future__ import annotations

from tap_stripe.streams.base import StripeStream
from tap_stripe.streams.columns import TEXT, Column, by_currency, linking, numbered
from tap_stripe.streams.cuts import AskedFor, KeyedIn, PositionIn, ReferencesIn


class Products(StripeStream):
    """What is sold, active or not."""

    name = "products"
    stripe_object = "product"
    permissions = ("product_read",)
    path = "/v1/products"
    ids_per_account = True
    events = ("product.created", "product.deleted", "product.updated")
    deletable = True


class Prices(StripeStream):
    """What products cost. Stripe lists active and inactive prices apart, inline ones never."""

    name = "prices"
    stripe_object = "price"
    permissions = ("plan_read",)
    path = "/v1/prices"
    ids_per_account = True
    variants = ((("active", "true"),), (("active", "false"),))
    expand = ("tiers", "currency_options")
    events = ("price.created", "price.deleted", "price.updated")
    deletable = True


class Plans(StripeStream):
    """Recurring prices in Stripe's older form, under the same ids."""

    name = "plans"
    stripe_object = "plan"
    permissions = ("plan_read",)
    path = "/v1/plans"
    ids_per_account = True
    expand = ("tiers",)
    events = ("plan.created", "plan.deleted", "plan.updated")
    deletable = True


class Coupons(StripeStream):
    """Reductions that can be given; each redemption counts in `times_redeemed`."""

    name = "coupons"
    stripe_object = "coupon"
    permissions = ("coupon_read",)
    path = "/v1/coupons"
    ids_per_account = True
    expand = ("applies_to", "currency_options")
    events = ("coupon.created", "coupon.deleted", "coupon.updated")
    follows = {"discount": ("source.coupon", "coupon")}
    deletable = True


class PromotionCodes(StripeStream):
    """Codes that customers type in to get a coupon."""

    name = "promotion_codes"
    stripe_object = "promotion_code"
    permissions = ("promotion_code_read",)
    path = "/v1/promotion_codes"
    events = ("promotion_code.created", "promotion_code.updated")
    follows = {"discount": ("promotion_code",)}


class ProductCatalogTrialOffers(StripeStream):
    """Trials that prices are offered with."""

    name = "product_catalog_trial_offers"
    stripe_object = "product_catalog.trial_offer"
    path = "/v1/product_catalog/trial_offers"
    range = None
    replication_key = None


class ProductFeatures(StripeStream):
    """Which features a product entitles to."""

    name = "product_features"
    stripe_object = "product_feature"
    replication_key = None
    deletable = True
    cuts = (
        AskedFor(
            "products",
            "/v1/products/{id}/features",
            columns=(("product", "id"),),
        ),
    )
    added = {"product": Column(TEXT, "The ID of the product.")}


class ShippingRates(StripeStream):
    """What shipping costs."""

    name = "shipping_rates"
    stripe_object = "shipping_rate"
    permissions = ("shipping_rate_read",)
    path = "/v1/shipping_rates"
    replication_key = None
    expand = ("fixed_amount.currency_options",)


class PriceTiers(StripeStream):
    """The tiers of tiered prices, from the prices' pages."""

    name = "price_tiers"
    stripe_object = "price.tiers"
    modeless = True
    permissions = ("plan_read",)
    ids_per_account = True
    primary_keys = ("price", "position")
    cuts = (PositionIn("prices", "tiers", "price", expanded=True),)
    added = numbered("price", "price")
    unseen = "The tiers of a deleted price are not flagged."


class PriceCurrencyOptions(StripeStream):
    """What prices cost in other currencies, from the prices' pages."""

    name = "price_currency_options"
    stripe_object = "price.currency_options"
    modeless = True
    permissions = ("plan_read",)
    ids_per_account = True
    primary_keys = ("price", "currency")
    cuts = (KeyedIn("prices", "currency_options", "price", expanded=True, key_column="currency"),)
    added = by_currency("price")
    unseen = "A currency that is taken out of a price, or whose price is deleted, is not flagged."


class CouponCurrencyOptions(StripeStream):
    """What coupons take off in other currencies, from the coupons' pages."""

    name = "coupon_currency_options"
    stripe_object = "coupon.currency_options"
    modeless = True
    permissions = ("coupon_read",)
    ids_per_account = True
    primary_keys = ("coupon", "currency")
    cuts = (KeyedIn("coupons", "currency_options", "coupon", expanded=True, key_column="currency"),)
    added = by_currency("coupon")
    unseen = "The currencies of a deleted coupon are not flagged."


class CouponProducts(StripeStream):
    """Which products coupons are limited to, from the coupons' pages."""

    name = "coupon_products"
    stripe_object = ""
    modeless = True
    permissions = ("coupon_read",)
    ids_per_account = True
    primary_keys = ("coupon", "product")
    cuts = (
        ReferencesIn(
            "coupons",
            "applies_to.products",
            "coupon",
            expanded=True,
            expanded_at="applies_to",
            column="product",
        ),
    )
    added = linking("coupon", "product")
    unseen = "The products of a deleted coupon are not flagged."
