"""Exchange with colleagues: conflicts, joining, requests, syncing."""
