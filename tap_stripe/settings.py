"""The tap's settings: what there is, and what was given."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from singer_sdk import typing as th

from tap_stripe.api.client import DEFAULT_API_URL
from tap_stripe.guard import MODES

SETTINGS = th.PropertiesList(
    th.Property(
        "api_key",
        th.StringType,
        required=True,
        secret=True,
        title="API key",
        description="Secret or restricted key of the Stripe account. A restricted key that may "
        "only read what is synced is best.",
    ),
    th.Property(
        "start_date",
        th.DateTimeType,
        title="Start date",
        description="Only objects created at or after this time are synced, e.g. `2024-01-01`. "
        "Without it: all of history.",
    ),
    th.Property(
        "account_id",
        th.StringType,
        title="Account id",
        description="The account that the key must belong to, e.g. `acct_1A2b3C`. A run with "
        "another account's key stops before it reads anything.",
    ),
    th.Property(
        "connected_accounts",
        th.StringType,
        title="Connected accounts",
        description="Accounts of a Connect platform to sync besides its own: their ids, with "
        "commas between them (in JSON also as a list), or `all`.",
    ),
    th.Property(
        "livemode",
        th.StringType,
        allowed_values=list(MODES),
        title="Mode",
        description="The mode that the key must be of: `live`, or `test`, which sandboxes are in "
        "too. A run with a key of the other mode stops before it reads anything.",
    ),
    th.Property(
        "accept_other_account",
        th.BooleanType,
        default=False,
        title="Accept another account",
        description="Go on from a state that was made with another account, or in the other mode, "
        "which a run refuses otherwise.",
    ),
    th.Property(
        "api_url",
        th.StringType,
        default=DEFAULT_API_URL,
        title="API URL",
        description="Where Stripe's API answers; for proxies and tests.",
    ),
    th.Property(
        "lookback_seconds",
        th.IntegerType,
        default=300,
        title="Lookback",
        description="How far each run reads back before the last one, in seconds, because Stripe "
        "shows some events and balance transactions late.",
    ),
    th.Property(
        "requests_per_second",
        th.IntegerType,
        title="Requests per second",
        description="Limit for all requests to one account. Without it, Stripe's own: 100 with a "
        "live key, 25 with a test key. An endpoint gets 25, or a quarter of a higher limit.",
    ),
    th.Property(
        "concurrency",
        th.IntegerType,
        default=32,
        title="Concurrency",
        description="Requests in flight at once.",
    ),
    th.Property(
        "summary_path",
        th.StringType,
        title="Summary file",
        description="Where to write a summary of the run as JSON.",
    ),
).to_dict()

ALL_ACCOUNTS = "all"
"""The setting `connected_accounts` where every account that the platform lists is meant."""
_TRUTHS = {
    **dict.fromkeys(("true", "1", "yes", "on"), True),
    **dict.fromkeys(("false", "0", "no", "off"), False),
}
"""How texts say true and false; case does not count."""


def listed_accounts(value: str | list[str]) -> list[str]:
    """The account ids in the setting `connected_accounts`, each once, in their order."""
    parts = value.split(",") if isinstance(value, str) else value
    return list(dict.fromkeys(id_ for part in parts if (id_ := part.strip())))


def from_texts(texts: Mapping[str, str], schema: Mapping[str, Any]) -> dict[str, Any]:
    """Settings from texts, such as environment variables.

    Args:
        texts: What was given, by name. An empty text is none.
        schema: JSON Schema of the settings.

    Returns:
        The settings with values of their types; where a text is of another, the text.
    """
    return {name: _read(text, schema["properties"][name]) for name, text in texts.items() if text}


def _read(text: str, declared: Mapping[str, Any]) -> Any:
    if "string" in declared["type"]:
        return text
    if "boolean" in declared["type"]:
        return _TRUTHS.get(text.lower(), text)
    try:
        return json.loads(text)
    except ValueError:
        return text
