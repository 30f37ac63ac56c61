"""The report: what the marts of `transform/` say, as a page, as pictures, or as CSV files."""
