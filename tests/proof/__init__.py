"""The proof that no row is lost, whatever happens: see docs/reliability.md."""
