"""Cases: what a warehouse holds of a customer, told in a few words."""
