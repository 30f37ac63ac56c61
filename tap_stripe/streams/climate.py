"""Climate: carbon removal."""

from __future__ import annotations

from tap_stripe.streams.base import StripeStream


class ClimateOrders(StripeStream):
    """Orders of carbon removal."""

    name = "climate_orders"
    stripe_object = "climate.order"
    product = "Climate"
    path = "/v1/climate/orders"
    range = None
    unseen = "Confirmations and edits of metadata show at the next full refresh."
    events = (
        "climate.order.canceled",
        "climate.order.created",
        "climate.order.delayed",
        "climate.order.delivered",
        "climate.order.product_substituted",
    )


class ClimateProducts(StripeStream):
    """Kinds of carbon removal that can be ordered."""

    name = "climate_products"
    stripe_object = "climate.product"
    product = "Climate"
    path = "/v1/climate/products"
    range = None
    replication_key = None


class ClimateSuppliers(StripeStream):
    """Who removes the carbon."""

    name = "climate_suppliers"
    stripe_object = "climate.supplier"
    product = "Climate"
    path = "/v1/climate/suppliers"
    range = None
    replication_key = None
