"""Stripe's objects as Singer messages: records, schemas, bookmarks. Sends no request."""
