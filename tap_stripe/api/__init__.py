"""Talking to Stripe: requests, limits, errors and lists. Knows no Stripe object by name."""

from tap_stripe.api.client import Client, Reply
from tap_stripe.api.errors import (
    AccessDeniedError,
    AuthenticationError,
    CursorGoneError,
    NotFoundError,
    ProductInactiveError,
    StripeError,
    UnavailableError,
)
from tap_stripe.api.limits import RateLimiter
from tap_stripe.api.lists import Listing, Page, Span
from tap_stripe.api.meter import Meter

__all__ = [
    "AccessDeniedError",
    "AuthenticationError",
    "Client",
    "CursorGoneError",
    "Listing",
    "Meter",
    "NotFoundError",
    "Page",
    "ProductInactiveError",
    "RateLimiter",
    "Reply",
    "Span",
    "StripeError",
    "UnavailableError",
]
