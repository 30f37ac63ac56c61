"""The tap's settings: what there is, and what is wrong with what was given."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from singer_sdk import typing as th

from tap_stripe.api.client import DEFAULT_API_URL
from tap_stripe.guard import MODES
from tap_stripe.masking import has_key, shown
from tap_stripe.times import to_epoch

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
        "commas between them, or `all`.",
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
_AT_LEAST = {"lookback_seconds": 0, "requests_per_second": 1, "concurrency": 1}


def problems(config: Mapping[str, Any]) -> list[str]:
    """Say what is wrong with the settings, a line each. No line shows a secret.

    Args:
        config: The settings as given.
    """
    checks = {
        "api_key": _api_key,
        "start_date": _start_date,
        "account_id": _account_id,
        "connected_accounts": _connected_accounts,
        "livemode": _mode,
        "accept_other_account": _boolean,
        "api_url": _api_url,
        "summary_path": _text,
    }
    found = [(name, check(config.get(name))) for name, check in checks.items()]
    found += [(name, _integer(config.get(name), least)) for name, least in _AT_LEAST.items()]
    return [f"Setting {name}: {problem}" for name, problem in found if problem]


def _api_key(value: Any) -> str | None:
    if value is None or value == "":
        return (
            "it is missing. Make a restricted key that may read what you want to sync at "
            "https://dashboard.stripe.com/apikeys and set TAP_STRIPE_API_KEY"
        )
    if not isinstance(value, str) or not re.fullmatch(r"[!-~]+", value):
        return "this is no Stripe key: keys are one word, such as rk_live_... or sk_test_..."
    return None


def _start_date(value: Any) -> str | None:
    if value is None:
        return None
    try:
        to_epoch(value)
    except (AttributeError, ValueError, TypeError):
        return f"{shown(value)} is no ISO 8601 date, such as 2024-01-01 or 2024-01-01T00:00:00Z"
    return None


def _account_id(value: Any) -> str | None:
    if value is None or (isinstance(value, str) and re.fullmatch(r"acct_\w+", value)):
        return None
    return f"{shown(value)} is no account id, such as acct_1A2b3C"


def _mode(value: Any) -> str | None:
    if value is None or (isinstance(value, str) and value in MODES):
        return None
    return f"{shown(value)} is no mode: it is live or test"


def _connected_accounts(value: Any) -> str | None:
    if value is None or value == ALL_ACCOUNTS:
        return None
    if not isinstance(value, str):
        return "this is no text with account ids, such as acct_1A2b3C, acct_4D5e6F"
    wrong = [id_ for id_ in listed_accounts(value) if _account_id(id_)]
    return f"{_account_id(wrong[0])}, and not {ALL_ACCOUNTS}" if wrong else None


def listed_accounts(value: str) -> list[str]:
    """The account ids in the setting `connected_accounts`, each once, in their order."""
    return list(dict.fromkeys(id_ for part in value.split(",") if (id_ := part.strip())))


def _api_url(value: Any) -> str | None:
    if value is None:
        return None
    parts = urlsplit(value) if isinstance(value, str) else urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        return "this is no URL, such as https://api.stripe.com"
    if parts.scheme == "http" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        return "the key would travel unencrypted: use https"
    return None


def _text(value: Any) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        return "this is no text"
    return "this is a key, which belongs into api_key" if has_key(value) else None


def _boolean(value: Any) -> str | None:
    return None if value is None or isinstance(value, bool) else "this is neither true nor false"


def _integer(value: Any, least: int) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        return f"{shown(value)} is no whole number of at least {least}"
    return None
