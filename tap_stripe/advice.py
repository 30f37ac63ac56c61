"""What to do when Stripe refuses a key as such. Stripe's own words stand before it."""

from __future__ import annotations

from tap_stripe.api import AuthenticationError, StripeError
from tap_stripe.api.account import livemode_of
from tap_stripe.permissions import keys_page


def explained(error: StripeError, api_key: str) -> str:
    """A refusal in one line, with what to do about it.

    Args:
        error: What Stripe answered.
        api_key: The key that it was asked with. No part of it is in the line.
    """
    if not isinstance(error, AuthenticationError):
        return str(error)
    page = keys_page(livemode=livemode_of(api_key))
    return f"{error}: {_advice(error, api_key, page)}"


def _advice(error: AuthenticationError, api_key: str, page: str) -> str:
    if api_key.startswith("pk_"):
        return (
            f"this is the publishable key, which is for browsers; make a restricted key at {page}"
        )
    if api_key.startswith("sk_org_"):
        return (
            "keys of an organisation are for many accounts; make a restricted key of the account "
            f"itself at {page}"
        )
    if error.code == "api_key_expired":
        return f"the key has expired or was rolled; make a new one at {page}"
    if "IP address" in error.message:
        return f"allow this machine's address at {page}, or run where the key is allowed"
    return f"the key was mistyped, deleted or revoked; copy it again, or make one at {page}"
