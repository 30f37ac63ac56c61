"""Stripe's refusals as exceptions, each one line in Stripe's own words.

The wire format is `{"error": {type, message, code?, param?}}`; the status decides the class
(https://docs.stripe.com/api/errors). A message never holds the key: Stripe masks it, and nothing
else of the request is quoted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tap_stripe.masking import without

# What Stripe says where a product was never switched on. It answers 400 there, not 403.
_INACTIVE = re.compile(
    r"Your account is not (set up to use|authorized to)"
    r"|is not enabled for your (platform|account)"
    r"|^Unrecognized request URL"
    r"|only available in testmode",
    re.IGNORECASE,
)
_NO_CONNECT_PERMISSIONS = "does not have any Connect permissions"
# A key of an organisation is for many accounts, and each request must name one in a header.
_OF_ORGANISATION = re.compile(r"Stripe-Context header .* using an Organization API key")
_NOT_FOR_RESTRICTED = "not available for use by restricted keys"
_SERVER_ERROR = 500


class StripeError(Exception):
    """An answer of Stripe's that ends a request for good."""

    def __init__(
        self,
        message: str,
        *,
        status: int | None = None,
        code: str | None = None,
        param: str | None = None,
        request_id: str | None = None,
    ) -> None:
        """Keep what Stripe said.

        Args:
            message: Stripe's own message, or what happened where there is none.
            status: HTTP status; None where no answer came.
            code: Stripe's error code, e.g. `resource_missing`.
            param: The request parameter that Stripe objects to.
            request_id: Stripe's id of the request, for its support and the dashboard's log.
        """
        super().__init__(message)
        self.message = " ".join(message.split())
        self.status = status
        self.code = code
        self.param = param
        self.request_id = request_id

    def __str__(self) -> str:
        """One line: Stripe's message, then status and request id."""
        facts = [f"HTTP {self.status}" if self.status else "", self.request_id or ""]
        detail = ", ".join(fact for fact in facts if fact)
        return f"{self.message} ({detail})" if detail else self.message


class AuthenticationError(StripeError):
    """401, mostly: the key itself is wrong, expired or refused. Nothing can be read with it."""


class AccessDeniedError(StripeError):
    """403: the key may not read this. Stripe's message names the permission, if it is that."""

    @property
    def lacks_permission(self) -> bool:
        """Whether the key may not read the endpoint at all, rather than this one object's part."""
        return "permission" in (self.code or "") or "permissions" in self.message


class SecretKeyOnlyError(AccessDeniedError):
    """403: no restricted key can read this, whatever its permissions."""


class AccountLostError(AccessDeniedError):
    """403: the connected account that the request is for does not let the key in, or no more."""


class ProductInactiveError(StripeError):
    """400 or 404 where the account has not switched this product on."""


class NotFoundError(StripeError):
    """404 with the code for it, or 400 where a parameter names it: the object is not there."""


class CursorGoneError(StripeError):
    """400: the object that `starting_after` names has been deleted since."""


class UnavailableError(StripeError):
    """No good answer within the allowed tries: rate limits, server errors, broken bodies."""


def error_from(
    status: int, body: object, headers: Mapping[str, str], *, key: str = ""
) -> StripeError:
    """Make the exception for an answer with status 400 or above.

    Args:
        status: HTTP status.
        body: The decoded JSON body, or None where it was not JSON.
        headers: Response headers, case-insensitive.
        key: The key that the request was sent with; no message repeats it.
    """
    error: Any = body.get("error") if isinstance(body, dict) else None
    if isinstance(error, str):  # OAuth style
        error = {"message": error}
    if not isinstance(error, dict):
        error = {}
    said = error.get("message") or error.get("code")
    message = without(key, str(said)) if said else "Stripe answered without a message"
    code, param = (_text(error.get(name)) for name in ("code", "param"))
    kind = _kind(status, message, code, param)
    return kind(message, status=status, code=code, param=param, request_id=request_id(headers, key))


def request_id(headers: Mapping[str, str], key: str) -> str | None:
    """Stripe's id of a request, as its answer's headers have it. Should it hold the key, masked."""
    told = headers.get("Request-Id")
    return without(key, told) if told else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _kind(status: int, message: str, code: str | None, param: str | None) -> type[StripeError]:
    if status == 401 or _OF_ORGANISATION.search(message):
        return AuthenticationError
    if status == 403:
        return _kind_of_denial(message, code)
    if status in (400, 404) and _INACTIVE.search(message):
        return ProductInactiveError
    if param in ("starting_after", "ending_before") and code == "resource_missing":
        return CursorGoneError
    # A 404 without Stripe's words may be a proxy's, and says nothing of the object.
    if code in ("resource_missing", "not_found") or (status == 404 and "No such" in message):
        return NotFoundError
    if status in (409, 429) or status >= _SERVER_ERROR:
        return UnavailableError
    return StripeError


def _kind_of_denial(message: str, code: str | None) -> type[AccessDeniedError]:
    lost = code in ("account_invalid", "platform_account_required")
    if lost or _NO_CONNECT_PERMISSIONS in message:
        return AccountLostError
    return SecretKeyOnlyError if _NOT_FOR_RESTRICTED in message else AccessDeniedError
