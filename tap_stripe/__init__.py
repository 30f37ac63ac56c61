"""A Singer tap that keeps a warehouse in step with a Stripe account."""
