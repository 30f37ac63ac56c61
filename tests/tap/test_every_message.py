"""Each message of the catalogue of errors is made to happen, and shows no key."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from standin import Account, Fault, Server
from tests.docs.test_errors import OURS, STRIPES
from tests.tap.conftest import DAY, NOW
from tests.tap.happenings import (
    NO_NAME,
    NO_RESTRICTED_KEY,
    OTHER,
    REMEMBERED,
    answering,
    barred,
    checked_with,
    connected,
    expired,
    failing,
    gone_meanwhile,
    left_alone,
    left_out,
    new_field,
    nowhere_to_be_found,
    off,
    remembering,
    secretive,
    setting,
    stopped,
    tried_again,
    with_state,
    without_account,
    without_feed,
    without_mode,
    without_room,
)
from tests.tap.secret import SECRET, everything_logged, reveals
from tests.tap.world import World

HAPPEN: Mapping[str, Callable[[World], str]] = {
    "it is missing. Make": setting("api_key", ""),
    "this is no Stripe key": setting("api_key", "rk_live_two words"),
    "is no ISO 8601 date": setting("start_date", "last year"),
    "is no account id": setting("account_id", "cus_1"),
    "is no mode": setting("livemode", "both"),
    "neither true nor false": setting("accept_other_account", "yes"),
    "this is no URL": setting("api_url", "stripe"),
    "travel unencrypted": setting("api_url", "http://example.com"),
    "this is no text": setting("summary_path", 7),
    "there is a key in it": setting("api_url", f"https://example.com/{SECRET}"),
    "this is no JSON object": setting("stream_maps", "id"),
    "Setting stream_maps": setting("stream_maps", {"customers": {"id": "name("}}),
    "but flattening_enabled is true": setting("flattening_enabled", value=True),
    "each must be ENV": lambda world: world.invoking("--config", str(world.folder / "none.json")),
    "must hold a JSON object": lambda world: world.invoking("--state", __file__),
    "is no whole number": setting("concurrency", 0),
    "No table of Stripe's": lambda world: world.invoking("--check", catalog={"streams": []}),
    "markdown": lambda world: world.invoking("--check", "--format", "markdown"),
    "this is the publishable key": lambda world: world.syncing(api_key="pk_test_1"),
    "publishable API key": lambda world: world.syncing(api_key="pk_live_1"),
    "keys of an organisation": lambda world: world.syncing(api_key="sk_org_live_1"),
    "Stripe-Context": lambda world: world.syncing(api_key="sk_org_test_1"),
    "has expired or was rolled": expired,
    "Expired API Key": expired,
    "allow this machine's address": barred,
    "from your IP address": barred,
    "was mistyped, deleted": lambda world: world.syncing(api_key="rk_live_nobodysnobodys1234"),
    "Invalid API Key": lambda world: world.syncing(api_key="sk_test_nobodysnobodys1234"),
    "but account_id is": lambda world: world.syncing(account_id=OTHER),
    "but the setting livemode is": lambda world: world.syncing(livemode="test"),
    "The state was made with account": lambda world: world.syncing(
        state=remembering(account=OTHER)
    ),
    "The state was made in": lambda world: world.syncing(state=remembering(livemode=False)),
    "so account_id is not checked": lambda world: without_account(world, account_id=OTHER),
    "so it is not checked that": lambda world: without_account(
        world, state=remembering(account=OTHER)
    ),
    "does not tell its mode": without_mode,
    "of the … … not up to date": failing(422),
    "these are no account ids": setting("connected_accounts", 7),
    ", and not …": setting("connected_accounts", "acct_1, everything"),
    "to tell it from connected ones": lambda world: without_account(
        world, connected_accounts="acct_1"
    ),
    "but they can't be listed": lambda world: world.syncing(
        connected_accounts="all", api_key=world.restricted("customer_read", "event_read")
    ),
    "that are no longer read": left_out,
    "neither of this tap nor": with_state({"value": {}}),
    "it has no bookmarks": with_state({"value": {}}),
    "what neither tap says": with_state({"bookmarks": {"customers": {"cursor": 7}}}),
    "it mixes both": with_state({"bookmarks": {"charges": {"created": 1793523600}, **REMEMBERED}}),
    "The account is not up to date": lambda world: world.syncing(connected_accounts="acct_lost"),
    "does not have access to account": lambda world: world.syncing(connected_accounts="acct_lost"),
    "skipped in …": lambda world: connected(world, "event_read"),
    "summary_path can't be written": lambda world: world.syncing(
        summary_path=str(world.folder / "nowhere" / "summary.json")
    ),
    "may read none of": lambda world: world.syncing(api_key=world.restricted("event_read")),
    "skipped: ": lambda world: world.syncing(api_key=world.restricted("event_read")),
    "a restricted key needs": failing(403, body=NO_NAME),
    "use a secret key": failing(403, body=NO_RESTRICTED_KEY),
    "not available for use by": failing(403, body=NO_RESTRICTED_KEY),
    "be connected again": checked_with("acct_lost"),
    "the form's column for Connect at": checked_with("acct_1", connect=False),
    "failed": failing(422),
    "may not read events": without_feed,
    "new rows were read": without_feed,
    "keeps this to itself": secretive,
    "has gone, with": gone_meanwhile,
    "can no longer be read": nowhere_to_be_found,
    "start_date is earlier now": lambda world: world.later(1, "customers", start_date="2026-10-01"),
    "last in step at": lambda world: world.later(31, "customers"),
    "are lost to the warehouse": lambda world: world.later(40, "events"),
    "which the schema does not know": new_field,
    "Trying again": tried_again,
    "gave up after": lambda world: world.asking(fault=Fault(status=500)),
    "The transfer of": lambda world: world.asking(fault=Fault(kind="reset")),
    "No safe connection": lambda world: world.asking(
        api_url=world.server.url.replace("http:", "https:")
    ),
    "unexpected redirect": lambda world: world.asking(fault=Fault(status=302)),
    "is not a JSON object": lambda world: world.asking(fault=Fault(kind="malformed")),
    "did not answer with an account": answering("/v1/account", {"id": 7}),
    "with a list of objects": answering("/v1/customers", {"data": 7}),
    "an object without an id": answering("/v1/customers", {"data": [{}], "has_more": True}),
    "do not tell Stripe's time": answering("*", {"id": "acct_1", "data": []}, {"Date": "today"}),
    "which the column can't hold": answering(
        "/v1/customers", {"data": [{"id": "cus_1", "created": NOW - DAY, "balance": "much"}]}
    ),
    "without a message": lambda world: world.asking(fault=Fault(kind="html", status=400)),
    "Stopped by a signal": stopped,
    "closed the pipe": left_alone,
    "output can't be written": without_room,
    "would allow this request to continue": lambda world: world.syncing(api_key=world.restricted()),
    "not set up to use": off(
        "/v1/tax/registrations", "Your account is not set up to use Tax.", "tax_registrations"
    ),
    "Unrecognized request URL": lambda world: world.asking("/v1/nonsense"),
    "only available in testmode": off(
        "/v1/test_helpers",
        "This endpoint is only available in testmode. Try using your test keys instead.",
        "test_clocks",
    ),
    "Request rate limit exceeded": lambda world: world.asking(fault=Fault(status=429)),
    "No such": lambda world: world.asking("/v1/customers/cus_none"),
}
"""A part of each message by which it is known, and what makes it happen."""


def entry_with(words: str) -> str:
    """The catalogue's entry that has these words in it."""
    entries = {entry for entry in OURS | STRIPES if words in entry}
    (entry,) = entries & {words} or entries
    return entry


@pytest.mark.parametrize("words", HAPPEN)
def test_the_message_happens(account: Account, server: Server, tmp_path: Path, words: str) -> None:
    account.add_key(SECRET)
    account.secret_key = SECRET
    with everything_logged() as log:
        seen = HAPPEN[words](World(account, server, tmp_path))
    assert not reveals(seen + log.getvalue())
    pattern = re.escape(entry_with(words)).replace("…", ".*")
    assert re.search(pattern, seen), seen


def test_no_entry_of_the_catalogue_is_left_out() -> None:
    assert {entry_with(words) for words in HAPPEN} == OURS | STRIPES
