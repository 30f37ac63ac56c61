"""The connection check: may the key read what is selected? It looks, and syncs nothing."""

from tap_stripe.check.check import PATIENCE, check
from tap_stripe.check.findings import Finding, Findings, Status
from tap_stripe.check.text import as_json, as_text

__all__ = ["PATIENCE", "Finding", "Findings", "Status", "as_json", "as_text", "check"]
