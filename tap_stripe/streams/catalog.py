"""The product catalogue: what is sold, at which price, with which reductions and taxes."""

from __future__ import annotations

from tap_stripe.streams.base import StripeStream


class Products(StripeStream):
    """What is sold, active or not."""

    name = "products"
    stripe_object = "product"
    permission = "product_read"
    path = "/v1/products"
    events = ("product.created", "product.deleted", "product.updated")
    deletable = True


class Prices(StripeStream):
    """What products cost. Stripe lists active and inactive prices apart, inline ones never."""

    name = "prices"
    stripe_object = "price"
    permission = "plan_read"
    path = "/v1/prices"
    variants = ((("active", "true"),), (("active", "false"),))
    expand = ("tiers", "currency_options")
    events = ("price.created", "price.deleted", "price.updated")
    deletable = True


class Plans(StripeStream):
    """Recurring prices in Stripe's older form, under the same ids."""

    name = "plans"
    stripe_object = "plan"
    permission = "plan_read"
    path = "/v1/plans"
    expand = ("tiers",)
    events = ("plan.created", "plan.deleted", "plan.updated")
    deletable = True


class Coupons(StripeStream):
    """Reductions that can be given; each redemption counts in `times_redeemed`."""

    name = "coupons"
    stripe_object = "coupon"
    permission = "coupon_read"
    path = "/v1/coupons"
    expand = ("applies_to", "currency_options")
    events = ("coupon.created", "coupon.deleted", "coupon.updated")
    follows = {"discount": ("source.coupon", "coupon")}
    deletable = True


class PromotionCodes(StripeStream):
    """Codes that customers type in to get a coupon."""

    name = "promotion_codes"
    stripe_object = "promotion_code"
    permission = "promotion_code_read"
    path = "/v1/promotion_codes"
    events = ("promotion_code.created", "promotion_code.updated")
    follows = {"discount": ("promotion_code",)}


class TaxRates(StripeStream):
    """Tax rates that invoices and subscriptions use."""

    name = "tax_rates"
    stripe_object = "tax_rate"
    permission = "tax_rate_read"
    path = "/v1/tax_rates"
    events = ("tax_rate.created", "tax_rate.updated")
