"""Identity: checks of who somebody is."""

from __future__ import annotations

from tap_stripe.streams.base import StripeStream
from tap_stripe.streams.silent import Watch


class IdentityVerificationReports(StripeStream):
    """Results of checks."""

    name = "identity_verification_reports"
    stripe_object = "identity.verification_report"
    product = "Identity"
    path = "/v1/identity/verification_reports"
    follows = {"identity.verification_session": ("last_verification_report",)}


class IdentityVerificationSessions(StripeStream):
    """Checks and how far they are.

    Edits have no event, so open ones are looked up in each run.
    """

    name = "identity_verification_sessions"
    stripe_object = "identity.verification_session"
    product = "Identity"
    path = "/v1/identity/verification_sessions"
    silent = Watch(
        open=("requires_input", "processing"),
        days=7,
    )
    events = (
        "identity.verification_session.canceled",
        "identity.verification_session.created",
        "identity.verification_session.processing",
        "identity.verification_session.redacted",
        "identity.verification_session.requires_input",
        "identity.verification_session.verified",
    )
    unseen = (
        "Edits of metadata of a session that has ended, or is older than a week, show at its next "
        "event."
    )
