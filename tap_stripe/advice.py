"""What to do when Stripe refuses a key, or a table to it. Stripe's own words stand before it."""

from __future__ import annotations

from collections.abc import Sequence

from tap_stripe.api import (
    AccessDeniedError,
    AccountLostError,
    AuthenticationError,
    SecretKeyOnlyError,
    StripeError,
)
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


def for_table(error: StripeError, permissions: Sequence[str]) -> str:
    """What to do about a table that Stripe refuses; empty where Stripe says it already.

    Args:
        error: What Stripe answered.
        permissions: What a restricted key needs to read the table, as far as it is documented.
    """
    if isinstance(error, SecretKeyOnlyError):
        return "use a secret key, which begins with sk_, or deselect the table"
    names_none = not any(permission in error.message for permission in permissions)
    if isinstance(error, AccessDeniedError) and permissions and names_none:
        return f"a restricted key needs {', '.join(permissions)}"
    return ""


def for_account(error: AccountLostError, page: str) -> str:
    """What to do about a connected account that the key can't reach.

    Args:
        error: What Stripe answered.
        page: The dashboard's page with the keys.
    """
    if error.lacks_permission:
        return f"give the key permissions in the form's column for Connect at {page}"
    return "let the account be connected again, or take it out of connected_accounts"


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
