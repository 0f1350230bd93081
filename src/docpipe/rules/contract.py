"""Rules: contract."""
