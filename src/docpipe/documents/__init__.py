"""Documents: printed, worded, many at once."""
