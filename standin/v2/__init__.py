"""API v2 of the stand-in: other objects, other pages, other times and thin events."""
