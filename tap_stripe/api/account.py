"""Which account a key belongs to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tap_stripe.api.errors import AccessDeniedError

if TYPE_CHECKING:
    from tap_stripe.api.client import Client

_ACCOUNT = re.compile(r"\bacct_\w+")


def account_of_key(client: Client) -> str | None:
    """Ask Stripe for the id of the key's own account.

    A restricted key may lack the permission to read it; Stripe's refusal then names the account.

    Returns:
        The id, or None if the key may not know it.

    Raises:
        StripeError: As the client's, but for 403.
    """
    try:
        return str(client.get("/v1/account").body["id"])
    except AccessDeniedError as error:
        named = _ACCOUNT.search(error.message)
        return named.group() if named else None
