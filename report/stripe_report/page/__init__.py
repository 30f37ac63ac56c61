"""The page: one HTML file that asks nothing of any server."""

from stripe_report.page.html import html

__all__ = ["html"]
