"""A strict stand-in for Stripe: a stateful local server that answers as Stripe's API does."""

from standin.account import Account
from standin.clock import Clock
from standin.desk import Request
from standin.faults import Fault
from standin.server import Server

__all__ = ["Account", "Clock", "Fault", "Request", "Server"]
