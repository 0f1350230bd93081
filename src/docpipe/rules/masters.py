"""Rules: masters."""
