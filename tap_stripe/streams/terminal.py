"""Terminal: payments in person."""

from __future__ import annotations

from tap_stripe.streams.base import StripeStream


class TerminalConfigurations(StripeStream):
    """How readers are set up."""

    name = "terminal_configurations"
    stripe_object = "terminal.configuration"
    permissions = ("terminal_configuration_read",)
    path = "/v1/terminal/configurations"
    range = None
    replication_key = None
    deletable = True


class TerminalLocations(StripeStream):
    """Where readers stand."""

    name = "terminal_locations"
    stripe_object = "terminal.location"
    permissions = ("terminal_location_read",)
    path = "/v1/terminal/locations"
    range = None
    replication_key = None
    deletable = True


class TerminalReaders(StripeStream):
    """Card readers and their state."""

    name = "terminal_readers"
    stripe_object = "terminal.reader"
    permissions = ("terminal_reader_read",)
    path = "/v1/terminal/readers"
    range = None
    replication_key = None
    deletable = True
