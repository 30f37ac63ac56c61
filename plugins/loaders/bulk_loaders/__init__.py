"""Two well-known loaders, with the records handed to the database unread.

target-duckdb and target-postgres take every record apart and put every value together again, in
Python. Here they keep what they know about schemas, names, types and merging, and the database
reads the JSON of the records itself: `duck` and `postgres` say how. Both share `lines`.
"""
