"""Keeping tables in step with the account: what to read, in which order to send it."""
