"""Climate: carbon removal."""

from __future__ import annotations

from tap_stripe.streams.base import StripeStream


class ClimateOrders(StripeStream):
    """Orders of carbon removal. They are confirmed silently, so all are read in each run."""

    name = "climate_orders"
    stripe_object = "climate.order"
    product = "Climate"
    path = "/v1/climate/orders"
    range = None
    replication_key = None
    references = ("delivery_details.supplier",)


class ClimateProducts(StripeStream):
    """Kinds of carbon removal that can be ordered."""

    name = "climate_products"
    stripe_object = "climate.product"
    product = "Climate"
    path = "/v1/climate/products"
    of_platform = True
    range = None
    replication_key = None
    permanent = True


class ClimateSuppliers(StripeStream):
    """Who removes the carbon."""

    name = "climate_suppliers"
    stripe_object = "climate.supplier"
    product = "Climate"
    path = "/v1/climate/suppliers"
    of_platform = True
    range = None
    replication_key = None
    permanent = True
