"""target-postgres, whose records PostgreSQL reads itself.

Everything of target-postgres stays, its command line and settings included; only the way of a
record is shorter: `target` hands it on undecoded, `sink` has the database take it apart.
"""

from __future__ import annotations

from bulk_loaders.postgres.target import BulkTargetPostgres

main = BulkTargetPostgres.cli
