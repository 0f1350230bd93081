"""How things on record are written and read."""
