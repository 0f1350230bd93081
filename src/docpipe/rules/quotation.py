"""Rules: quotation."""
