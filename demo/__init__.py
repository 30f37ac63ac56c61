"""`make demo`: the real pipeline from the bundled demo account to a DuckDB warehouse, twice."""
