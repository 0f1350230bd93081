"""Rules: review."""
