"""Talking to Stripe: requests, limits, errors and lists. Knows no Stripe object by name."""

from tap_stripe.api.client import Client, Reply, RetryPolicy
from tap_stripe.api.errors import (
    AccessDeniedError,
    AccountLostError,
    AuthenticationError,
    CursorGoneError,
    NotFoundError,
    ProductInactiveError,
    SecretKeyOnlyError,
    StripeError,
    UnavailableError,
)
from tap_stripe.api.limits import RateLimiter
from tap_stripe.api.lists import (
    CREATED,
    CREATED_AFTER,
    CREATED_FLAT_TEXT,
    CREATED_TEXT,
    Listing,
    Page,
    Paging,
    Range,
    Span,
)
from tap_stripe.api.meter import Meter

__all__ = [
    "CREATED",
    "CREATED_AFTER",
    "CREATED_FLAT_TEXT",
    "CREATED_TEXT",
    "AccessDeniedError",
    "AccountLostError",
    "AuthenticationError",
    "Client",
    "CursorGoneError",
    "Listing",
    "Meter",
    "NotFoundError",
    "Page",
    "Paging",
    "ProductInactiveError",
    "Range",
    "RateLimiter",
    "Reply",
    "RetryPolicy",
    "SecretKeyOnlyError",
    "Span",
    "StripeError",
    "UnavailableError",
]
