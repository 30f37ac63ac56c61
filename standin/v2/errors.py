"""Errors that only API v2 has; the others are those of ``standin.errors``."""

from __future__ import annotations

from standin.errors import ApiError


def not_found() -> ApiError:
    """404: there is no such object."""
    return ApiError(404, "The resource wasn't found.", code="not_found")


def unknown_page(token: str) -> ApiError:
    """400: the page token was not made for this list with these parameters."""
    return ApiError(400, f"Invalid page token: {token}", param="page")


def no_version() -> ApiError:
    """400: API v2 doesn't fall back to the account's version."""
    return ApiError(400, "Requests to API v2 must send the header Stripe-Version.")
