"""The SDK's own tests for taps, against an account with objects of every kind."""

from __future__ import annotations

import atexit
from typing import Any

import pytest
from singer_sdk.testing import SuiteConfig, get_tap_test_class

from standin import Account, Clock, Server, everything
from tap_stripe.streams import STREAMS
from tap_stripe.sync.log import SyncLog
from tap_stripe.tap import TapStripe
from tests.tap.conftest import NOW
from tests.tap.harness import config, selection
from tests.tap.usage import add_usage

# The suite warns of columns that no record has; Stripe sends some only to Connect platforms.
pytestmark = pytest.mark.filterwarnings("ignore:Fields in transformed catalog")


def settings_for_everything() -> dict[str, Any]:
    """Settings for an account that is served until the tests end."""
    account = Account(clock=Clock(NOW), seed=1)
    everything.fill(account, each=13, seed=1)
    add_usage(account, NOW)
    server = Server(account)
    server.start()
    atexit.register(server.stop)
    return config(server)


TestTapStripe = get_tap_test_class(
    TapStripe,
    config=settings_for_everything(),
    # The suite samples the streams one by one; what there is to log shows in whole runs only.
    suite_config=SuiteConfig(max_records_limit=20, ignore_no_records_for_streams=[SyncLog.name]),
    catalog=selection([*(stream.table() for stream in STREAMS), SyncLog.name]),
)
