"""`python -m tap_stripe` is the same as the command `tap-stripe`."""

from tap_stripe.tap import TapStripe

TapStripe.cli()
