"""Exchange with colleagues: conflicts, merging, pull requests, syncing."""
