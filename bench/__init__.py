"""`make bench`: how fast the tap is, beside Stripe's own library and the bare floor."""
