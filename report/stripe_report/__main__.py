"""`python -m stripe_report`."""

from stripe_report.cli import main

main()
