"""Whose data a run reads, and whether that is what was meant.

    {"bookmarks": {"stripe_account": {"account": "acct_1A2b3C", "livemode": true}, ...}}

The state remembers the account and the mode that it was made with, beside the tables' bookmarks:
what stands elsewhere in a state the SDK drops when it loads one. A run with the key of another
account, or of the other mode, must not go on from it: the bookmarks are not true there, and the
warehouse would hold a mixture.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tap_stripe.api import StripeError

logger = logging.getLogger("tap-stripe")
REMEMBERED = "stripe_account"
"""The name among the bookmarks; no table has it."""
MODES: Mapping[str, bool] = {"live": True, "test": False}
"""The values of the setting `livemode`, and what objects say in the field of that name."""


class WrongKeyError(StripeError):
    """The key is good, but not the one that is meant."""


@dataclass(frozen=True)
class Identity:
    """Whose data a key reads."""

    account: str | None
    """The account's id; None where the key may not tell it."""
    livemode: bool | None
    """None where the key doesn't show it."""
    name: str | None = None
    """What the account calls itself, where the key may read that."""


def admit(identity: Identity, config: Mapping[str, Any], state: Mapping[str, Any]) -> None:
    """Let a run go on, or not.

    Args:
        identity: Whose data the key reads.
        config: The tap's settings.
        state: The tap's state.

    Raises:
        WrongKeyError: It is not what the settings assert, or not what the state was made with.
    """
    _check_account(identity, config.get("account_id"))
    _check_mode(identity, config.get("livemode"))
    bookmarks = state.get("bookmarks", {})
    # A state without tables says nothing yet: the run that made it may just have had a wrong key.
    if bookmarks.keys() - {REMEMBERED} and not config.get("accept_other_account"):
        _check_state(identity, bookmarks.get(REMEMBERED, {}))


def remember(identity: Identity, state: dict[str, Any]) -> None:
    """Write into a state whose data it goes with. What isn't known now stays as it was."""
    remembered = state.setdefault("bookmarks", {}).setdefault(REMEMBERED, {})
    known = {"account": identity.account, "livemode": identity.livemode}
    remembered.update({name: value for name, value in known.items() if value is not None})


def mode_name(*, livemode: bool) -> str:
    """The mode as the setting names it."""
    return "live" if livemode else "test"


def _check_account(identity: Identity, expected: str | None) -> None:
    if expected is None or identity.account == expected:
        return
    if identity.account is None:
        logger.warning("The key may not tell its account, so account_id is not checked")
        return
    raise WrongKeyError(
        f"The key belongs to {identity.account}, but account_id is {expected}: use a key of that "
        "account, or correct account_id"
    )


def _check_mode(identity: Identity, expected: str | None) -> None:
    if expected is None or identity.livemode is MODES[expected]:
        return
    if identity.livemode is None:
        logger.warning("The key does not tell its mode, so livemode is not checked")
        return
    raise WrongKeyError(
        f"The key is of {mode_name(livemode=identity.livemode)} mode, but the setting livemode is "
        f"{expected}: use a key that begins with rk_{expected}_, or change livemode"
    )


def _check_state(identity: Identity, remembered: Mapping[str, Any]) -> None:
    account, livemode = remembered.get("account"), remembered.get("livemode")
    advice = (
        "give each account and mode a state and a warehouse of its own, or set "
        "accept_other_account to go on from this one"
    )
    if None not in (account, identity.account) and account != identity.account:
        raise WrongKeyError(
            f"The state was made with account {account}, but the key belongs to "
            f"{identity.account}: {advice}"
        )
    if None not in (livemode, identity.livemode) and livemode is not identity.livemode:
        modes = [mode_name(livemode=bool(mode)) for mode in (livemode, identity.livemode)]
        raise WrongKeyError(
            f"The state was made in {modes[0]} mode, but the key is of {modes[1]} mode: {advice}"
        )
    if account is not None and identity.account is None:
        logger.warning(
            "The key may not tell its account, so it is not checked that it belongs to %s, which "
            "the state was made with",
            account,
        )
