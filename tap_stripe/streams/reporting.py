"""Reports: runs, types, and queries of Sigma."""

from __future__ import annotations

from tap_stripe.api import Paging
from tap_stripe.streams.base import StripeStream
from tap_stripe.streams.silent import Watch


class ReportingReportRuns(StripeStream):
    """Reports that were run."""

    name = "reporting_report_runs"
    stripe_object = "reporting.report_run"
    permissions = ("report_runs_and_report_types_read",)
    path = "/v1/reporting/report_runs"
    silent = Watch(open=("pending",), days=2)
    events = (
        "reporting.report_run.failed",
        "reporting.report_run.succeeded",
    )


class ReportingReportTypes(StripeStream):
    """Reports that there are, and until when their data reaches."""

    name = "reporting_report_types"
    stripe_object = "reporting.report_type"
    permissions = ("report_runs_and_report_types_read",)
    path = "/v1/reporting/report_types"
    ids_per_account = True
    range = None
    replication_key = None
    permanent = True
    paging = Paging.WHOLE


class SigmaScheduledQueryRuns(StripeStream):
    """Results of queries that Sigma runs on schedule."""

    name = "sigma_scheduled_query_runs"
    stripe_object = "scheduled_query_run"
    product = "Sigma"
    path = "/v1/sigma/scheduled_query_runs"
    range = None
    events = ("sigma.scheduled_query_run.created",)
