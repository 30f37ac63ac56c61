"""Whose key it is: the account that it belongs to, and the mode."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tap_stripe.api.errors import AuthenticationError, StripeError, UnavailableError

if TYPE_CHECKING:
    from tap_stripe.api.client import Client

_ACCOUNT = re.compile(r"\bacct_\w+")
_MODE = re.compile(r"[a-z]+(?:_org)?_(live|test)_")


@dataclass(frozen=True)
class KeyOwner:
    """What a key tells about its account."""

    account: str | None
    """The account's id; None where the key may not know it."""
    name: str | None = None
    """What the account calls itself."""


def owner_of_key(client: Client) -> KeyOwner:
    """Ask Stripe for the key's own account.

    A restricted key may lack the permission to read it, and need not have it; Stripe's refusal
    then names the account.

    Raises:
        StripeError: The key is refused as such, or no answer came.
    """
    try:
        account = client.get("/v1/account").body
    except (AuthenticationError, UnavailableError):
        raise
    except StripeError as error:
        if error.status is None:
            raise
        return KeyOwner(account_named_by(error))
    settings = account.get("settings") or {}
    profile = account.get("business_profile") or {}
    name = (settings.get("dashboard") or {}).get("display_name") or profile.get("name")
    if not isinstance(account.get("id"), str):
        raise StripeError("/v1/account did not answer with an account")
    return KeyOwner(account["id"], name)


def account_named_by(error: StripeError) -> str | None:
    """The account that a refusal of Stripe's names, if it does."""
    named = _ACCOUNT.search(error.message)
    return named.group() if named else None


def livemode_of(api_key: str) -> bool | None:
    """Whether a key is of live mode, as its beginning tells; None where it doesn't.

    Sandboxes have keys of test mode (https://docs.stripe.com/keys).
    """
    told = _MODE.match(api_key)
    return None if told is None else told.group(1) == "live"
