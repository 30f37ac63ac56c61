"""The SDK's own tests for taps, against the demo account."""

from __future__ import annotations

import atexit
from typing import Any

import pytest
from singer_sdk.testing import SuiteConfig, get_tap_test_class

from standin import Server
from standin.demo import build
from tap_stripe.tap import TapStripe
from tests.tap.harness import config

# The suite warns of columns that no record has; Stripe sends some only to Connect platforms.
pytestmark = pytest.mark.filterwarnings("ignore:Fields in transformed catalog")


def demo_settings() -> dict[str, Any]:
    """Settings for a demo account that is served until the tests end."""
    server = Server(build(scale=0.2))
    server.start()
    atexit.register(server.stop)
    return config(server)


TestTapStripe = get_tap_test_class(
    TapStripe, config=demo_settings(), suite_config=SuiteConfig(max_records_limit=20)
)
