"""What is on record, and what holds."""
